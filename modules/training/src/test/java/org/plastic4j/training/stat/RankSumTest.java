package org.plastic4j.training.stat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RankSumTest {
    private static final double[] LOW = {1, 2, 3};
    private static final double[] HIGH = {4, 5, 6};

    @Test
    void separateGroupsOfThreeHaveTheLeastProbabilityThereIs() {
        // Of the 20 ways to choose 3 of 6 ranks, two are as extreme as this.
        assertThat(RankSum.of(HIGH, LOW))
                .isEqualTo(new RankSum(9, 9, RankSum.of(LOW, HIGH).p()));
        assertThat(RankSum.of(HIGH, LOW).p()).isCloseTo(2.0 / 20, within(1e-12));
    }

    @Test
    void mixedGroupsAreCountedPairByPair() {
        double[] one = {1, 4, 6, 9};
        double[] other = {2, 3, 5, 7};

        // Greater in the first: 0 + 2 + 3 + 4 pairs. U of 9 or more, or 7 or less: all but the 8 of 70 ways with 8.
        RankSum test = RankSum.of(one, other);
        assertThat(test.u()).isEqualTo(9);
        assertThat(test.pairs()).isEqualTo(16);
        assertThat(test.p()).isCloseTo(62.0 / 70, within(1e-12));
    }

    @Test
    void equalValuesCountHalf() {
        assertThat(RankSum.of(new double[] {1, 2}, new double[] {2, 3}).u()).isEqualTo(0.5);
    }
}
