package org.plastic4j.experiment.train;

import java.util.Optional;
import org.plastic4j.experiment.config.Require;

/**
 * How parameters follow their gradients: Adam (Kingma and Ba, arXiv 1412.6980), in the form of the end of its
 * section 2, where epsilon is added to the root of the moment that is not corrected for bias yet.
 *
 * @param learningRate the step size
 * @param beta1 the decay of the mean of the gradients
 * @param beta2 the decay of the mean of their squares
 * @param epsilon keeps the division from zero
 * @param clipNorm the largest norm of all gradients together; longer ones are scaled down to it
 */
public record AdamSettings(double learningRate, double beta1, double beta2, double epsilon, Optional<Double> clipNorm) {
    /** Checks the settings. */
    public AdamSettings {
        Require.positive("learningRate", learningRate);
        Require.that("beta1", beta1, beta1 >= 0 && beta1 < 1, "a number of at least 0 and below 1");
        Require.that("beta2", beta2, beta2 >= 0 && beta2 < 1, "a number of at least 0 and below 1");
        Require.positive("epsilon", epsilon);
        clipNorm.ifPresent(norm -> Require.positive("clipNorm", norm));
    }

    /**
     * The usual decays (0.9, 0.999) and epsilon (1e-8), without clipping.
     *
     * @param learningRate the step size
     * @return the settings
     */
    public static AdamSettings of(double learningRate) {
        return new AdamSettings(learningRate, 0.9, 0.999, 1e-8, Optional.empty());
    }
}
