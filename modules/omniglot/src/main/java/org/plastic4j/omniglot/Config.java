package org.plastic4j.omniglot;

import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.Initialisation;
import org.plastic4j.core.cell.PlasticReadout;
import org.plastic4j.core.convolution.ConvolutionLayer;
import org.plastic4j.core.convolution.ConvolutionStack;
import org.plastic4j.core.rule.KernelFamily;
import org.plastic4j.data.omniglot.Characters;
import org.plastic4j.data.omniglot.EpisodeTask;
import org.plastic4j.data.omniglot.OmniglotSplit;
import org.plastic4j.training.config.Require;
import org.plastic4j.training.dataset.DataSettings;
import org.plastic4j.training.network.Execution;
import org.plastic4j.training.network.RuleNames;
import org.plastic4j.training.trainer.ExperimentConfig;
import org.plastic4j.training.trainer.TrainingSettings;

/**
 * All settings of the experiment; defaults.yaml says what each means and holds the defaults.
 *
 * @param seed the run's seed
 * @param data where the drawings are
 * @param split which characters are trained on
 * @param task what is shown and asked
 * @param network the embedding and the plastic readout
 * @param training how it is trained
 */
record Config(long seed, DataSettings data, SplitSettings split, Task task, Network network, TrainingSettings training)
        implements ExperimentConfig {

    /**
     * Which characters are trained on.
     *
     * @param by the lists
     * @param holdOutValidation whether characters are held out for validation too
     */
    record SplitSettings(OmniglotSplit by, boolean holdOutValidation) {}

    /**
     * The episodes.
     *
     * @param ways N
     * @param shots K
     * @param turns whether characters are turned in training
     * @param group how many episodes share their labelled drawings in training
     * @param trainingWays N in training; as held out where it is empty
     * @param testTurns whether held-out characters are turned too
     */
    record Task(int ways, int shots, boolean turns, int group, Optional<Integer> trainingWays, boolean testTurns) {
        /** Fewer than any alphabet of drawings has. */
        private static final int MOST = 1000;

        Task {
            Require.between("ways", ways, 2, MOST);
            Require.between("shots", shots, 1, MOST);
            Require.positive("group", group);
            trainingWays.ifPresent(more -> {
                Require.between("trainingWays", more, 2, MOST);
                Require.that(
                        "trainingWays",
                        more,
                        more >= ways,
                        "at least as many as task.ways (" + ways + "), since each" + " class needs an output");
            });
        }

        /** What is held out. */
        EpisodeTask episodes() {
            return new EpisodeTask(ways, shots);
        }

        /** What is trained on. */
        EpisodeTask trainingEpisodes() {
            return new EpisodeTask(trainingWays.orElse(ways), shots);
        }
    }

    /**
     * The network.
     *
     * @param layers convolutions
     * @param filters filters of each
     * @param kernel rows and columns of each
     * @param stride of each
     * @param alpha a plasticity coefficient per connection, one shared by all, or absent
     * @param rule how Hebbian traces change
     * @param weightScale standard deviation of the readout's initial weights
     * @param alphaScale standard deviation of the initial plasticity coefficients
     * @param eta initial plasticity rate
     * @param labelClamp what is added to the pre-activation of the class that is shown
     * @param execution how episodes are executed
     */
    record Network(
            int layers,
            int filters,
            int kernel,
            int stride,
            Alpha alpha,
            String rule,
            double weightScale,
            double alphaScale,
            double eta,
            double labelClamp,
            Execution execution) {
        Network {
            Require.positive("layers", layers);
            Require.positive("filters", filters);
            Require.positive("kernel", kernel);
            Require.positive("stride", stride);
            Require.that("kernel", kernel, kernel <= Characters.SIDE, "at most " + Characters.SIDE);
            int fitting = fitting(kernel, stride);
            Require.that(
                    "layers",
                    layers,
                    layers <= fitting,
                    String.format(Locale.ROOT, "at most %d, after which no kernel fits", fitting));
            RuleNames.require("rule", rule);
            boolean decays = KernelFamily.decays(RuleNames.rule(rule));
            Require.that("rule", rule, decays, "decaying-hebb or oja, the rules of a readout");
            Require.notNegative("weightScale", weightScale);
            Require.notNegative("alphaScale", alphaScale);
            Require.finite("eta", eta);
            Require.notNegative("labelClamp", labelClamp);
        }

        /** How many layers can follow on each other; as many as one likes where they leave the size as it is. */
        private static int fitting(int kernel, int stride) {
            int layers = 0;
            for (int side = Characters.SIDE; side >= kernel; side = (side - kernel) / stride + 1) {
                layers++;
                if (layers > Characters.SIDE) {
                    return Integer.MAX_VALUE;
                }
            }
            return layers;
        }

        ConvolutionStack embedding() {
            return new ConvolutionStack(
                    Characters.SIDE,
                    Characters.SIDE,
                    1,
                    Collections.nCopies(layers, new ConvolutionLayer(kernel, stride, filters)));
        }

        PlasticReadout readout(int ways) {
            return new PlasticReadout(embedding().output().length(), ways, alpha, RuleNames.rule(rule));
        }

        Initialisation initialisation() {
            return new Initialisation(weightScale, alphaScale, eta);
        }
    }

    Config {
        // A batch of one is what a network is evaluated with.
        Require.that(
                "task.group",
                task.group(),
                training.batch() == 1 || training.batch() % task.group() == 0,
                "a divisor of training.batch (" + training.batch() + ")");
    }
}
