package org.plastic4j.core.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.ChildJvm;
import org.plastic4j.core.convolution.ConvolutionLayer;
import org.plastic4j.core.convolution.ConvolutionParameters;
import org.plastic4j.core.convolution.ConvolutionStack;
import org.plastic4j.core.kernel.NotFiniteInput;

/** The fused encoder as a part of graphs, and what it refuses. */
class EncoderGraphTest {
    private static final ConvolutionStack STACK = EncoderCase.stack(6, 5, 1, "3 2 4, 2 1 3");

    @Test
    void thePapersEmbeddingHas111424Parameters() {
        ConvolutionStack paper = EncoderCase.stack(31, 31, 1, "3 2 64, 3 2 64, 3 2 64, 3 2 64");
        assertThat(paper.parameterCount()).isEqualTo(111_424);
        assertThat(paper.output()).isEqualTo(new ConvolutionStack.Shape(1, 1, 64));
        assertThat(ConvolutionParameters.draw(paper, DataType.FLOAT, 1).values().stream()
                        .mapToLong(INDArray::length)
                        .sum())
                .isEqualTo(111_424);
    }

    @Test
    void parametersBeginUniformWithinOneThroughTheRootOfTheFanIn() {
        ConvolutionStack stack = EncoderCase.stack(9, 9, 4, "3 1 50");
        double range = 1 / Math.sqrt(36);
        INDArray w = ConvolutionParameters.draw(stack, DataType.DOUBLE, 3).get("conv1_w");
        assertThat(w.shape()).containsExactly(3, 3, 4, 50);
        assertThat(w.maxNumber().doubleValue()).isLessThan(range).isGreaterThan(0.98 * range);
        assertThat(w.minNumber().doubleValue()).isGreaterThan(-range).isLessThan(-0.98 * range);
        assertThat(w.meanNumber().doubleValue()).isCloseTo(0, within(0.1 * range));
        assertThat(ConvolutionParameters.draw(stack, DataType.DOUBLE, 3).get("conv1_w"))
                .isEqualTo(w);
    }

    @Test
    void aGraphTakesAnyNumberOfPictures() {
        SameDiff graph = SameDiff.create();
        SDVariable x = graph.placeHolder("x", DataType.FLOAT, -1, 6, 5, 1);
        ConvolutionParameters parameters =
                ConvolutionParameters.create(graph, STACK, ConvolutionParameters.draw(STACK, DataType.FLOAT, 1));
        new FusedEncoder().encode(graph, "y", STACK, parameters, x);
        INDArray pictures = Nd4j.linspace(DataType.FLOAT, -1, 0.01, 4 * 30).reshape('c', 4, 6, 5, 1);
        INDArray all = graph.outputSingle(Map.of("x", pictures), "y");
        assertThat(all.shape()).containsExactly(4, 1, 1, 3);
        for (int k = 1; k < 4; k++) {
            INDArray some = pictures.get(org.nd4j.linalg.indexing.NDArrayIndex.interval(0, k));
            assertThat(graph.outputSingle(Map.of("x", some), "y").data().asFloat())
                    .isEqualTo(java.util.Arrays.copyOf(all.data().asFloat(), 3 * k));
        }
    }

    @Test
    void aSavedGraphGivesTheSameWhenLoaded(@TempDir Path folder) {
        EncoderCase pass = EncoderCase.random(STACK, 2, 5);
        SameDiff graph = pass.graph(new FusedEncoder(), DataType.FLOAT);
        Map<String, INDArray> before = graph.calculateGradients(Map.of(), pass.inputs());
        File file = folder.resolve("graph").toFile();
        graph.save(file, false);
        SameDiff loaded = SameDiff.load(file, false);
        loaded.setLossVariables("objective");
        assertThat(loaded.outputSingle(Map.of(), "y")).isEqualTo(graph.outputSingle(Map.of(), "y"));
        loaded.calculateGradients(Map.of(), pass.inputs())
                .forEach((name, gradient) -> assertThat(gradient).as(name).isEqualTo(before.get(name)));
    }

    @Test
    void withoutTheVectorApiPlainLoopsGiveTheSame() throws Exception {
        String found = ChildJvm.run(Probe.class, List.of("-Xmx512m")).get(0);
        assertThat(Double.parseDouble(found)).isCloseTo(Probe.sumOfGradients(), within(1e-4));
    }

    /** Prints a number that depends on all gradients. */
    static final class Probe {
        private Probe() {}

        public static void main(String[] arguments) {
            System.out.println("result " + sumOfGradients());
        }

        static double sumOfGradients() {
            return EncoderCase.random(STACK, 3, 9).run(new FusedEncoder(), DataType.FLOAT).values().stream()
                    .mapToDouble(array -> array.sumNumber().doubleValue())
                    .sum();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x       | 2 5 6 1 | x  | shape [any, 6, 5, 1] | shape [B, 6, 5, 1], B not 0",
                "x       | 6 5 1   | x  | shape [any, 6, 5, 1] | shape [B, 6, 5, 1], B not 0",
                "conv1_w | 3 3 4 1 | w1 | shape [3, 3, 1, 4]   | shape [3, 3, 1, 4]",
                "conv2_b | 4       | b2 | shape [3]            | shape [3]",
            })
    void tensorsThatDoNotFitAreNamedWithTheGraphOrWhenItRuns(
            String tensor, String sizes, String label, String withTheGraph, String whenItRuns) {
        long[] shape = java.util.Arrays.stream(sizes.split(" "))
                .mapToLong(Long::parseLong)
                .toArray();
        EncoderCase wrong = EncoderCase.random(STACK, 2, 1).with(tensor, Nd4j.create(DataType.FLOAT, shape));
        String found = ", found FLOAT [" + sizes.replace(" ", ", ") + "].";
        for (Encoder encoder : List.of(new FusedEncoder(), new UnrolledEncoder())) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> wrong.graph(encoder, DataType.FLOAT))
                    .withMessage(encoder.getClass().getSimpleName() + " \"y\": " + label + ": expected " + withTheGraph
                            + found);
        }
        SameDiff graph = SameDiff.create();
        Map<String, SDVariable> unknown = new HashMap<>();
        wrong.arrays()
                .forEach((name, array) ->
                        unknown.put(name, graph.identity(graph.constant(array.castTo(DataType.FLOAT)))));
        ConvolutionParameters parameters = new ConvolutionParameters(
                List.of(unknown.get("conv1_w"), unknown.get("conv2_w")),
                List.of(unknown.get("conv1_b"), unknown.get("conv2_b")));
        new FusedEncoder().encode(graph, "y", STACK, parameters, unknown.get("x"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> graph.outputSingle(Map.of(), "y"))
                .withMessage("plastic_convolution: " + label + ": expected " + whenItRuns + found);
    }

    @Test
    void elementsThatAreNotFiniteAreRejectedWithTheirIndexAndSpoilNothingAfterThem() {
        EncoderCase pass = EncoderCase.random(STACK, 2, 1);
        INDArray expected = pass.run(new FusedEncoder(), DataType.FLOAT).get("grad_conv1_w");
        INDArray w = pass.arrays().get("conv1_w").dup();
        w.putScalar(new long[] {2, 1, 0, 3}, Double.NaN);
        assertThatThrownBy(() -> pass.with("conv1_w", w)
                        .graph(new FusedEncoder(), DataType.FLOAT)
                        .outputSingle(Map.of(), "y"))
                .isInstanceOf(NotFiniteInput.class)
                .hasMessage("plastic_convolution: w1: expected finite numbers, found NaN at [2, 1, 0, 3].");
        INDArray infinite = pass.arrays().get("cotangent").mul(Double.POSITIVE_INFINITY);
        assertThat(pass.with("cotangent", infinite)
                        .run(new FusedEncoder(), DataType.FLOAT)
                        .get("grad_conv1_w")
                        .sumNumber()
                        .doubleValue())
                .isNaN();
        assertThat(pass.run(new FusedEncoder(), DataType.FLOAT).get("grad_conv1_w"))
                .isEqualTo(expected);
    }

    @Test
    void stacksThatDoNotFitAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EncoderCase.stack(6, 5, 1, "3 2 4, 3 1 3"))
                .withMessage("ConvolutionStack: layer 2: expected a kernel that fits into 2 x 2 pixels, found 3 x 3.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConvolutionLayer(3, 0, 4))
                .withMessage(
                        "ConvolutionLayer: expected a kernel, a stride and a number of filters of at least 1, found"
                                + " 3, 0 and 4.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ConvolutionStack(6, 5, 1, List.of()))
                .withMessage(
                        "ConvolutionStack: expected a picture of at least 1 x 1 x 1 and at least one layer, found 6"
                                + " x 5 x 1 and 0 layers.");
        ConvolutionParameters none = new ConvolutionParameters(List.of(), List.of());
        SameDiff graph = SameDiff.create();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FusedEncoder()
                        .encode(graph, "y", STACK, none, graph.placeHolder("x", DataType.FLOAT, 1, 6, 5, 1)))
                .withMessage("ConvolutionParameters: expected weights and biases of 2 layers, found 0 and 0.");
    }
}
