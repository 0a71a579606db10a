package org.plastic4j.cli;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Where runs are executed: in processes of this computer, or on a cluster that a {@link ClusterProvider} brings. */
public interface RunExecutor extends AutoCloseable {
    /** A run that has been given to an executor. */
    interface RunningJob {
        /** @return completes with the exit code, when all that the run has written is in its folder */
        CompletableFuture<Integer> exitCode();

        /** Asks it to save its checkpoint and to end; the exit code then says when it has. */
        void stop();

        /** @return whether it runs; false while it waits for a processor */
        default boolean hasBegun() {
            return true;
        }

        /** @return where it runs, if that is not this computer */
        default Optional<String> place() {
            return Optional.empty();
        }

        /** @return what kept it from its end, when it has not said that itself */
        default Optional<String> problem() {
            return Optional.empty();
        }
    }

    /** @return how many runs are to be started at a time */
    int atATime();

    /**
     * Starts a run.
     *
     * @param job the run
     * @return the started run
     * @throws IOException if it cannot be started
     */
    RunningJob start(RunJob job) throws IOException;

    /** Gives back what the executor holds. No run is going on any more, and what was written beside the runs is complete. */
    @Override
    void close();
}
