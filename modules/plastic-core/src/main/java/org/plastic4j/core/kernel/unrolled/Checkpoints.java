package org.plastic4j.core.kernel.unrolled;

/**
 * Where states are kept while a backward pass goes through chunks from the last to the first. With s states kept at a time,
 * and no chunk recomputed more than r times on the way to its gradient, {@code (s + r choose s)} chunks can be gone through
 * (Griewank and Walther, Algorithm 799: Revolve, ACM Transactions on Mathematical Software 26, 2000).
 */
final class Checkpoints {
    private Checkpoints() {}

    /**
     * After how many chunks the next state is kept, with the fewest chunks recomputed in all.
     *
     * @param chunks how many there are to go through, at least 2
     * @param states how many can still be kept, at least 1
     */
    static int next(int chunks, int states) {
        int times = 1;
        while (reach(states, times) < chunks) {
            times++;
        }
        return (int) Math.max(reach(states, Math.max(times - 2, 0)), chunks - reach(states - 1, times));
    }

    /** (states + times choose states). */
    private static long reach(int states, int times) {
        long product = 1;
        for (int k = 1; k <= states; k++) {
            product = product * (times + k) / k;
        }
        return product;
    }
}
