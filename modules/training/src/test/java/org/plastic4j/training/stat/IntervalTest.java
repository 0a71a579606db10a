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
    void quantilesGoOnSmoothlyBeyondTheTable() {
        assertThat(Interval.t(31)).isCloseTo(2.0395, within(1e-3));
        assertThat(Interval.t(199)).isCloseTo(1.9720, within(1e-4));
        assertThat(Interval.t(1_000_000)).isCloseTo(1.95997, within(1e-5));
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
