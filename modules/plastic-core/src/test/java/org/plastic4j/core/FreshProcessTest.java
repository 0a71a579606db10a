package org.plastic4j.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.internal.InferenceSession;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.executioner.OpExecutioner;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.op.PlasticSession;

/** Graphs in processes of their own. */
@Tag("slow")
class FreshProcessTest {

    @ParameterizedTest
    @EnumSource
    void aSavedGraphRunsAndTrainsInAProcessThatHasTouchedNothingOfThisLibrary(SmallGraphs small, @TempDir Path folder)
            throws IOException, InterruptedException {
        SameDiff graph = small.graph();
        File graphFile = folder.resolve("graph.fb").toFile();
        File inputFile = folder.resolve("x.npy").toFile();
        graph.save(graphFile, true);
        Nd4j.writeAsNumpy(small.x(), inputFile);
        List<String> expected = Loaded.results(graph, small.x());
        assertThat(ChildJvm.run(Loaded.class, List.of("-Xmx512m"), graphFile.toString(), inputFile.toString()))
                .isEqualTo(expected)
                .hasSize(4);
    }

    /** Prints what a saved graph gives. It names nothing of this library. */
    static final class Loaded {
        private Loaded() {}

        public static void main(String[] files) {
            SameDiff graph = SameDiff.load(new File(files[0]), true);
            results(graph, Nd4j.createFromNpyFile(new File(files[1])))
                    .forEach(result -> System.out.println("result " + result));
        }

        static List<String> results(SameDiff graph, INDArray x) {
            List<String> results = new ArrayList<>();
            List<String> trained = graph.variables().stream()
                    .filter(variable -> variable.getVariableType() == VariableType.VARIABLE)
                    .map(SDVariable::name)
                    .sorted()
                    .toList();
            results.add(graph.output(Map.of("x", x), "loss").get("loss").toString());
            results.add(hashes(graph.calculateGradients(Map.of("x", x), trained)));
            SmallTraining.fit(graph, x, 3);
            Map<String, INDArray> after = new TreeMap<>();
            trained.forEach(name -> after.put(name, graph.getVariable(name).getArr()));
            results.add(hashes(after));
            results.add(graph.output(Map.of("x", x), "loss").get("loss").toString());
            return results;
        }

        private static String hashes(Map<String, INDArray> arrays) {
            StringBuilder text = new StringBuilder();
            new TreeMap<>(arrays)
                    .forEach((name, array) -> text.append(name)
                            .append(' ')
                            .append(Arrays.hashCode(array.dup('c').data().asDouble()))
                            .append(' '));
            return text.toString();
        }
    }

    @Test
    void whereNd4jRunsOpsOfAnotherBackendTheySayWhatToCallAndTheSessionRunsThem()
            throws IOException, InterruptedException {
        SameDiff graph = SmallGraphs.LIFETIME.graph();
        String expected = graph.output(Map.of("x", SmallGraphs.LIFETIME.x()), "loss")
                .get("loss")
                .toString();
        String sentence = "plastic_lifetime: expected to be run in Java, found " + OtherBackend.NAME
                + " about to run it; call PlasticSession.install() before the graph is built or loaded, and train with"
                + " calculateGradients instead of SameDiff.fit.";
        assertThat(ChildJvm.run(OtherBackend.class, List.of("-Xmx512m")))
                .containsExactly(expected, sentence, sentence, expected);
    }

    /** Puts an executioner of type CUDA into the place of what runs the ops, and then prints what comes of it. */
    static final class OtherBackend {
        static final String NAME = "the executioner of a test";

        private OtherBackend() {}

        public static void main(String[] none) throws ReflectiveOperationException {
            Object cpu = Class.forName(Nd4j.getBackend().getClass().getPackageName() + ".ops.NativeOpExecutioner")
                    .getDeclaredConstructor()
                    .newInstance();
            Field place = Nd4j.class.getDeclaredField("OP_EXECUTIONER_INSTANCE");
            place.setAccessible(true);
            place.set(null, asCuda(cpu));

            INDArray x = SmallGraphs.LIFETIME.x();
            SameDiff graph = SmallGraphs.LIFETIME.graph();
            print(() -> graph.output(Map.of("x", x), "loss").get("loss"));
            print(() -> {
                SmallTraining.fit(graph, x, 1);
                return "trained";
            });
            SameDiff.bindInferenceFactory(InferenceSession::new);
            graph.getSessions().clear();
            print(() -> graph.output(Map.of("x", x), "loss").get("loss"));
            PlasticSession.install();
            graph.getSessions().clear();
            print(() -> graph.output(Map.of("x", x), "loss").get("loss"));
        }

        private static Object asCuda(Object executioner) {
            return Proxy.newProxyInstance(
                    OpExecutioner.class.getClassLoader(),
                    new Class<?>[] {OpExecutioner.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().equals("type")) {
                            return OpExecutioner.ExecutionerType.CUDA;
                        }
                        try {
                            return method.invoke(executioner, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        private interface Result {
            Object get();
        }

        private static void print(Result result) {
            String text;
            try {
                text = result.get().toString();
            } catch (IllegalStateException e) {
                text = e.getMessage().replaceAll("found \\S+ about", "found " + NAME + " about");
            }
            System.out.println("result " + text);
        }
    }
}
