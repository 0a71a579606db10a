package org.plastic4j.benchmarks.measure;

import org.plastic4j.benchmarks.cases.BenchmarkCase;
import org.plastic4j.core.kernel.KernelOptions;

/**
 * How many bytes of matrices the fused kernel moves, by the count in docs/kernel.md.
 * Whoever changes what the kernel reads and writes changes that page and these formulas.
 *
 * <p>Where updates are deferred, the lifetimes of a batch that are taken at a time share W and alpha; every lifetime has a trace
 * of its own, which is written in one step of 8 only, and which is none and so not read before that. The loops of
 * compiled rules go through one lifetime after another.
 */
public final class Traffic {
    private static final double SHARED_FORWARD = 8;
    private static final double FORWARD_A_LIFETIME = 4.5;
    private static final double SHARED_BACKWARD = 8;
    private static final double BACKWARD_A_LIFETIME = 7.5;
    /** A trace read. */
    private static final double TRACE = 4;
    /** Steps before there is one. */
    private static final int FIRST_STEPS = 8;
    /** Besides in their passes, it is not read for what is done once in so many steps: the replay and the entry. */
    private static final int FIRST_OTHERS = 2;
    /** W, alpha and H read, H written. */
    private static final double COMPILED_FORWARD = 16;
    /** W, alpha, H and the trace's gradient read, the latter written; H written by each of two replays. */
    private static final double COMPILED_BACKWARD = 28;

    /** Of each matrix of the rule's parameters: read forward; read backward, and its gradient read and written. */
    private static final double PARAMETER_FORWARD = 4;

    private static final double PARAMETER_BACKWARD = 12;

    /** A layer of no more neurons is one panel, and its lifetimes are shared out whole. */
    private static final int ONE_PANEL = 160;

    private static final double TRACES_AT_A_TIME = 1 << 19;

    private Traffic() {}

    /**
     * Bytes of T steps forward, of the whole batch: {@code T n^2 (8 B/k + 4.5 B) - 32 n^2 B}, k lifetimes being taken at a
     * time.
     */
    public static double forward(BenchmarkCase benchmarkCase) {
        if (isCompiled(benchmarkCase)) {
            double bytes =
                    COMPILED_FORWARD + PARAMETER_FORWARD * benchmarkCase.rule().matrices();
            return benchmarkCase.steps() * connections(benchmarkCase) * bytes * benchmarkCase.batch();
        }
        double bytes = SHARED_FORWARD * turns(benchmarkCase) + FORWARD_A_LIFETIME * benchmarkCase.batch();
        return connections(benchmarkCase)
                * (benchmarkCase.steps() * bytes - benchmarkCase.batch() * TRACE * firstSteps(benchmarkCase));
    }

    /** Bytes of T backward passes, of the whole batch: {@code T n^2 (8 B/k + 7.5 B) - 40 n^2 B}. */
    public static double backward(BenchmarkCase benchmarkCase) {
        if (isCompiled(benchmarkCase)) {
            double bytes = COMPILED_BACKWARD
                    + PARAMETER_BACKWARD * benchmarkCase.rule().matrices();
            return benchmarkCase.steps() * connections(benchmarkCase) * bytes * benchmarkCase.batch();
        }
        double bytes = SHARED_BACKWARD * turns(benchmarkCase) + BACKWARD_A_LIFETIME * benchmarkCase.batch();
        double unread = TRACE * (firstSteps(benchmarkCase) + FIRST_OTHERS);
        return connections(benchmarkCase) * (benchmarkCase.steps() * bytes - benchmarkCase.batch() * unread);
    }

    private static boolean isCompiled(BenchmarkCase benchmarkCase) {
        return !benchmarkCase.rule().decays() || benchmarkCase.neurons() < KernelOptions.deferredNeurons();
    }

    private static int firstSteps(BenchmarkCase benchmarkCase) {
        return Math.min(benchmarkCase.steps(), FIRST_STEPS);
    }

    private static double atATime(BenchmarkCase benchmarkCase) {
        return Math.max(1, Math.floor(TRACES_AT_A_TIME / connections(benchmarkCase)));
    }

    /** How often W and alpha are gone through for a batch. */
    private static double turns(BenchmarkCase benchmarkCase) {
        return Math.ceil(benchmarkCase.batch() / atATime(benchmarkCase));
    }

    /** Bytes one lifetime of the batch moves, forward and backward. */
    public static double aLifetime(BenchmarkCase benchmarkCase) {
        return (forward(benchmarkCase) + backward(benchmarkCase)) / benchmarkCase.batch();
    }

    /**
     * @param benchmarkCase the case
     * @param millis measured, for one lifetime
     * @param bytesPerSecond what the machine moves
     * @return the least time that the bytes need, as a share of the time taken
     */
    public static double shareOfLimit(BenchmarkCase benchmarkCase, double millis, double bytesPerSecond) {
        return aLifetime(benchmarkCase) / bytesPerSecond / (millis / 1000);
    }

    /**
     * The matrices that all threads together read at every step of the forward pass, in bytes: W, alpha and the traces of
     * the lifetimes that are taken together. Threads with lifetimes of their own read W and alpha each for itself.
     *
     * @param benchmarkCase the case
     * @param threads how many there are
     * @return how many bytes
     */
    public static long readAgain(BenchmarkCase benchmarkCase, int threads) {
        boolean ofTheirOwn = benchmarkCase.neurons() <= ONE_PANEL && benchmarkCase.batch() >= threads;
        double traces = ofTheirOwn ? 1 : Math.min(benchmarkCase.batch(), atATime(benchmarkCase));
        return (long) ((ofTheirOwn ? threads : 1) * (2 + traces) * Float.BYTES * connections(benchmarkCase));
    }

    private static double connections(BenchmarkCase benchmarkCase) {
        return (double) benchmarkCase.neurons() * benchmarkCase.neurons();
    }
}
