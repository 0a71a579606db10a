package org.plastic4j.training.network;

import org.plastic4j.training.config.Require;

/**
 * How a network sees.
 *
 * @param mode driven or clamped
 * @param gain what a driven value is multiplied with
 */
public record InputSettings(Mode mode, double gain) {
    /** How values that are shown reach their neurons. */
    public enum Mode {
        /** Added to the pre-activation, times the gain. */
        DRIVEN,
        /** They are the neurons' outputs. */
        CLAMPED
    }

    /** Checks the gain. */
    public InputSettings {
        Require.positive("gain", gain);
    }
}
