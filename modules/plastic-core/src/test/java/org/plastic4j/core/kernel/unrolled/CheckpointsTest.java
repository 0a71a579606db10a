package org.plastic4j.core.kernel.unrolled;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CheckpointsTest {
    private static final int CHUNKS = 60;
    private static final int STATES = 8;

    /** The fewest chunks that are recomputed, by trying all places for the next state. */
    private static long[][] fewest() {
        long[][] fewest = new long[CHUNKS + 1][STATES + 1];
        for (int chunks = 2; chunks <= CHUNKS; chunks++) {
            fewest[chunks][0] = Integer.MAX_VALUE;
            for (int states = 1; states <= STATES; states++) {
                fewest[chunks][states] = Integer.MAX_VALUE;
                for (int next = 1; next < chunks; next++) {
                    long all = next + fewest[chunks - next][states - 1] + fewest[next][states];
                    fewest[chunks][states] = Math.min(fewest[chunks][states], all);
                }
            }
        }
        return fewest;
    }

    private static long recomputed(int chunks, int states) {
        if (chunks == 1) {
            return 0;
        }
        int next = Checkpoints.next(chunks, states);
        assertThat(next).as("%d chunks, %d states", chunks, states).isBetween(1, chunks - 1);
        return next + recomputed(chunks - next, states - 1) + recomputed(next, states);
    }

    @Test
    void asFewChunksAreRecomputedAsCanBe() {
        long[][] fewest = fewest();
        for (int chunks = 1; chunks <= CHUNKS; chunks++) {
            for (int states = 1; states <= STATES; states++) {
                assertThat(recomputed(chunks, states))
                        .as("%d chunks, %d states", chunks, states)
                        .isEqualTo(fewest[chunks][states]);
            }
        }
    }

    @Test
    void aLongLifetimeIsRecomputedAFewTimes() {
        // 10,000 steps in chunks of 8.
        assertThat(recomputed(1250, STATES)).isLessThan(5 * 1250);
        assertThat(recomputed(100_000, STATES)).isPositive();
    }
}
