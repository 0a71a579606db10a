package org.plastic4j.core.fused;

import java.util.function.Consumer;

/**
 * One thread's part of a batch of lifetimes. A large layer is shared out by panels, and its threads meet at every step;
 * a small one by lifetimes, each thread living its own from end to end. What is computed does not depend on it.
 */
record Share(Team team, int member, int firstPanel, int endPanel, int firstLifetime, int endLifetime) {

    /** Shares lifetimes out among the threads there are. */
    static void run(LifetimeBuffers m, Consumer<Share> work) {
        int panels = m.layout.panels;
        boolean byPanel = panels > 1;
        int threads = Math.min(LifetimeThreads.get(), byPanel ? panels : m.batch);
        Team.run(threads, (team, member) -> {
            int total = byPanel ? panels : m.batch;
            int from = part(total, member, threads);
            int to = part(total, member + 1, threads);
            work.accept(
                    byPanel ? new Share(team, member, from, to, 0, m.batch) : new Share(team, member, 0, 1, from, to));
        });
    }

    /** Where member k of so many begins in a range. */
    static int part(int total, int member, int members) {
        return (int) ((long) total * member / members);
    }

    /** Work on a panel of one lifetime. */
    @FunctionalInterface
    interface Part {
        void of(int panel, int b);
    }

    /** Goes through all panels and lifetimes of this share. */
    void forEachPart(Part part) {
        for (int panel = firstPanel; panel < endPanel; panel++) {
            for (int b = firstLifetime; b < endLifetime; b++) {
                part.of(panel, b);
            }
        }
    }

    /** Waits for the other threads of these lifetimes, if there are any. */
    void endStep(int panels) {
        if (panels > 1) {
            team.await();
        }
    }
}
