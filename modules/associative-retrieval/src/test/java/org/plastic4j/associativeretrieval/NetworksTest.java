package org.plastic4j.associativeretrieval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.plastic4j.associativeretrieval.Networks.SHAPE;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.MultiDataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.associativeretrieval.Config.Kind;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.graph.Draw;
import org.plastic4j.core.lifetime.FusedLifetime;
import org.plastic4j.core.lifetime.UnrolledLifetime;
import org.plastic4j.training.trainer.StepResult;

/** What networks compute: against their equations written once more in plain Java, and against differences. */
class NetworksTest {
    private static final Config.FastWeights FAST_WEIGHTS = new Config.FastWeights(0.9, 0.5);

    private static Cell cell(Kind kind) {
        return switch (kind) {
            case RNN -> new LifetimeCell(Alpha.ABSENT, new FusedLifetime());
            case NEUROMODULATED -> new LifetimeCell(Alpha.PER_CONNECTION, new FusedLifetime());
            case FAST_WEIGHTS -> new FastWeightsCell(FAST_WEIGHTS);
            case STPN -> new StpnCell();
            case LSTM -> throw new IllegalArgumentException("no cell");
        };
    }

    private static RetrievalNetwork loops(Kind kind, Shape shape) {
        Loops loops = kind == Kind.STPN ? new StpnLoops(shape) : new FastWeightsLoops(FAST_WEIGHTS, shape);
        return new LoopNetwork(cell(kind), loops, shape, 1);
    }

    private static double[] byHand(Kind kind, Map<String, double[]> parameters, double[][] x, int n) {
        double[] y = switch (kind) {
            case RNN, NEUROMODULATED -> ByHand.neuromodulated(parameters, x, n);
            case FAST_WEIGHTS -> ByHand.fastWeights(parameters, x, n, FAST_WEIGHTS.decay(), FAST_WEIGHTS.rate());
            case STPN -> ByHand.stpn(parameters, x, n);
            case LSTM -> ByHand.lstm(parameters, x, n);
        };
        return ByHand.probabilities(parameters, y);
    }

    private static double[][] sequence(INDArray inputs, int b) {
        double[][] sequence = new double[(int) inputs.size(0)][(int) inputs.size(2)];
        for (int t = 0; t < sequence.length; t++) {
            for (int k = 0; k < sequence[t].length; k++) {
                sequence[t][k] = inputs.getDouble(t, b, k);
            }
        }
        return sequence;
    }

    /** Probabilities and loss. */
    private static void assertByHand(Kind kind, RetrievalNetwork network, DataType type, double precision) {
        long seed = new Random().nextLong();
        Networks.redraw(network.parameters(), seed);
        INDArray inputs = Networks.inputs(SHAPE, type, seed + 1);
        INDArray targets = Networks.targets(SHAPE, type, seed + 2);

        INDArray probabilities = network.probabilities(inputs);
        double loss = network.backward(inputs, targets);

        Map<String, double[]> parameters = Networks.values(network.parameters());
        double expected = 0;
        for (int b = 0; b < SHAPE.batch(); b++) {
            double[] answer = byHand(kind, parameters, sequence(inputs, b), SHAPE.units());
            for (int k = 0; k < answer.length; k++) {
                assertThat(probabilities.getDouble(b, k))
                        .as("answer %d of sequence %d, seed %d", k, b, seed)
                        .isCloseTo(answer[k], within(precision));
                expected -= targets.getDouble(b, k) * Math.log(answer[k]) / SHAPE.batch();
            }
        }
        assertThat(loss).as("loss, seed %d", seed).isCloseTo(expected, within(10 * precision));
    }

    /** Of every parameter along random directions, in which each element changes by one. */
    private static void assertGradientsAreDifferences(
            RetrievalNetwork network, DataType type, double step, double precision) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        Networks.redraw(network.parameters(), seed);
        INDArray inputs = Networks.inputs(SHAPE, type, seed + 1);
        INDArray targets = Networks.targets(SHAPE, type, seed + 2);
        for (String name : network.parameters().keySet()) {
            INDArray parameter = network.parameters().get(name);
            network.backward(inputs, targets);
            assertThat(network.gradients().get(name).amaxNumber().doubleValue())
                    .as("%s, seed %d", name, seed)
                    .isPositive();
            for (int k = 0; k < 3; k++) {
                INDArray direction = Draw.array(() -> random.nextBoolean() ? 1 : -1, type, parameter.shape());
                network.backward(inputs, targets);
                double expected =
                        network.gradients().get(name).mul(direction).sumNumber().doubleValue();

                double slope = Networks.slope(network, parameter, direction, step, inputs, targets);

                // All elements alike may make no difference: layer normalisation and softmax take them away.
                assertThat(slope)
                        .as("%s, seed %d", name, seed)
                        .isCloseTo(expected, within(precision * (1 + Math.abs(expected))));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LSTM")
    void graphIsItsEquationsInDouble(Kind kind) {
        assertByHand(kind, new GraphNetwork(cell(kind), SHAPE, DataType.DOUBLE, 1), DataType.DOUBLE, 1e-10);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "LSTM")
    void gradientsOfGraphsAreCentralDifferencesInDouble(Kind kind) {
        assertGradientsAreDifferences(
                new GraphNetwork(cell(kind), SHAPE, DataType.DOUBLE, 1), DataType.DOUBLE, 1e-5, 1e-6);
    }

    @ParameterizedTest
    @EnumSource(names = {"STPN", "FAST_WEIGHTS"})
    void loopsAreTheSameEquations(Kind kind) {
        assertByHand(kind, loops(kind, SHAPE), DataType.FLOAT, 1e-4);
    }

    @Test
    void lstmIsItsEquations() {
        assertByHand(Kind.LSTM, new RetrievalLstm(SHAPE, 1), DataType.FLOAT, 1e-4);
    }

    @Test
    void gradientsOfTheLstmAreCentralDifferences() {
        assertGradientsAreDifferences(new RetrievalLstm(SHAPE, 1), DataType.FLOAT, 1e-2, 5e-3);
    }

    @ParameterizedTest
    @EnumSource(names = {"STPN", "FAST_WEIGHTS"})
    void loopsGiveTheGradientsOfTheGraph(Kind kind) {
        for (Shape shape :
                new Shape[] {SHAPE, new Shape(1, 2, 3, 5), new Shape(2, 1, 4, 3), new Shape(9, 17, 37, 11)}) {
            long seed = new Random().nextLong();
            RetrievalNetwork loops = loops(kind, shape);
            RetrievalNetwork graph = new GraphNetwork(cell(kind), shape, DataType.DOUBLE, 1);
            Networks.redraw(loops.parameters(), seed);
            loops.parameters()
                    .forEach((name, array) -> graph.parameters().get(name).assign(array));
            INDArray inputs = Networks.inputs(shape, DataType.FLOAT, seed + 1);
            INDArray targets = Networks.targets(shape, DataType.FLOAT, seed + 2);

            double loss = loops.backward(inputs, targets);

            assertThat(loss)
                    .isCloseTo(
                            graph.backward(inputs.castTo(DataType.DOUBLE), targets.castTo(DataType.DOUBLE)),
                            within(1e-4));
            graph.gradients().forEach((name, gradient) -> {
                double[] expected = Networks.values(gradient);
                double largest = gradient.amaxNumber().doubleValue();
                assertThat(Networks.values(loops.gradients().get(name)))
                        .as("%s of %s, seed %d", name, shape, seed)
                        .usingComparatorWithPrecision(1e-5 + 1e-3 * largest)
                        .containsExactly(expected);
            });
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bothExecutionsOfALifetimeGiveTheSame(boolean plastic) {
        Alpha alpha = plastic ? Alpha.PER_CONNECTION : Alpha.ABSENT;
        RetrievalNetwork fused =
                new GraphNetwork(new LifetimeCell(alpha, new FusedLifetime()), SHAPE, DataType.DOUBLE, 3);
        RetrievalNetwork unrolled = new GraphNetwork(
                new LifetimeCell(alpha, new UnrolledLifetime(SHAPE.steps())), SHAPE, DataType.DOUBLE, 3);
        INDArray inputs = Networks.inputs(SHAPE, DataType.DOUBLE, 1);
        INDArray targets = Networks.targets(SHAPE, DataType.DOUBLE, 2);

        assertThat(unrolled.backward(inputs, targets)).isCloseTo(fused.backward(inputs, targets), within(1e-9));
    }

    @Test
    void networkIsMeasuredOnTheLastSequencesOfABatchAndTrainedOnTheFirst() {
        RetrievalNetwork network = loops(Kind.STPN, SHAPE);
        Networks.redraw(network.parameters(), 4);
        INDArray inputs = Networks.inputs(SHAPE, DataType.FLOAT, 5);
        INDArray others = Networks.inputs(SHAPE, DataType.FLOAT, 6);
        INDArray targets = Networks.targets(SHAPE, DataType.FLOAT, 7);
        INDArray right = rightAnswers(network.probabilities(others));

        StepResult result =
                network.step(new MultiDataSet(new INDArray[] {inputs, others}, new INDArray[] {targets, right}));

        assertThat(result.measures()).containsExactly(Map.entry("accuracy", 1.0));
        assertThat(result.loss()).isEqualTo(network.backward(inputs, targets));
        assertThat(network.evaluate(new MultiDataSet(others, right))).containsEntry("accuracy", 1.0);
    }

    private static INDArray rightAnswers(INDArray probabilities) {
        INDArray answers = Nd4j.zeros(DataType.FLOAT, probabilities.shape());
        for (int b = 0; b < probabilities.size(0); b++) {
            answers.putScalar(b, probabilities.getRow(b).argMax().getInt(0), 1);
        }
        return answers;
    }
}
