package org.plastic4j.training.trainer;

import java.util.Optional;
import org.plastic4j.training.config.Require;
import org.plastic4j.training.optimizer.AdamSettings;

/**
 * How long to train, and what to leave behind. Lengths are in lifetimes and are rounded up to whole batches, except the
 * one in seconds.
 *
 * @param maxLifetimes the most lifetimes to train on
 * @param maxSeconds the most seconds to train, checkpoints and earlier parts of a resumed run included; no such limit where
 *     it is empty. A run that ends by it is as long as the machine is fast, so it is not repeated bit for bit
 * @param batch how many lifetimes make one update; what the stream emits at a time
 * @param optimizer how parameters follow their gradients
 * @param stop when to stop before that
 * @param logEvery how many lifetimes make one row of the metrics, which then holds their means
 * @param checkpoints when to write checkpoints, and which to keep
 */
public record TrainingSettings(
        long maxLifetimes,
        Optional<Double> maxSeconds,
        int batch,
        AdamSettings optimizer,
        Optional<StopRule> stop,
        long logEvery,
        CheckpointSettings checkpoints) {
    /** Checks the settings. */
    public TrainingSettings {
        Require.positive("maxLifetimes", maxLifetimes);
        maxSeconds.ifPresent(seconds -> Require.positive("maxSeconds", seconds));
        Require.positive("batch", batch);
        Require.positive("logEvery", logEvery);
    }

    /**
     * Settings without a limit in seconds.
     *
     * @param maxLifetimes the most lifetimes to train on
     * @param batch how many lifetimes make one update
     * @param optimizer how parameters follow their gradients
     * @param stop when to stop before that
     * @param logEvery how many lifetimes make one row of the metrics
     * @param checkpoints when to write checkpoints, and which to keep
     */
    public TrainingSettings(
            long maxLifetimes,
            int batch,
            AdamSettings optimizer,
            Optional<StopRule> stop,
            long logEvery,
            CheckpointSettings checkpoints) {
        this(maxLifetimes, Optional.empty(), batch, optimizer, stop, logEvery, checkpoints);
    }
}
