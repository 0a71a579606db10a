package org.plastic4j.core.kernel.vector;

import org.plastic4j.core.kernel.Checkpoints;

/**
 * Which traces to store as checkpoints in the backward pass of a lifetime, from its last chunk to its first, when each trace can be made from an
 * earlier one by running on ({@link Checkpoints}). One more trace, that of the chunk at hand, needs no checkpoint.
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
                if (Checkpoints.reach(checkpoints, passes) >= chunks) {
                    return checkpoints;
                }
            }
        }
    }
}
