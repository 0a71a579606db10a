package org.plastic4j.core.kernel.vector;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReplayPlanTest {
    private static final long LARGE = 1L << 24;

    /** Goes through a life as {@link VectorReplay} does, and counts how often each segment's first trace is made. */
    private static int[] made(int segments, int kept) {
        int[] made = new int[segments];
        int[] places = new int[kept];
        int last = 0;
        for (int segment = segments - 1; segment >= 0; segment--) {
            while (places[last] > segment) {
                last--;
            }
            int at = places[last];
            while (at < segment) {
                int room = kept - last;
                int next = room > 1 ? at + ReplayPlan.stride(segment - at + 1, room) : segment;
                assertThat(next).isBetween(at + 1, segment);
                for (int s = at + 1; s <= next; s++) {
                    made[s]++;
                }
                if (room > 1) {
                    last++;
                    places[last] = next;
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
    void noPlanWithAsManyKeptTracesMakesFewer() {
        for (int kept = 1; kept <= 9; kept++) {
            for (int segments = 2; segments <= 150; segments++) {
                int passes = 1;
                while (binomial(kept + passes, kept) < segments) {
                    passes++;
                }
                long made = 0;
                for (int times : made(segments, kept)) {
                    assertThat(times).isLessThanOrEqualTo(passes);
                    made += times;
                }
                // Griewank and Walther's least number, which counts the first trace as made in each pass.
                long least = (long) passes * segments - binomial(kept + passes, kept + 1);
                assertThat(made).as("%d segments, %d kept", segments, kept).isEqualTo(least);
            }
        }
    }

    @Test
    void smallLivesKeepAllAndNoTraceIsMadeTwice() {
        int kept = ReplayPlan.kept(25, 10_000);

        assertThat(kept).isEqualTo(24);
        assertThat(made(25, kept)).containsOnly(0, 1);
    }

    @Test
    void longLivesKeepNoMoreThanEightAndMakeTheirTracesAgain() {
        assertThat(ReplayPlan.kept(14, LARGE)).isEqualTo(4);
        assertThat(ReplayPlan.kept(45, LARGE)).isEqualTo(8);
        assertThat(ReplayPlan.kept(126, LARGE)).isEqualTo(8);
        assertThat(ReplayPlan.kept(1_287, LARGE)).isEqualTo(8);
        assertThat(ReplayPlan.kept(1_288, LARGE)).isEqualTo(7);
        assertThat(made(126, 8)).contains(3).doesNotContain(4);
        assertThat(ReplayPlan.kept(1_000_000, LARGE)).isLessThanOrEqualTo(8);
    }

    @Test
    void lifeOfOneSegmentKeepsItsFirstTrace() {
        assertThat(ReplayPlan.kept(1, LARGE)).isEqualTo(1);
        assertThat(ReplayPlan.kept(1, 1)).isEqualTo(1);
        assertThat(made(1, 1)).containsOnly(0);
    }

    @Test
    void tracesAreUndoneWhereThatMakesErrorsNoMoreThanEightTimesAsLarge() {
        // 0.99^-200 = 7.5, 0.99^-208 = 8.1
        assertThat(ReplayPlan.undoes(26, LARGE, 0.01)).isTrue();
        assertThat(ReplayPlan.undoes(27, LARGE, 0.01)).isFalse();
        assertThat(ReplayPlan.undoes(14, LARGE, 0.1)).isFalse();
        assertThat(ReplayPlan.undoes(1_000_000, LARGE, 0)).isTrue();
        assertThat(ReplayPlan.undoes(1_000_000, LARGE, -0.1)).isTrue();
    }

    @Test
    void tracesOfWhichNothingOrTheOppositeIsKeptAreNotUndone() {
        for (double eta : new double[] {1, 1.2, 2, 3, Double.NaN}) {
            assertThat(ReplayPlan.undoes(2, LARGE, eta)).as("eta %s", eta).isFalse();
        }
    }

    @Test
    void tracesThatCanAllBeKeptAreNotUndone() {
        assertThat(ReplayPlan.undoes(25, 10_000, 0.01)).isFalse();
    }
}
