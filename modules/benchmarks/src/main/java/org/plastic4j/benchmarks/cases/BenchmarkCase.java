package org.plastic4j.benchmarks.cases;

import java.util.Locale;

/**
 * Lifetimes to be measured, with an alpha per connection, from rest, with the gradients of all parameters.
 *
 * @param name what it is called on the command line and in the results
 * @param rule the plasticity rule
 * @param neurons n
 * @param steps T
 * @param batch B
 * @param clamped whether neurons are clamped, and not only driven
 * @param pytorchBatch how many lifetimes at a time fit for PyTorch; 0 where not even one does
 * @param unrolled how the unrolled graph takes part
 * @param note what a reader of the result has to know; may be empty
 */
public record BenchmarkCase(
        String name,
        BenchmarkRule rule,
        int neurons,
        int steps,
        int batch,
        boolean clamped,
        int pytorchBatch,
        Unrolled unrolled,
        String note) {
    /** The bound of all bounded traces. */
    public static final double BOUND = 1;

    /** How the unrolled graph takes part. */
    public enum Unrolled {
        /** Not at all: it takes too long, or too much memory. */
        NO,
        /** One lifetime only. */
        ONCE,
        /** As often as the others. */
        YES
    }

    /** Checks the sizes. */
    public BenchmarkCase {
        if (neurons < 1 || steps < 1 || batch < 1 || pytorchBatch < 0 || pytorchBatch > batch) {
            throw new IllegalArgumentException(String.format(
                            Locale.ROOT,
                            "BenchmarkCase %s: expected at least 1 neuron, step and lifetime, and at most these for"
                                    + " PyTorch,",
                            name)
                    + String.format(
                            Locale.ROOT,
                            " found n = %d, T = %d, B = %d, PyTorch's B = %d.",
                            neurons,
                            steps,
                            batch,
                            pytorchBatch));
        }
    }

    /**
     * In long lives, rounding is amplified: the gradient of a single number, a sum of terms that cancel, comes to 1.2e-4
     * in 200 steps.
     *
     * @return how far two executions in float may be apart, relative, in the Euclidean norm of each tensor
     */
    public double tolerance() {
        return steps < 200 ? 1e-4 : 1e-3;
    }
}
