package org.plastic4j.core.kernel.vector;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.plastic4j.core.kernel.LifetimeThreads;
import org.plastic4j.core.kernel.WorkerGroup;

/**
 * One thread's part of a batch of lifetimes. A large layer is shared out by panels, and its threads wait for each other at a barrier at every step;
 * a small one by lifetimes, each thread running its own from end to end. What is computed does not depend on it.
 */
public record Partition(
        WorkerGroup group, int member, int firstPanel, int endPanel, int firstLifetime, int endLifetime) {

    /** Shares lifetimes out among the threads there are. */
    static void run(LifetimeBuffers m, Consumer<Partition> work) {
        int panels = m.layout.panels;
        boolean byPanel = panels > 1;
        int threads = Math.min(LifetimeThreads.get(), byPanel ? panels : m.batch);
        WorkerGroup.run(threads, (group, member) -> work.accept(of(m, group, member, threads, !byPanel)));
    }

    /** Up to so many elements, a matrix of a layer stays in one core's cache with those it is used with. */
    private static final int CACHED_SIZE = 1 << 18;

    /**
     * Shares out whole lifetimes where there are enough of them and they are small enough, else panels. The work gets a
     * number for what threads that run their own lifetimes must not share.
     */
    static void runWhole(LifetimeBuffers m, BiConsumer<Partition, Integer> work) {
        int available = LifetimeThreads.get();
        boolean whole = partitionsWhole(m, available);
        int total = whole ? m.batch : m.layout.panels;
        int threads = Math.min(available, total);
        WorkerGroup.run(
                threads, (group, member) -> work.accept(of(m, group, member, threads, whole), whole ? member : 0));
    }

    /** Below so many connections in a batch, a step is over before another thread has begun. */
    private static final long SHARED_CONNECTIONS = 1 << 19;

    /** The partitions of a single step, one a thread; within a step, threads need no barrier. */
    static Partition[] ofStep(LifetimeBuffers m) {
        long connections = (long) m.batch * m.size;
        int available = connections < SHARED_CONNECTIONS ? 1 : LifetimeThreads.get();
        boolean whole = partitionsWhole(m, available);
        int total = whole ? m.batch : m.layout.panels;
        Partition[] partitions = new Partition[Math.min(available, total)];
        for (int member = 0; member < partitions.length; member++) {
            partitions[member] = of(m, null, member, partitions.length, whole);
        }
        return partitions;
    }

    private static Partition of(LifetimeBuffers m, WorkerGroup group, int member, int threads, boolean whole) {
        int total = whole ? m.batch : m.layout.panels;
        int from = WorkerGroup.part(total, member, threads);
        int to = WorkerGroup.part(total, member + 1, threads);
        return whole
                ? new Partition(group, member, 0, m.layout.panels, from, to)
                : new Partition(group, member, from, to, 0, m.batch);
    }

    private static boolean partitionsWhole(LifetimeBuffers m, int threads) {
        return m.layout.panels == 1 || (m.batch >= threads && m.size <= CACHED_SIZE);
    }

    /**
     * Goes through lifetimes: threads with a barrier at every step through all of them together; threads that run whole ones
     * take the next one left, so that one that is held up takes fewer.
     */
    void forEachLifetime(LifetimeBuffers m, IntConsumer lifetime) {
        if (isJoint(m)) {
            for (int b = firstLifetime; b < endLifetime; b++) {
                lifetime.accept(b);
            }
        } else {
            for (int b = group.next(); b < m.batch; b = group.next()) {
                lifetime.accept(b);
            }
        }
    }

    /** Whether threads run the same lifetimes together, with a barrier at every step. */
    boolean isJoint(LifetimeBuffers m) {
        return endPanel - firstPanel < m.layout.panels;
    }

    /**
     * So many elements of traces are gone through at a time, one lifetime's at least. What a last cache holds of them beside W
     * and alpha is several times as much; but it is read fastest while it is not nearly full.
     */
    private static final int TRACES_AT_A_TIME = 1 << 19;

    /** How many lifetimes {@link #forEachBlock} takes together when a matrix has so many elements. */
    static int atATime(int size) {
        return Math.max(1, TRACES_AT_A_TIME / size);
    }

    /**
     * Hands out the partition a few lifetimes at a time. More of them read W and alpha together, but from some number on
     * their traces come from main memory.
     */
    void forEachBlock(LifetimeBuffers m, Consumer<Partition> work) {
        int block = atATime(m.size);
        for (int b = firstLifetime; b < endLifetime; b += block) {
            work.accept(new Partition(group, member, firstPanel, endPanel, b, Math.min(b + block, endLifetime)));
        }
    }

    /** Work on a panel of one lifetime. */
    @FunctionalInterface
    interface Part {
        void of(int panel, int b);
    }

    /** Goes through all panels and lifetimes of this partition. */
    void forEachPart(Part part) {
        for (int panel = firstPanel; panel < endPanel; panel++) {
            for (int b = firstLifetime; b < endLifetime; b++) {
                part.of(panel, b);
            }
        }
    }

    /** Work on a pair of column blocks of one lifetime, those from a column on. */
    @FunctionalInterface
    interface Pair {
        void of(int column, int b);
    }

    /**
     * Goes through all pairs of column blocks of this partition, from the last to the first or the other way.
     *
     * @param back whether the last one is the first
     */
    void forEachPair(LifetimeBuffers m, boolean back, Pair pair) {
        int start = m.layout.start(firstPanel);
        int end = m.layout.start(endPanel);
        for (int done = start; done < end; done += m.layout.pair) {
            int column = back ? start + end - m.layout.pair - done : done;
            for (int b = firstLifetime; b < endLifetime; b++) {
                pair.of(column, b);
            }
        }
    }

    /** Goes through all pairs of column blocks of this partition, whatever the lifetime. */
    void forEachPairOf(LifetimeBuffers m, IntConsumer pair) {
        for (int column = m.layout.start(firstPanel); column < m.layout.start(endPanel); column += m.layout.pair) {
            pair.accept(column);
        }
    }

    /** Waits for the other threads of these lifetimes, if there are any. */
    void endStep(int panels) {
        if (panels > 1) {
            group.await();
        }
    }
}
