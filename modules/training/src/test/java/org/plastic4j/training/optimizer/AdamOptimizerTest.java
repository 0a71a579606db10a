package org.plastic4j.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class AdamOptimizerTest {
    private static final AdamSettings SETTINGS = AdamSettings.of(0.1);

    private static INDArray numbers(int seed, long... shape) {
        double[] values = new Random(seed).doubles(15).map(value -> value - 0.5).toArray();
        return Nd4j.createFromArray(values).reshape(shape);
    }

    @ParameterizedTest
    @ValueSource(chars = {'c', 'f'})
    void followsTheEquationsForEveryOrderOfTheGradient(char order) {
        INDArray parameter = numbers(1, 3, 5);
        AdamOptimizer optimizer = new AdamOptimizer(SETTINGS, 1, Map.of("w", parameter));
        double[] expected = parameter.dup().data().asDouble();
        double[] mean = new double[15];
        double[] square = new double[15];

        for (int step = 1; step <= 4; step++) {
            INDArray gradient = numbers(10 + step, 3, 5);
            double[] g = gradient.dup('c').data().asDouble();
            optimizer.update(Map.of("w", gradient.dup(order)));
            for (int i = 0; i < 15; i++) {
                mean[i] = 0.9 * mean[i] + 0.1 * g[i];
                square[i] = 0.999 * square[i] + 0.001 * g[i] * g[i];
                double rate = 0.1 * Math.sqrt(1 - Math.pow(0.999, step)) / (1 - Math.pow(0.9, step));
                expected[i] -= rate * mean[i] / (Math.sqrt(square[i]) + 1e-8);
            }
        }

        assertThat(parameter.dup('c').data().asDouble()).containsExactly(expected, within(1e-12));
        assertThat(optimizer.moments().get("w.m").dup('c').data().asDouble()).containsExactly(mean, within(1e-12));
        assertThat(optimizer.moments().get("w.v").dup('c').data().asDouble()).containsExactly(square, within(1e-12));
    }

    @Test
    void scalarsAreTrainedToo() {
        INDArray eta = Nd4j.scalar(0.5f);
        new AdamOptimizer(SETTINGS, 1, Map.of("eta", eta)).update(Map.of("eta", Nd4j.scalar(3f)));

        assertThat(eta.rank()).isZero();
        assertThat(eta.getDouble(0)).isCloseTo(0.4, within(1e-6));
    }

    @Test
    void resumedOptimizerGoesOnBitForBit() {
        INDArray whole = numbers(1, 5, 3);
        AdamOptimizer uninterrupted = new AdamOptimizer(SETTINGS, 1, Map.of("w", whole));
        for (int i = 0; i < 5; i++) {
            uninterrupted.update(Map.of("w", numbers(20 + i, 5, 3)));
        }

        INDArray parts = numbers(1, 5, 3);
        AdamOptimizer first = new AdamOptimizer(SETTINGS, 1, Map.of("w", parts));
        for (int i = 0; i < 2; i++) {
            first.update(Map.of("w", numbers(20 + i, 5, 3)));
        }
        AdamOptimizer second = new AdamOptimizer(SETTINGS, 1, Map.of("w", parts));
        second.restore(first.step(), first.moments());
        for (int i = 2; i < 5; i++) {
            second.update(Map.of("w", numbers(20 + i, 5, 3)));
        }

        assertThat(parts.data().asDouble()).containsExactly(whole.data().asDouble());
    }

    @Test
    void gradientsTogetherAreScaledDownToTheClipNorm() {
        AdamSettings clipped =
                new AdamSettings(0.1, 0.9, 0.999, 1e-8, Optional.of(1.0), Optional.empty(), Optional.empty());
        Map<String, INDArray> parameters = new LinkedHashMap<>();
        parameters.put("a", Nd4j.zeros(DataType.DOUBLE, 1));
        parameters.put("b", Nd4j.zeros(DataType.DOUBLE, 1));
        AdamOptimizer optimizer = new AdamOptimizer(clipped, 1, parameters);

        optimizer.update(Map.of("a", Nd4j.createFromArray(3.0), "b", Nd4j.createFromArray(4.0)));
        assertThat(optimizer.moments().get("a.m").getDouble(0)).isCloseTo(0.06, within(1e-12));
        assertThat(optimizer.moments().get("b.m").getDouble(0)).isCloseTo(0.08, within(1e-12));

        optimizer.update(Map.of("a", Nd4j.createFromArray(0.3), "b", Nd4j.createFromArray(0.4)));
        assertThat(optimizer.moments().get("a.m").getDouble(0)).isCloseTo(0.9 * 0.06 + 0.03, within(1e-12));
    }

    @Test
    void clipNormOfAViewIsOfWhatTheViewShows() {
        AdamSettings clipped =
                new AdamSettings(0.1, 0.9, 0.999, 1e-8, Optional.of(1.0), Optional.empty(), Optional.empty());
        AdamOptimizer optimizer = new AdamOptimizer(clipped, 1, Map.of("w", Nd4j.zeros(DataType.DOUBLE, 2)));
        INDArray table = Nd4j.createFromArray(new double[][] {{3, 100}, {4, 100}});

        optimizer.update(Map.of("w", table.getColumn(0)));

        assertThat(optimizer.moments().get("w.m").toDoubleVector())
                .containsExactly(new double[] {0.06, 0.08}, within(1e-12));
    }

    @Test
    void missingOrMisshapenGradientIsRejected() {
        AdamOptimizer optimizer = new AdamOptimizer(SETTINGS, 1, Map.of("w", numbers(1, 3, 5)));

        assertThatThrownBy(() -> optimizer.update(Map.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("w: expected a gradient of shape")
                .hasMessageEndingWith("found none");
        assertThatThrownBy(() -> optimizer.update(Map.of("w", numbers(1, 5, 3))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** With gradients that are always 1, Adam's step is the learning rate, whatever the decays of its moments. */
    @Test
    void learningRateFallsAfterSoManyLifetimes() {
        AdamSettings falling = new AdamSettings(
                0.5,
                0.9,
                0.999,
                1e-12,
                Optional.empty(),
                Optional.of(new AdamSettings.Decay(6, 0.1)),
                Optional.empty());
        INDArray parameter = Nd4j.zeros(DataType.DOUBLE, 1);
        AdamOptimizer optimizer = new AdamOptimizer(falling, 2, Map.of("w", parameter));
        double[] steps = new double[8];
        for (int update = 0; update < steps.length; update++) {
            double before = parameter.getDouble(0);
            optimizer.update(Map.of("w", Nd4j.ones(DataType.DOUBLE, 1)));
            steps[update] = before - parameter.getDouble(0);
        }

        assertThat(steps).containsExactly(new double[] {0.5, 0.5, 0.5, 0.05, 0.05, 0.05, 0.005, 0.005}, within(1e-6));
    }
}
