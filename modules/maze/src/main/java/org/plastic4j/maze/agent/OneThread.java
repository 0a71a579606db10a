package org.plastic4j.maze.agent;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * ND4J's own ops on one thread. Those of an agent's graph are small: threads would wait for each other longer than they
 * work (20 ms for the sum of 6,000 numbers, beside other work), and sums would depend on how many there are. The lifetimes
 * have threads of their own.
 */
final class OneThread {
    private OneThread() {}

    static void forNd4j() {
        Nd4j.getEnvironment().setMaxMasterThreads(1);
        NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
        Nd4j.factory().blas().setMaxThreads(1);
    }
}
