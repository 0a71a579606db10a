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
 * @param window over how many lifetimes the primary metric's mean is a run's result, where no stop rule says so; 20 where it
 *     is empty
 * @param heldOut on how many held-out lifetimes the network is evaluated when training has ended; none where it is empty
 * @param logEvery how many lifetimes make one row of the metrics, which then holds their means
 * @param checkpoints when to write checkpoints, and which to keep
 */
public record TrainingSettings(
        long maxLifetimes,
        Optional<Double> maxSeconds,
        int batch,
        AdamSettings optimizer,
        Optional<StopRule> stop,
        Optional<Integer> window,
        Optional<Integer> heldOut,
        long logEvery,
        CheckpointSettings checkpoints) {
    /** Where neither a stop rule nor a window is given, as in runs of earlier versions. */
    public static final int DEFAULT_WINDOW = 20;

    /** Checks the settings. */
    public TrainingSettings {
        Require.positive("maxLifetimes", maxLifetimes);
        maxSeconds.ifPresent(seconds -> Require.positive("maxSeconds", seconds));
        Require.positive("batch", batch);
        window.ifPresent(lifetimes -> Require.positive("window", lifetimes));
        heldOut.ifPresent(lifetimes -> Require.positive("heldOut", lifetimes));
        Require.positive("logEvery", logEvery);
    }

    /**
     * Settings without a limit in seconds and an evaluation.
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
        this(
                maxLifetimes,
                Optional.empty(),
                batch,
                optimizer,
                stop,
                Optional.empty(),
                Optional.empty(),
                logEvery,
                checkpoints);
    }

    /** @return over how many lifetimes the primary metric's mean is the run's result, wherever it is shown */
    public int resultWindow() {
        return stop.map(StopRule::window).or(() -> window).orElse(DEFAULT_WINDOW);
    }
}
