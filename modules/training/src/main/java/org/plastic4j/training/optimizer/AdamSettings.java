package org.plastic4j.training.optimizer;

import java.util.Optional;
import org.plastic4j.training.config.Require;

/**
 * How parameters follow their gradients: Adam (Kingma and Ba, arXiv 1412.6980), in the form of the end of its
 * section 2, where epsilon is added to the root of the moment that is not corrected for bias yet.
 *
 * @param learningRate the step size, at first
 * @param beta1 the decay of the mean of the gradients
 * @param beta2 the decay of the mean of their squares
 * @param epsilon keeps the division from zero
 * @param clipNorm the largest norm of all gradients together; longer ones are scaled down to it
 * @param decay how the learning rate falls; it stays where this is empty
 * @param skip how many updates at the beginning are not applied: their lifetimes change nothing, and Adam begins after them
 */
public record AdamSettings(
        double learningRate,
        double beta1,
        double beta2,
        double epsilon,
        Optional<Double> clipNorm,
        Optional<Decay> decay,
        Optional<Integer> skip) {
    /**
     * A learning rate that falls in steps.
     *
     * @param every after how many lifetimes that were trained on, each time
     * @param factor what it is multiplied with then
     */
    public record Decay(long every, double factor) {
        /** Checks the settings. */
        public Decay {
            Require.positive("every", every);
            Require.that("factor", factor, factor > 0 && factor <= 1, "a number above 0 and at most 1");
        }
    }

    /** Checks the settings. */
    public AdamSettings {
        Require.positive("learningRate", learningRate);
        Require.that("beta1", beta1, beta1 >= 0 && beta1 < 1, "a number of at least 0 and below 1");
        Require.that("beta2", beta2, beta2 >= 0 && beta2 < 1, "a number of at least 0 and below 1");
        Require.positive("epsilon", epsilon);
        clipNorm.ifPresent(norm -> Require.positive("clipNorm", norm));
        skip.ifPresent(updates -> Require.positive("skip", updates));
    }

    /**
     * The usual decays (0.9, 0.999) and epsilon (1e-8), without clipping, decay and skipped updates.
     *
     * @param learningRate the step size
     * @return the settings
     */
    public static AdamSettings of(double learningRate) {
        return new AdamSettings(learningRate, 0.9, 0.999, 1e-8, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
