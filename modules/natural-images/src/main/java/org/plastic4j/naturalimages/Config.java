package org.plastic4j.naturalimages;

import org.plastic4j.data.pictures.PictureTask;
import org.plastic4j.data.pictures.Pictures;
import org.plastic4j.training.config.Require;
import org.plastic4j.training.dataset.DataSettings;
import org.plastic4j.training.network.PlasticSettings;
import org.plastic4j.training.trainer.ExperimentConfig;
import org.plastic4j.training.trainer.TrainingSettings;

/**
 * All settings of the experiment; defaults.yaml says what each means and holds the defaults.
 *
 * @param seed the run's seed
 * @param data where the pictures are
 * @param task the lifetimes
 * @param network the plastic layer
 * @param training how it is trained
 */
record Config(long seed, DataSettings data, Task task, PlasticSettings network, TrainingSettings training)
        implements ExperimentConfig {

    /** The lifetimes, as in {@link PictureTask}. */
    record Task(int pictures, int side, int cycles, int presentationSteps, int gapSteps, int testSteps) {
        /** Fewer than any set of pictures has. */
        private static final int MOST_PICTURES = 100;

        Task {
            Require.between("pictures", pictures, 1, MOST_PICTURES);
            Require.that(
                    "side", side, PictureTask.isSide(side), "an even number of pixels that divides " + Pictures.SIDE);
            Require.positive("cycles", cycles);
            Require.positive("presentationSteps", presentationSteps);
            Require.notNegative("gapSteps", gapSteps);
            Require.positive("testSteps", testSteps);
        }

        PictureTask pictureTask() {
            return new PictureTask(pictures, side, cycles, presentationSteps, gapSteps, testSteps);
        }
    }
}
