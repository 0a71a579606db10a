package org.plastic4j.binarypatterns;

import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.data.patterns.PatternTask;
import org.plastic4j.training.config.Require;
import org.plastic4j.training.network.InputSettings;
import org.plastic4j.training.network.PlasticSettings;
import org.plastic4j.training.trainer.ExperimentConfig;
import org.plastic4j.training.trainer.TrainingSettings;

/**
 * All settings of the experiment; defaults.yaml says what each means and holds the defaults.
 *
 * @param seed the run's seed
 * @param task the lifetimes
 * @param input how inputs reach the neurons
 * @param network the plastic layer
 * @param training how it is trained
 */
record Config(long seed, Task task, InputSettings input, PlasticSettings network, TrainingSettings training)
        implements ExperimentConfig {

    /** The lifetimes, as in {@link PatternTask}. */
    record Task(
            int patterns, int bits, int degradedBits, int cycles, int presentationSteps, int gapSteps, int testSteps) {
        Task {
            Require.positive("patterns", patterns);
            Require.positive("bits", bits);
            Require.that("bits", bits, bits < PlasticCell.MOST_NEURONS, "less than " + PlasticCell.MOST_NEURONS);
            Require.that(
                    "degradedBits",
                    degradedBits,
                    degradedBits >= 0 && degradedBits <= bits,
                    "between 0 and the number of bits (" + bits + ")");
            Require.positive("cycles", cycles);
            Require.positive("presentationSteps", presentationSteps);
            Require.notNegative("gapSteps", gapSteps);
            Require.positive("testSteps", testSteps);
        }

        PatternTask pattern() {
            return new PatternTask(patterns, bits, degradedBits, cycles, presentationSteps, gapSteps, testSteps);
        }
    }
}
