package org.plastic4j.training.trainer;

/** Asks a run to stop after its current step. */
public final class Interrupt {
    private volatile boolean requested;

    /** Asks; may be called from any thread and more than once. */
    public void request() {
        requested = true;
    }

    /** @return whether the run should stop */
    public boolean requested() {
        return requested;
    }
}
