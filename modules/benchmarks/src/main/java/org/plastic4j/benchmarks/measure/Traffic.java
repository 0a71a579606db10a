package org.plastic4j.benchmarks.measure;

import org.plastic4j.benchmarks.subject.BenchmarkCase;

/**
 * How many bytes of matrices the fused kernel moves, by the count in docs/math.md ("How the fused kernel computes it").
 * Whoever changes what the kernel reads and writes changes that page and these formulas.
 *
 * <p>A batch shares W and alpha (4 bytes each, read once a step for all of its lifetimes); every lifetime has a trace of
 * its own, which is stored in one step of 8 only.
 */
public final class Traffic {
    private static final double SHARED = 8;
    private static final double FORWARD_A_LIFETIME = 4.5;
    private static final double BACKWARD_A_LIFETIME = 8.5;

    private Traffic() {}

    /** Bytes of T steps forward, of the whole batch: {@code T n^2 (8 + 4.5 B)}. */
    public static double forward(BenchmarkCase subject) {
        return subject.steps() * connections(subject) * (SHARED + FORWARD_A_LIFETIME * subject.batch());
    }

    /** Bytes of T + 1 sweeps backward, of the whole batch: {@code (T + 1) n^2 (8 + 8.5 B)}. */
    public static double backward(BenchmarkCase subject) {
        return (subject.steps() + 1) * connections(subject) * (SHARED + BACKWARD_A_LIFETIME * subject.batch());
    }

    /** Bytes one lifetime of the batch moves, forward and backward. */
    public static double aLifetime(BenchmarkCase subject) {
        return (forward(subject) + backward(subject)) / subject.batch();
    }

    /**
     * @param subject the case
     * @param millis measured, for one lifetime
     * @param bytesPerSecond what the machine moves
     * @return the least time that the bytes need, as a share of the time taken
     */
    public static double shareOfLimit(BenchmarkCase subject, double millis, double bytesPerSecond) {
        return aLifetime(subject) / bytesPerSecond / (millis / 1000);
    }

    private static double connections(BenchmarkCase subject) {
        return (double) subject.neurons() * subject.neurons();
    }
}
