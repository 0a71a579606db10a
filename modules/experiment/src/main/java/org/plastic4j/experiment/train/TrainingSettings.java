package org.plastic4j.experiment.train;

import java.util.Optional;
import org.plastic4j.experiment.config.Require;

/**
 * How long to train, and what to leave behind. All lengths are in lifetimes and are rounded up to whole batches.
 *
 * @param maxLifetimes the most lifetimes to train on
 * @param batch how many lifetimes make one update; what the stream emits at a time
 * @param optimizer how parameters follow their gradients
 * @param stop when to stop before that
 * @param logEvery how many lifetimes make one row of the metrics, which then holds their means
 * @param checkpoints when to write checkpoints, and which to keep
 */
public record TrainingSettings(
        long maxLifetimes,
        int batch,
        AdamSettings optimizer,
        Optional<StopRule> stop,
        long logEvery,
        CheckpointSettings checkpoints) {
    /** Checks the settings. */
    public TrainingSettings {
        Require.positive("maxLifetimes", maxLifetimes);
        Require.positive("batch", batch);
        Require.positive("logEvery", logEvery);
    }
}
