package org.plastic4j.associativeretrieval;

import java.util.Locale;
import org.plastic4j.data.retrieval.RetrievalSet;
import org.plastic4j.data.retrieval.RetrievalTask;
import org.plastic4j.training.Seeds;
import org.plastic4j.training.config.Require;
import org.plastic4j.training.network.Execution;
import org.plastic4j.training.trainer.ExperimentConfig;
import org.plastic4j.training.trainer.Split;
import org.plastic4j.training.trainer.TrainingSettings;

/**
 * All settings of the experiment; defaults.yaml says what each means and holds the defaults.
 *
 * @param seed the run's seed
 * @param task the sequences
 * @param network which network it is
 * @param fastWeights the network of fast weights
 * @param training how it is trained
 */
record Config(long seed, Task task, Network network, FastWeights fastWeights, TrainingSettings training)
        implements ExperimentConfig {

    /** The sequences, and how many there are to train on, to measure on meanwhile, and for the test. */
    record Task(int pairs, int trainingSequences, int validationSequences, int testSequences) {
        Task {
            Require.between("pairs", pairs, 1, RetrievalTask.LETTERS);
            Require.positive("trainingSequences", trainingSequences);
            Require.positive("validationSequences", validationSequences);
            Require.positive("testSequences", testSequences);
            long all = (long) trainingSequences + validationSequences + testSequences;
            Require.that(
                    "pairs",
                    pairs,
                    all <= RetrievalSet.most(new RetrievalTask(pairs)),
                    String.format(
                            Locale.ROOT,
                            "so many that there are twice as many different sequences as the three sets have (%,d)",
                            all));
        }

        RetrievalTask retrieval() {
            return new RetrievalTask(pairs);
        }

        /** The same for every run. */
        RetrievalSet test() {
            return RetrievalSet.draw(retrieval(), testSequences, Split.TEST.seed());
        }

        /** The same for every run; none of the test's. */
        RetrievalSet validation(RetrievalSet test) {
            return RetrievalSet.draw(retrieval(), validationSequences, Split.VALIDATION.seed(), test);
        }

        /** The run's own; none that is held out. */
        RetrievalSet training(Seeds seeds, RetrievalSet test, RetrievalSet validation) {
            return RetrievalSet.draw(retrieval(), trainingSequences, seeds.of(Seeds.Stream.DATA), test, validation);
        }
    }

    /** The kinds of network. */
    enum Kind {
        /** An Elman network. */
        RNN("an RNN of %,d units"),
        /** Deeplearning4j's long short-term memory. */
        LSTM("an LSTM of %,d units"),
        /** Ba and others' fast weights with layer normalisation. */
        FAST_WEIGHTS("fast weights of %,d units"),
        /** Backpropamine's simple neuromodulation. */
        NEUROMODULATED("%,d neuromodulated neurons"),
        /** Short-term plasticity neurons. */
        STPN("%,d short-term plasticity neurons");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** With the number of units for {@code %,d}. */
        String words() {
            return words;
        }
    }

    /** The network. */
    record Network(Kind kind, int units, Execution execution) {
        /** A step's traces of a whole batch are one array. */
        private static final int MOST = 1000;

        Network {
            Require.between("units", units, 1, MOST);
            Require.that(
                    "units",
                    units,
                    kind != Kind.FAST_WEIGHTS || units > 1,
                    "at least 2 for fast weights, whose units are normalised over the layer");
        }
    }

    /** What fast weights are made of, {@code A' = decay A + rate h^T h}; neither is learned. */
    record FastWeights(double decay, double rate) {
        FastWeights {
            Require.between("decay", decay, 0, 1);
            Require.notNegative("rate", rate);
        }
    }
}
