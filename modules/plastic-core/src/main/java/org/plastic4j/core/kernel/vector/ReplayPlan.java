package org.plastic4j.core.kernel.vector;

/**
 * Which traces to store as checkpoints in the backward pass of a lifetime, from its last chunk to its first, when each trace can be made from an
 * earlier one by running on. Binomial checkpointing: with s of them stored and none made more than r times, {@code C(s + r, s)}
 * chunks can be gone through, and no plan does with less (Griewank and Walther, Algorithm 799: revolve, ACM TOMS 26,
 * 2000). One more trace, that of the chunk at hand, needs no checkpoint.
 */
final class ReplayPlan {
    /** Up to so many elements the traces of all chunks are stored. */
    private static final long ALL_KEPT = 8L << 20;
    /** Beyond that, rather than store more than so many, each is made once more. */
    private static final int MOST_CHECKPOINTS = 8;

    /** By so much rounding errors may grow where updates are reversed. */
    private static final double MOST_GROWTH = 8;

    private ReplayPlan() {}

    /**
     * Whether the traces of a lifetime are recomputed one from the next, by reversing its updates: this needs no other trace, but
     * divides by the decay factor, at least {@code 1 - eta}, and so makes rounding errors larger step by step.
     *
     * @param chunks of a lifetime
     * @param size elements in the traces of one chunk
     * @param eta the plasticity rate
     */
    static boolean reverses(int chunks, long size, double eta) {
        double steps = LifetimeBuffers.RANK * (chunks - 1.0);
        return chunks * size > ALL_KEPT && eta < 1 && Math.pow(1 - eta, -steps) <= MOST_GROWTH;
    }

    /**
     * How many checkpoints to store, the first one included.
     *
     * @param chunks of a lifetime
     * @param size elements in the traces of one chunk
     */
    static int checkpoints(int chunks, long size) {
        if (chunks * size <= ALL_KEPT) {
            return Math.max(1, chunks - 1);
        }
        for (int passes = 2; ; passes++) {
            for (int checkpoints = 1; checkpoints <= MOST_CHECKPOINTS; checkpoints++) {
                if (reach(checkpoints, passes) >= chunks) {
                    return checkpoints;
                }
            }
        }
    }

    /**
     * How many chunks to run on from a checkpoint before the next one.
     *
     * @param chunks that are still to be gone through from the checkpoint on, at least 2
     * @param checkpoints how many there can be, that one included
     */
    static int stride(int chunks, int checkpoints) {
        int passes = 1;
        while (reach(checkpoints, passes) < chunks) {
            passes++;
        }
        long least = chunks - reach(checkpoints - 1, passes);
        return (int) Math.max(1, Math.max(least, reach(checkpoints, passes - 2)));
    }

    /** C(checkpoints + passes, checkpoints); 0 where passes are less than none. */
    private static long reach(int checkpoints, int passes) {
        if (passes < 0) {
            return 0;
        }
        long reach = 1;
        for (int k = 1; k <= checkpoints; k++) {
            reach = Math.multiplyExact(reach, passes + k) / k;
        }
        return reach;
    }
}
