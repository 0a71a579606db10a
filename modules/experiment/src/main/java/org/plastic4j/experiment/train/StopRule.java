package org.plastic4j.experiment.train;

import org.plastic4j.experiment.config.Require;

/**
 * When a run has got where it should: the mean of the main measure over some lifetimes in a row is better than a target.
 *
 * @param window how many lifetimes in a row; rounded up to whole batches
 * @param target what their mean has to be below (of an error) or above (of an accuracy or a reward)
 */
public record StopRule(int window, double target) {
    /** Checks the settings. */
    public StopRule {
        Require.positive("window", window);
        Require.finite("target", target);
    }
}
