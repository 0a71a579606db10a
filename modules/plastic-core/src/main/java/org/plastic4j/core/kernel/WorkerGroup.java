package org.plastic4j.core.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/** Threads that go through a lifetime together, step by step, the calling one among them. */
public final class WorkerGroup {
    private static final ExecutorService HELPERS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "plastic4j-lifetime");
        thread.setDaemon(true);
        return thread;
    });
    private static final int SPINS_BEFORE_YIELDING = 2_000;

    private final int size;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicInteger taken = new AtomicInteger();
    private volatile int generation;
    /** What failed first; nothing waits for a member that has. */
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private WorkerGroup(int size) {
        this.size = size;
    }

    /** What one member does: {@code member} counts from 0. */
    @FunctionalInterface
    public interface Work {
        /** Does one member's part. */
        void run(WorkerGroup group, int member);
    }

    /**
     * Runs the same work in {@code size} threads, and returns, or throws what failed first, when all are done: what they
     * work on is given back then. A caller that is interrupted stays so, and waits all the same.
     */
    public static void run(int size, Work work) {
        WorkerGroup group = new WorkerGroup(size);
        List<CompletableFuture<Void>> helpers = new ArrayList<>(size - 1);
        try {
            for (int member = 1; member < size; member++) {
                int number = member;
                helpers.add(CompletableFuture.runAsync(() -> group.guarded(work, number), HELPERS));
            }
        } catch (RuntimeException | Error e) {
            group.failure.compareAndSet(null, e);
        }
        group.guarded(work, 0);
        // Not get, which an interrupt ends while helpers still write.
        helpers.forEach(CompletableFuture::join);
        Throwable failure = group.failure.get();
        if (failure instanceof Error error) {
            throw error;
        } else if (failure != null) {
            throw (RuntimeException) failure;
        }
    }

    /** Below so many values, a copy is made before another thread is awake. */
    private static final int WORTH_SHARING = 1 << 16;

    /** Does parts 0 .. parts - 1 of a copy of so many values, in any order, in the threads of lifetimes. */
    public static void copy(int parts, long values, IntConsumer part) {
        int threads = values < WORTH_SHARING ? 1 : Math.min(LifetimeThreads.get(), parts);
        run(threads, (group, member) -> {
            for (int k = part(parts, member, threads); k < part(parts, member + 1, threads); k++) {
                part.accept(k);
            }
        });
    }

    /** Where member k of so many begins in a range. */
    public static int part(int total, int member, int members) {
        return (int) ((long) total * member / members);
    }

    /** How many members there are. */
    public int size() {
        return size;
    }

    /** 0, 1, 2 ..: the next to each caller. */
    public int next() {
        return taken.getAndIncrement();
    }

    private void guarded(Work work, int member) {
        try {
            work.run(this, member);
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
        }
    }

    /** Waits until every member has come here. Steps are short, so it spins rather than sleeps. */
    public void await() {
        if (size == 1) {
            return;
        }
        int mine = generation;
        if (waiting.incrementAndGet() == size) {
            waiting.set(0);
            generation = mine + 1;
            return;
        }
        for (int spins = 0; generation == mine; spins++) {
            if (failure.get() != null) {
                throw new IllegalStateException("Another thread of the lifetime failed.");
            }
            if (spins < SPINS_BEFORE_YIELDING) {
                Thread.onSpinWait();
            } else {
                Thread.yield();
            }
        }
    }
}
