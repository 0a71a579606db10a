package org.plastic4j.core.kernel;

/**
 * Where to store checkpoints in a backward pass, from the last chunk of a lifetime to the first, when what a chunk begins from
 * can be made from an earlier one by running on. Binomial checkpointing: with s of them stored and none made more than r
 * times, {@code C(s + r, s)} chunks can be gone through, and no plan does with less (Griewank and Walther, Algorithm 799:
 * revolve, ACM TOMS 26, 2000).
 */
public final class Checkpoints {
    private Checkpoints() {}

    /**
     * How many chunks to run on from a checkpoint before the next one.
     *
     * @param chunks that are still to be gone through from the checkpoint on, at least 2
     * @param checkpoints how many there can be, that one included
     */
    public static int stride(int chunks, int checkpoints) {
        int passes = 1;
        while (reach(checkpoints, passes) < chunks) {
            passes++;
        }
        long least = chunks - reach(checkpoints - 1, passes);
        return (int) Math.max(1, Math.max(least, reach(checkpoints, passes - 2)));
    }

    /** C(checkpoints + passes, checkpoints); 0 where passes are less than none. */
    public static long reach(int checkpoints, int passes) {
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
