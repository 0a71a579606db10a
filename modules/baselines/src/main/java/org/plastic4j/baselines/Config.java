package org.plastic4j.baselines;

import java.util.Locale;
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
 * @param model which kind of network it is
 * @param input how a recurrent network sees
 * @param network the recurrent network, plastic or not
 * @param otherNeurons the recurrent network's neurons besides one a bit and the bias neuron
 * @param lstm the LSTM
 * @param training how the network is trained
 */
record Config(
        long seed,
        PatternTask task,
        Model model,
        InputSettings input,
        PlasticSettings network,
        int otherNeurons,
        LstmSettings lstm,
        TrainingSettings training)
        implements ExperimentConfig {

    /** The kinds of network. */
    enum Model {
        /** Fully recurrent, each neuron with every other; plastic unless alpha is absent. */
        RECURRENT,
        /** Long short-term memory. */
        LSTM
    }

    /** Checks that the networks can hold the patterns. */
    Config {
        Require.notNegative("otherNeurons", otherNeurons);
        long neurons = task.bits() + 1L + otherNeurons;
        Require.that(
                "otherNeurons",
                otherNeurons,
                neurons <= PlasticCell.MOST_NEURONS,
                String.format(
                        Locale.ROOT,
                        "at most %d neurons with those of the bits and the bias neuron",
                        PlasticCell.MOST_NEURONS));
        Require.that(
                "lstm.units",
                lstm.units(),
                model != Model.LSTM || lstm.units() >= task.bits(),
                String.format(Locale.ROOT, "at least one unit for each of the %d bits", task.bits()));
    }
}
