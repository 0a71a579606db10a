package org.plastic4j.training.trainer;

import java.util.concurrent.CompletableFuture;

/** Asks a run to stop after its current step. */
public final class Interrupt {
    private final CompletableFuture<Void> request = new CompletableFuture<>();

    /** Asks; may be called from any thread and more than once. */
    public void request() {
        request.complete(null);
    }

    /** @return whether the run should stop */
    public boolean requested() {
        return request.isDone();
    }

    /** @return completes when the run should stop, for who waits for something else too */
    public CompletableFuture<Void> whenRequested() {
        return request.copy();
    }
}
