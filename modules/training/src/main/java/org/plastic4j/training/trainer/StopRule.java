package org.plastic4j.training.trainer;

import org.plastic4j.training.config.Require;

/**
 * When a run has got where it should: the mean of the primary metric over some lifetimes in a row is better than a target.
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
