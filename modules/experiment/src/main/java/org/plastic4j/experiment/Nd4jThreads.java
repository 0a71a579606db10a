package org.plastic4j.experiment;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** How many threads ND4J's own ops use. The lifetimes have threads of their own. */
public final class Nd4jThreads {
    /** @param by the thread that has set it */
    private record Setting(int threads, long by) {}

    private static Setting last = new Setting(0, 0);

    private Nd4jThreads() {}

    /**
     * Sets it in all places where ND4J counts: its loops, the OpenMP that reductions leave it to, and its BLAS. With one of
     * them left out, threads of that one still start, and wait for each other by spinning: a quarter of a processor beside a
     * run that was to have one thread, 20 ms for the sum of 6,000 numbers beside other work. OpenMP's count holds for the
     * thread that sets it.
     *
     * <p>Where it is so already, nothing is done: to reach the BLAS, its library is looked up in the file system each time,
     * which takes about a millisecond.
     *
     * @param threads at least 1
     */
    public static synchronized void set(int threads) {
        Setting setting = new Setting(threads, Thread.currentThread().getId());
        if (setting.equals(last) && Nd4j.getEnvironment().maxMasterThreads() == threads) {
            return;
        }
        last = setting;
        Nd4j.getEnvironment().setMaxMasterThreads(threads);
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(threads);
        Nd4j.factory().blas().setMaxThreads(threads);
    }
}
