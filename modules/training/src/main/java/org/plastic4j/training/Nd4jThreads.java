package org.plastic4j.training;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** How many threads ND4J's own ops use. The lifetimes have threads of their own. */
public final class Nd4jThreads {
    /** What the BLAS was told last, which holds for all threads; 0 at first. */
    private static int ofBlas;

    private Nd4jThreads() {}

    /**
     * Sets it in all places where ND4J counts: its loops, the OpenMP that reductions leave it to, and its BLAS. With one of
     * them left out, threads of that one still start, and wait for each other by spinning: a quarter of a processor beside a
     * run that was to have one thread, 20 ms for the sum of 6,000 numbers beside other work. OpenMP's count holds for the
     * thread that sets it.
     *
     * <p>The BLAS is told only when the number differs from the last: to reach it, its library is looked up in the file
     * system each time, which takes about a millisecond.
     *
     * @param threads at least 1
     */
    public static synchronized void set(int threads) {
        Nd4j.getEnvironment().setMaxMasterThreads(threads);
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
        if (ofBlas != threads) {
            Nd4j.factory().blas().setMaxThreads(threads);
            ofBlas = threads;
        }
    }
}
