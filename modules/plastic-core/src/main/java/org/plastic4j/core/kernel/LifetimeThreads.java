package org.plastic4j.core.kernel;

/**
 * How many threads a fused lifetime may use, for the whole process: all processors, or what the system property {@code
 * plastic4j.threads} says, or what {@link #set} was told. The results are the same bits for any number.
 */
public final class LifetimeThreads {
    private static volatile int count =
            Integer.getInteger("plastic4j.threads", Runtime.getRuntime().availableProcessors());

    private LifetimeThreads() {}

    /** The number of threads, at least 1. */
    public static int get() {
        return Math.max(1, count);
    }

    /**
     * Sets the number of threads.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public static void set(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("LifetimeThreads: expected at least 1 thread, found " + threads + ".");
        }
        count = threads;
    }
}
