package org.plastic4j.baselines;

import org.plastic4j.training.config.Require;

/**
 * An LSTM.
 *
 * @param units its units, the first of them one for each bit
 * @param clampGain with what weight a bit that is shown opens and shuts the gates of its unit
 * @param weightScale standard deviation of the initial recurrent weights
 * @param forgetBias the initial bias of the forget gates; that of all others is 0
 */
record LstmSettings(int units, double clampGain, double weightScale, double forgetBias) {
    /** Checks the settings. */
    LstmSettings {
        Require.positive("units", units);
        // Recurrent weights of all gates are one array, which has to fit into one of Java.
        Require.that("units", units, units <= 20_000, "at most 20000");
        Require.positive("clampGain", clampGain);
        Require.notNegative("weightScale", weightScale);
        Require.finite("forgetBias", forgetBias);
    }
}
