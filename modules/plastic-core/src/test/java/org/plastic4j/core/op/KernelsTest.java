package org.plastic4j.core.op;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.ChildJvm;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.Initialisation;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.kernel.reference.ReferenceKernel;
import org.plastic4j.core.lifetime.FusedLifetime;
import org.plastic4j.core.lifetime.LifetimeInputs;
import org.plastic4j.core.rule.DecayingHebb;

@Tag("slow")
class KernelsTest {

    @Test
    void floatsAreForTheVectorKernelAndDoublesForTheReference() {
        assertThat(Kernels.forType(DataType.FLOAT)).asString().matches("vectors of (128|256|512) bits");
        assertThat(Kernels.forType(DataType.DOUBLE)).isInstanceOf(ReferenceKernel.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Xmx512m",
                "-Xmx512m --add-modules=jdk.incubator.vector -XX:-UseFMA",
                "-Xmx512m --add-modules=jdk.incubator.vector -Xint",
                "-Xmx512m --add-modules=jdk.incubator.vector -XX:TieredStopAtLevel=1",
                "-Xmx512m --add-modules=jdk.incubator.vector -XX:MaxVectorSize=8"
            })
    void whereVectorsWouldBeSlowTheReferenceKernelStandsIn(String options) throws IOException, InterruptedException {
        assertComputes("plain loops", options);
    }

    @ParameterizedTest
    @ValueSource(ints = {128, 256})
    void thePropertyLimitsTheLengthOfVectors(int bits) throws IOException, InterruptedException {
        assertComputes(
                "vectors of " + Math.min(bits, bitsHere()) + " bits",
                "-Xmx512m --add-modules=jdk.incubator.vector -Dplastic4j.vector.bits=" + bits);
    }

    @Test
    void theLimitIsNotAboveWhatTheProcessorHas() throws IOException, InterruptedException {
        assertComputes(
                "vectors of 128 bits",
                "-Xmx512m --add-modules=jdk.incubator.vector -XX:MaxVectorSize=16 -Dplastic4j.vector.bits=512");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "plastic4j.vector.bits      | 300 | expected 128, 256 or 512, found 300.",
                "plastic4j.deferred.neurons | 0   | expected a whole number from 1 to 999999999, found 0.",
                "plastic4j.deferred.neurons | 2.5 | expected a whole number from 1 to 999999999, found 2.5.",
            })
    void aWrongValueOfAPropertyIsRejectedInOneSentence(String property, String value, String message) {
        assertThatThrownBy(() -> ChildJvm.run(
                        Probe.class,
                        List.of("-Xmx512m", "--add-modules=jdk.incubator.vector", "-D" + property + "=" + value)))
                .hasMessageContaining("IllegalArgumentException: System property " + property + ": " + message);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 1000})
    void updatesAreDeferredOrNotAsThePropertySays(int neurons) throws IOException, InterruptedException {
        assertComputes(
                "vectors of " + bitsHere() + " bits",
                "-Xmx512m --add-modules=jdk.incubator.vector -Dplastic4j.deferred.neurons=" + neurons);
    }

    @Test
    void whatARuleWasCompiledToCanBeRead(@TempDir Path folder) throws IOException, InterruptedException {
        assertComputes(
                "vectors of " + bitsHere() + " bits",
                "-Xmx512m --add-modules=jdk.incubator.vector -Dplastic4j.compiled.dump=" + folder);
        Path rule = folder.resolve("decaying_hebb-7");
        assertThat(rule.resolve("rule.txt")).content().contains("The traces after a step", "TRACE 0  [i, j]");
        try (Stream<Path> files = Files.list(rule)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "rule.txt",
                            "forward-product.class",
                            "forward-update-product.class",
                            "forward-update.class",
                            "replay.class",
                            "products.class",
                            "backward-product.class",
                            "backward-update-product.class",
                            "backward-update.class");
        }
        assertThat(Files.readAllBytes(rule.resolve("replay.class"))).startsWith(0xca, 0xfe, 0xba, 0xbe);
    }

    @Test
    void aDumpThatCannotBeWrittenIsOneSentence(@TempDir Path folder) throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThatThrownBy(() -> ChildJvm.run(
                        Probe.class,
                        List.of("-Xmx512m", "--add-modules=jdk.incubator.vector", "-Dplastic4j.compiled.dump=" + file)))
                .hasMessageContaining("System property plastic4j.compiled.dump: expected a folder that can be written,"
                        + " found " + file + " (");
    }

    private static int bitsHere() {
        return Integer.parseInt(Kernels.forType(DataType.FLOAT).toString().split(" ")[2]);
    }

    private static void assertComputes(String kernel, String options) throws IOException, InterruptedException {
        String[] result =
                ChildJvm.run(Probe.class, List.of(options.split(" "))).get(0).split(": ");
        assertThat(result[0]).isEqualTo(kernel);
        assertThat(Double.parseDouble(result[1])).isCloseTo(Probe.sumOfGradients(), within(1e-4));
    }

    /** Prints which kernel there is for floats, and what it computes. */
    static final class Probe {
        private Probe() {}

        public static void main(String[] arguments) {
            System.out.println("result " + Kernels.forType(DataType.FLOAT) + ": " + sumOfGradients());
        }

        static double sumOfGradients() {
            PlasticCell cell = new PlasticCell(7, Alpha.PER_CONNECTION, new DecayingHebb());
            SameDiff graph = SameDiff.create();
            Map<String, INDArray> drawn = new Initialisation(0.4, 0.4, 0.1).draw(cell, DataType.FLOAT, 1);
            PlasticParameters parameters = PlasticParameters.create(graph, cell, drawn);
            INDArray ramp = org.nd4j.linalg.factory.Nd4j.linspace(DataType.FLOAT, -1, 0.05, 5 * 2 * 7)
                    .reshape('c', 5, 2, 7);
            SDVariable drive = graph.constant("drive", ramp);
            new FusedLifetime()
                    .build(graph, "life", cell, parameters, LifetimeInputs.driven(drive))
                    .y()
                    .sum()
                    .rename("loss")
                    .markAsLoss();
            return graph.calculateGradients(Map.of(), "w", "alpha", "eta").values().stream()
                    .mapToDouble(gradient -> gradient.sumNumber().doubleValue())
                    .sum();
        }
    }
}
