package org.plastic4j.training.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WindowMeansTest {
    private static final double[] LIFETIMES = {10, 20, 30, 40, 45};
    private static final double[] VALUES = {1, 2, 3, 4, 8};

    @Test
    void lastMeanIsOfTheLastLifetimesAndWeighsAShortRowLess() {
        assertThat(new WindowMeans(LIFETIMES, VALUES, 15).last()).isCloseTo((4 * 10 + 8 * 5) / 15.0, within(1e-12));
        assertThat(new WindowMeans(LIFETIMES, VALUES, 1).last()).isEqualTo(8);
        assertThat(new WindowMeans(LIFETIMES, VALUES, 1000).last()).isCloseTo(140 / 45.0, within(1e-12));
    }

    @Test
    void onlyAWholeWindowReachesALevel() {
        assertThat(new WindowMeans(LIFETIMES, VALUES, 20).first(mean -> mean < 1.6))
                .isEqualTo(OptionalLong.of(20));
        assertThat(new WindowMeans(LIFETIMES, VALUES, 20).first(mean -> mean < 1.4))
                .isEmpty();
    }

    @Test
    void curveHasWholeWindowsAtTheirMiddlesAndEndsWithTheLastMean() {
        double[] ramp = {0, 1, 2, 3, 4, 5, 6};
        double[] at = {1, 2, 3, 4, 5, 6, 7};
        assertThat(new WindowMeans(at, ramp, 3).centred()).containsExactly(Double.NaN, 1, 2, 3, 4, 5, Double.NaN);
    }

    @Test
    void runThatIsShorterThanAWindowHasACurveOfAQuarterOfIt() {
        double[] at = IntStream.rangeClosed(1, 8).asDoubleStream().toArray();
        assertThat(new WindowMeans(at, at, 9).centred()).containsExactly(Double.NaN, 1.5, 2.5, 3.5, 4.5, 5.5, 6.5, 7.5);
        assertThat(new WindowMeans(new double[] {30}, new double[] {2}, 100).centred())
                .containsExactly(2);
        assertThat(new WindowMeans(at, at, 9).last()).isEqualTo(4.5);
    }
}
