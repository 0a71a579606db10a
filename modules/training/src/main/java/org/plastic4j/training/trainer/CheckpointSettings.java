package org.plastic4j.training.trainer;

import org.plastic4j.training.config.Require;

/**
 * When checkpoints are written and which of them stay. There is always the newest; each is three times as large as the
 * network (the parameters and Adam's two moments of each).
 *
 * @param every how many lifetimes lie between checkpoints; the first and the last update always have one
 * @param keep how many of the newest stay, at least 1
 * @param best whether the one with the best mean of the primary metric stays too, whatever its age
 */
public record CheckpointSettings(long every, int keep, boolean best) {
    /** Checks the settings. */
    public CheckpointSettings {
        Require.positive("every", every);
        Require.positive("keep", keep);
    }
}
