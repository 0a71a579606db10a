package org.plastic4j.benchmarks.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntPredicate;
import org.plastic4j.training.stat.Spread;

/**
 * What the machine's memory moves, measured by plain Java with several threads. Each has arrays of its own.
 *
 * @param copy bytes read plus bytes written a second, copying arrays far larger than the caches
 * @param read bytes read a second, comparing such arrays with equal ones
 * @param matrixCopy as {@code copy}, over arrays that together are as large as the matrices of 1,001 neurons: where
 *     these stay in a cache, this and not {@code copy} is the limit
 */
public record Bandwidth(double copy, double read, double matrixCopy) {
    private static final int REPETITIONS = 9;
    private static final long MATRICES_BYTES = 5L * 4 * 1001 * 1001;
    /** So many bytes of each array take long enough to be timed. */
    private static final long PASSED_OVER = 1L << 28;

    private static final double NANOS_PER_SECOND = 1e9;

    /**
     * Measures. Needs twice {@code bytes} a thread of heap.
     *
     * @param threads how many threads at a time
     * @param bytes of each array, two a thread
     */
    public static Bandwidth measure(int threads, long bytes) {
        long[][] from = arrays(threads, bytes);
        long[][] to = arrays(threads, bytes);
        double copy = 2 * speed(threads, bytes, 1, i -> copy(from[i], to[i]));
        // Equal arrays are read to the end.
        double read = 2 * speed(threads, bytes, 1, i -> Arrays.mismatch(from[i], to[i]) < 0);
        long part = Math.min(bytes, MATRICES_BYTES / threads / 2);
        int words = Math.toIntExact(part / Long.BYTES);
        double matrices = 2
                * speed(threads, part, 50, i -> {
                    System.arraycopy(from[i], 0, to[i], 0, words);
                    return true;
                });
        return new Bandwidth(copy, read, matrices);
    }

    /**
     * Measures how fast so many bytes are read again and again: from a cache, if they fit into one.
     *
     * @param threads how many threads at a time
     * @param bytes of all arrays together
     * @return bytes a second
     */
    public static double reading(int threads, long bytes) {
        long part = Math.max(Long.BYTES, bytes / threads / 2);
        long[][] one = arrays(threads, part);
        long[][] other = arrays(threads, part);
        int passes = (int) Math.max(1, PASSED_OVER / part);
        return 2 * speed(threads, part, passes, i -> Arrays.mismatch(one[i], other[i]) < 0);
    }

    private static boolean copy(long[] from, long[] to) {
        System.arraycopy(from, 0, to, 0, from.length);
        return true;
    }

    private static long[][] arrays(int threads, long bytes) {
        long[][] arrays = new long[threads][Math.toIntExact(bytes / Long.BYTES)];
        for (long[] array : arrays) {
            // Untouched pages of zeros would all be one.
            Arrays.setAll(array, i -> i);
        }
        return arrays;
    }

    /** Median bytes a second of all threads together, each passing over its bytes {@code passes} times. */
    private static double speed(int threads, long bytes, int passes, IntPredicate work) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            double[] speeds = new double[REPETITIONS];
            for (int repetition = -1; repetition < REPETITIONS; repetition++) {
                long start = System.nanoTime();
                List<Future<Boolean>> all = new ArrayList<>();
                for (int i = 0; i < threads; i++) {
                    int thread = i;
                    all.add(pool.submit(() -> {
                        boolean done = true;
                        for (int pass = 0; pass < passes; pass++) {
                            done &= work.test(thread);
                        }
                        return done;
                    }));
                }
                for (Future<Boolean> one : all) {
                    if (!one.get()) {
                        throw new IllegalStateException("Bandwidth: expected equal arrays after copying.");
                    }
                }
                if (repetition >= 0) {
                    double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
                    speeds[repetition] = (double) bytes * passes * threads / seconds;
                }
            }
            return Spread.of(speeds).median();
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("Bandwidth: the measurement was interrupted.", e);
        } finally {
            pool.shutdownNow();
        }
    }
}
