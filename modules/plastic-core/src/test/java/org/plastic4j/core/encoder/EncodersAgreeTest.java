package org.plastic4j.core.encoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.convolution.ConvolutionParameters;
import org.plastic4j.core.convolution.ConvolutionStack;
import org.plastic4j.core.kernel.LifetimeThreads;
import org.plastic4j.core.lifetime.Agreement;

/** The fused encoder against the definition: output and all gradients, that of the pictures among them. */
@Tag("kernel")
class EncodersAgreeTest {
    private static final long SEED = 7;
    private final int threads = LifetimeThreads.get();

    @AfterEach
    void restore() {
        LifetimeThreads.set(threads);
    }

    // Height, width and channels of the pictures, how many there are, and kernel, stride and filters of each layer.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "31 | 31 | 1 | 3 | 3 2 64, 3 2 64, 3 2 64, 3 2 64",
                "9 | 12 | 1 | 1 | 3 2 5",
                "7 | 5 | 3 | 2 | 3 1 4, 2 1 33",
                "11 | 8 | 2 | 5 | 2 2 7, 3 1 3, 1 1 9",
                "5 | 5 | 40 | 2 | 3 2 31",
                "3 | 3 | 1 | 1 | 3 1 1",
                "6 | 9 | 1 | 37 | 3 2 6, 1 2 5",
                "2 | 1 | 1 | 2 | 1 1 1, 1 1 1"
            })
    void theyAgreeInDoubleAndFloat(int height, int width, int channels, int pictures, String layers) {
        EncoderCase pass =
                EncoderCase.random(EncoderCase.stack(height, width, channels, layers), pictures, SEED + height);
        String name = "%dx%dx%d %s B=%d seed=%d".formatted(height, width, channels, layers, pictures, SEED + height);
        Map<String, INDArray> expected = pass.run(new UnrolledEncoder(), DataType.DOUBLE);
        Agreement.assertAgree(expected, pass.run(new FusedEncoder(), DataType.DOUBLE), 1e-12, name + " in double");
        Agreement.assertAgree(expected, pass.run(new FusedEncoder(), DataType.FLOAT), 1e-5, name + " in float");
    }

    @Test
    void theDefinitionInFloatStaysNearTheDouble() {
        EncoderCase pass = EncoderCase.random(EncoderCase.stack(8, 7, 2, "3 2 5, 2 1 4"), 3, SEED);
        Agreement.assertAgree(
                pass.run(new UnrolledEncoder(), DataType.DOUBLE),
                pass.run(new UnrolledEncoder(), DataType.FLOAT),
                1e-5,
                "unrolled in float, seed " + SEED);
    }

    @ParameterizedTest
    @CsvSource({"FLOAT, 70", "FLOAT, 5", "DOUBLE, 3"})
    void anyNumberOfThreadsGivesTheSameBits(DataType type, int pictures) {
        EncoderCase pass = EncoderCase.random(EncoderCase.stack(9, 9, 1, "3 2 32, 3 2 40"), pictures, SEED);
        LifetimeThreads.set(1);
        Map<String, INDArray> alone = pass.run(new FusedEncoder(), type);
        for (int count : new int[] {2, 3, 9}) {
            LifetimeThreads.set(count);
            pass.run(new FusedEncoder(), type)
                    .forEach((name, array) -> assertThat(bits(array))
                            .as("%s with %d threads, seed %d", name, count, SEED)
                            .isEqualTo(bits(alone.get(name))));
        }
    }

    @Test
    void aPicturesFeaturesDoNotDependOnThoseBesideIt() {
        ConvolutionStack stack = EncoderCase.stack(9, 9, 1, "3 2 32, 3 2 5");
        EncoderCase many = EncoderCase.random(stack, 40, SEED);
        INDArray all = many.run(new FusedEncoder(), DataType.FLOAT).get("y");
        for (int picture : new int[] {0, 17, 39}) {
            EncoderCase one = many.with("x", many.arrays().get("x").get(range(picture)))
                    .with("cotangent", many.arrays().get("cotangent").get(range(picture)));
            assertThat(bits(one.run(new FusedEncoder(), DataType.FLOAT).get("y")))
                    .isEqualTo(bits(all.get(range(picture))));
        }
    }

    @Test
    void twoEncodersOfOneKindInAGraphDoNotTakeEachOthersOutputs() {
        EncoderCase pass = EncoderCase.random(EncoderCase.stack(9, 9, 1, "3 2 5, 3 1 4"), 2, SEED);
        INDArray other = EncoderCase.normal(new Random(SEED + 1), 2, 9, 9, 1);
        Map<String, INDArray> expected = gradientsOfTwo(pass, other, new UnrolledEncoder(), DataType.DOUBLE);
        Agreement.assertAgree(
                expected, gradientsOfTwo(pass, other, new FusedEncoder(), DataType.FLOAT), 1e-5, "two, seed " + SEED);
    }

    private static Map<String, INDArray> gradientsOfTwo(
            EncoderCase pass, INDArray other, Encoder encoder, DataType type) {
        SameDiff graph = SameDiff.create();
        Map<String, INDArray> values = new HashMap<>();
        pass.inputs().forEach(name -> values.put(name, pass.arrays().get(name).castTo(type)));
        ConvolutionParameters parameters = ConvolutionParameters.create(graph, pass.stack(), values);
        SDVariable first =
                encoder.encode(graph, "first", pass.stack(), parameters, graph.constant("x1", values.get("x")));
        SDVariable second =
                encoder.encode(graph, "second", pass.stack(), parameters, graph.constant("x2", other.castTo(type)));
        first.mul(second).sum().rename("objective").markAsLoss();
        return graph.calculateGradients(Map.of(), "conv1_w", "conv1_b", "conv2_w", "conv2_b");
    }

    private static org.nd4j.linalg.indexing.INDArrayIndex[] range(int picture) {
        return new org.nd4j.linalg.indexing.INDArrayIndex[] {
            org.nd4j.linalg.indexing.NDArrayIndex.interval(picture, picture + 1)
        };
    }

    @Test
    void gradientsAreTheSlopesOfTheObjective() {
        double step = 1e-5;
        EncoderCase pass = EncoderCase.random(EncoderCase.stack(7, 9, 2, "3 2 6, 2 1 5"), 3, SEED);
        for (Encoder encoder : List.of(new UnrolledEncoder(), new FusedEncoder())) {
            SameDiff graph = pass.graph(encoder, DataType.DOUBLE);
            Map<String, INDArray> gradients = graph.calculateGradients(Map.of(), pass.inputs());
            Random random = new Random(SEED);
            for (String input : pass.inputs()) {
                INDArray array = graph.getVariable(input).getArr();
                INDArray direction = EncoderCase.normal(random, array.shape());
                INDArray start = array.dup('c');
                double slope = (objective(graph, array, start.add(direction.mul(step)))
                                - objective(graph, array, start.sub(direction.mul(step))))
                        / (2 * step);
                array.assign(start);
                double expected =
                        gradients.get(input).mul(direction).sumNumber().doubleValue();
                assertThat(slope)
                        .as("slope along %s, %s, seed %d", input, encoder, SEED)
                        .isCloseTo(expected, within(1e-7 * Math.max(1, Math.abs(expected))));
            }
        }
    }

    private static double objective(SameDiff graph, INDArray array, INDArray value) {
        array.assign(value);
        return graph.outputSingle(Map.of(), "objective").getDouble(0);
    }

    /** Floats are doubles too. */
    private static double[] bits(INDArray array) {
        return array.dup('c').data().asDouble();
    }
}
