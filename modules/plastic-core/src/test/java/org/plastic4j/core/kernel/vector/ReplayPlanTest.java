package org.plastic4j.core.kernel.vector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.plastic4j.core.kernel.Checkpoints;

class ReplayPlanTest {
    private static final long LARGE = 1L << 24;

    /** Goes through a life as {@link VectorReplay} does, and counts how often each chunk's first trace is made. */
    private static int[] made(int chunks, int checkpoints) {
        int[] made = new int[chunks];
        int[] indices = new int[checkpoints];
        int last = 0;
        for (int chunk = chunks - 1; chunk >= 0; chunk--) {
            while (indices[last] > chunk) {
                last--;
            }
            int at = indices[last];
            while (at < chunk) {
                int room = checkpoints - last;
                int next = room > 1 ? at + Checkpoints.stride(chunk - at + 1, room) : chunk;
                assertThat(next).isBetween(at + 1, chunk);
                for (int s = at + 1; s <= next; s++) {
                    made[s]++;
                }
                if (room > 1) {
                    last++;
                    indices[last] = next;
                }
                at = next;
            }
        }
        return made;
    }

    private static long binomial(int n, int k) {
        return k == 0 ? 1 : binomial(n - 1, k - 1) * n / k;
    }

    @Test
    void noPlanWithAsManyCheckpointsRecomputesFewerTraces() {
        for (int checkpoints = 1; checkpoints <= 9; checkpoints++) {
            for (int chunks = 2; chunks <= 150; chunks++) {
                int passes = 1;
                while (binomial(checkpoints + passes, checkpoints) < chunks) {
                    passes++;
                }
                long made = 0;
                for (int times : made(chunks, checkpoints)) {
                    assertThat(times).isLessThanOrEqualTo(passes);
                    made += times;
                }
                // Griewank and Walther's least number, which counts the first trace as made in each pass.
                long least = (long) passes * chunks - binomial(checkpoints + passes, checkpoints + 1);
                assertThat(made)
                        .as("%d chunks, %d checkpoints", chunks, checkpoints)
                        .isEqualTo(least);
            }
        }
    }

    @Test
    void shortLifetimesStoreAllTracesAndRecomputeNone() {
        int checkpoints = ReplayPlan.checkpoints(25, 10_000);

        assertThat(checkpoints).isEqualTo(24);
        assertThat(made(25, checkpoints)).containsOnly(0, 1);
    }

    @Test
    void longLifetimesStoreAtMostEightCheckpointsAndRecomputeTheOthers() {
        assertThat(ReplayPlan.checkpoints(14, LARGE)).isEqualTo(4);
        assertThat(ReplayPlan.checkpoints(45, LARGE)).isEqualTo(8);
        assertThat(ReplayPlan.checkpoints(126, LARGE)).isEqualTo(8);
        assertThat(ReplayPlan.checkpoints(1_287, LARGE)).isEqualTo(8);
        assertThat(ReplayPlan.checkpoints(1_288, LARGE)).isEqualTo(7);
        assertThat(made(126, 8)).contains(3).doesNotContain(4);
        assertThat(ReplayPlan.checkpoints(1_000_000, LARGE)).isLessThanOrEqualTo(8);
    }

    @Test
    void aLifetimeOfOneChunkStoresItsFirstTrace() {
        assertThat(ReplayPlan.checkpoints(1, LARGE)).isEqualTo(1);
        assertThat(ReplayPlan.checkpoints(1, 1)).isEqualTo(1);
        assertThat(made(1, 1)).containsOnly(0);
    }

    @Test
    void updatesAreReversedWhereThatMakesErrorsNoMoreThanEightTimesAsLarge() {
        // 0.99^-200 = 7.5, 0.99^-208 = 8.1
        assertThat(ReplayPlan.reverses(26, LARGE, 0.01)).isTrue();
        assertThat(ReplayPlan.reverses(27, LARGE, 0.01)).isFalse();
        assertThat(ReplayPlan.reverses(14, LARGE, 0.1)).isFalse();
        assertThat(ReplayPlan.reverses(1_000_000, LARGE, 0)).isTrue();
        assertThat(ReplayPlan.reverses(1_000_000, LARGE, -0.1)).isTrue();
    }

    @Test
    void updatesWithADecayFactorOfZeroOrLessAreNotReversed() {
        for (double eta : new double[] {1, 1.2, 2, 3, Double.NaN}) {
            assertThat(ReplayPlan.reverses(2, LARGE, eta)).as("eta %s", eta).isFalse();
        }
    }

    @Test
    void updatesAreNotReversedWhereAllTracesCanBeStored() {
        assertThat(ReplayPlan.reverses(25, 10_000, 0.01)).isFalse();
    }
}
