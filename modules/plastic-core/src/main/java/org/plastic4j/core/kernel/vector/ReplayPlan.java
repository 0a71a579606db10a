package org.plastic4j.core.kernel.vector;

/**
 * Which traces to keep while a life is gone through from its last segment to its first, when each trace can be made from an
 * earlier one by living on. Binomial checkpointing: with s of them kept and none made more than r times, {@code C(s + r, s)}
 * segments can be gone through, and no plan does with less (Griewank and Walther, Algorithm 799: revolve, ACM TOMS 26,
 * 2000). One more trace, that of the segment at hand, needs not be kept.
 */
final class ReplayPlan {
    /** Up to so many numbers the traces of all segments are kept. */
    private static final long ALL_KEPT = 8L << 20;
    /** Beyond that, rather than keep more than so many, each is made once more. */
    private static final int MOST_KEPT = 8;

    /** By so much rounding errors may grow where traces are undone. */
    private static final double MOST_GROWTH = 8;

    private ReplayPlan() {}

    /**
     * Whether the traces of a life are got back one from the next, by undoing its updates: this needs no other trace, but
     * divides by what a trace keeps, at least {@code 1 - eta}, and so makes rounding errors larger step by step.
     *
     * @param segments of a life
     * @param size numbers in the traces of one segment
     * @param eta the plasticity rate
     */
    static boolean undoes(int segments, long size, double eta) {
        double steps = LifetimeBuffers.RANK * (segments - 1.0);
        return segments * size > ALL_KEPT && eta < 1 && Math.pow(1 - eta, -steps) <= MOST_GROWTH;
    }

    /**
     * How many traces to keep, the first one included.
     *
     * @param segments of a life
     * @param size numbers in the traces of one segment
     */
    static int kept(int segments, long size) {
        if (segments * size <= ALL_KEPT) {
            return Math.max(1, segments - 1);
        }
        for (int passes = 2; ; passes++) {
            for (int kept = 1; kept <= MOST_KEPT; kept++) {
                if (reach(kept, passes) >= segments) {
                    return kept;
                }
            }
        }
    }

    /**
     * How many segments to live on from a kept trace before the next is kept.
     *
     * @param segments that are still to be gone through from the kept one on, at least 2
     * @param kept how many traces can be kept, that one included
     */
    static int stride(int segments, int kept) {
        int passes = 1;
        while (reach(kept, passes) < segments) {
            passes++;
        }
        long least = segments - reach(kept - 1, passes);
        return (int) Math.max(1, Math.max(least, reach(kept, passes - 2)));
    }

    /** C(kept + passes, kept); 0 where passes are less than none. */
    private static long reach(int kept, int passes) {
        if (passes < 0) {
            return 0;
        }
        long reach = 1;
        for (int k = 1; k <= kept; k++) {
            reach = Math.multiplyExact(reach, passes + k) / k;
        }
        return reach;
    }
}
