package org.plastic4j.training.stat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class IntervalTest {
    @Test
    void intervalIsThatOfStudentsT() {
        Interval interval = Interval.of(1, 2, 3, 4);

        assertThat(interval.mean()).isEqualTo(2.5);
        // 3.1824 * sqrt(5 / 3) / 2
        assertThat(interval.half()).isCloseTo(2.0543, within(1e-4));
        assertThat(interval.low()).isCloseTo(0.4457, within(1e-4));
        assertThat(interval.count()).isEqualTo(4);
    }

    @Test
    void widthHasTheQuantileOfItsDegreesOfFreedom() {
        // Student's t at 0.975 for 1, 30 and 199 degrees of freedom, from published tables.
        assertThat(Interval.of(0, 2).half()).isCloseTo(12.7062, within(1e-4));
        assertThat(halfOfUnitVariance(31)).isCloseTo(2.0423, within(1e-4));
        assertThat(halfOfUnitVariance(200)).isCloseTo(1.9720, within(1e-4));
    }

    /** The half width over the standard error, of values 0 and 1 by turns. */
    private static double halfOfUnitVariance(int count) {
        double[] values = new double[count];
        for (int i = 1; i < count; i += 2) {
            values[i] = 1;
        }
        double ones = count / 2;
        double variance = ones * (count - ones) / count / (count - 1);
        return Interval.of(values).half() / Math.sqrt(variance / count);
    }

    @Test
    void oneValueHasNoInterval() {
        assertThat(Interval.of(3).mean()).isEqualTo(3);
        assertThat(Interval.of(3).half()).isNaN();
    }

    @Test
    void quartilesAreInterpolatedLinearly() {
        assertThat(Spread.of(4, 1, 3, 2)).isEqualTo(new Spread(4, 2.5, 2.5, 1.75, 3.25, 1, 4));
        assertThat(Spread.of(7)).isEqualTo(new Spread(1, 7, 7, 7, 7, 7, 7));
    }
}
