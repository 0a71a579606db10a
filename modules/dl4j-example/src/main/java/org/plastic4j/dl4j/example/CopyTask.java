package org.plastic4j.dl4j.example;

import com.beust.jcommander.IParameterValidator;
import com.beust.jcommander.JCommander;
import com.beust.jcommander.Parameter;
import com.beust.jcommander.ParameterException;
import com.beust.jcommander.Parameters;
import java.io.PrintStream;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.RnnOutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.Initialisation;
import org.plastic4j.core.rule.BoundedHebb;
import org.plastic4j.core.rule.Bounding;
import org.plastic4j.dl4j.PlasticRnn;

/** Trains a MultiLayerNetwork on the copy task twice: with plasticity, and without it. */
public final class CopyTask {
    /** What the command line takes. */
    @Parameters(separators = "=")
    static final class Options {
        @Parameter(names = "--symbols", validateWith = Positive.class, description = "how many symbols there are")
        int symbols = 10;

        @Parameter(names = "--length", validateWith = Positive.class, description = "how many are to be remembered")
        int length = 12;

        @Parameter(names = "--neurons", validateWith = Positive.class, description = "the layer's neurons")
        int neurons = 32;

        @Parameter(names = "--batch", validateWith = Positive.class, description = "sequences in a batch")
        int batch = 16;

        @Parameter(names = "--batches", validateWith = Positive.class, description = "how many batches to train on")
        int batches = 500;

        @Parameter(names = "--seed", description = "the seed of parameters and sequences")
        long seed;

        @Parameter(names = "--help", help = true, description = "shows this")
        boolean help;
    }

    /** Rejects what is not a positive integer. */
    public static final class Positive implements IParameterValidator {
        @Override
        public void validate(String name, String value) {
            if (!value.matches("0*[1-9]\\d{0,8}")) {
                throw new ParameterException(name + ": expected a positive integer, found '" + value + "'.");
            }
        }
    }

    /** Kept, since a logger that nobody holds forgets its level. */
    private static final Logger LIBRARIES = Logger.getLogger("");

    private static final int REPORTS = 10;
    private static final int HELD_OUT = 200;

    private CopyTask() {}

    /**
     * Trains both networks and prints how often they are right.
     *
     * @param arguments see {@code --help}
     */
    public static void main(String[] arguments) {
        // ND4J and Deeplearning4j log how they start.
        LIBRARIES.setLevel(Level.SEVERE);
        int code = run(arguments, System.out, System.err);
        if (code != 0) {
            System.exit(code);
        }
    }

    static int run(String[] arguments, PrintStream out, PrintStream err) {
        Options options = new Options();
        JCommander commander = JCommander.newBuilder()
                .programName("CopyTask")
                .addObject(options)
                .build();
        try {
            commander.parse(arguments);
        } catch (ParameterException e) {
            err.println(e.getMessage());
            return 2;
        }
        if (options.help) {
            StringBuilder usage = new StringBuilder();
            commander.getUsageFormatter().usage(usage);
            out.print(usage);
            return 0;
        }
        CopyData data = new CopyData(options.symbols, options.length);
        DataSet heldOut = data.draw(HELD_OUT, random(~options.seed));
        out.printf(
                Locale.ROOT,
                "%d symbols, each one of %d, are to be given again; by chance %.1f%% are right.%n",
                options.length,
                options.symbols,
                100.0 / options.symbols);
        for (Alpha alpha : new Alpha[] {Alpha.PER_CONNECTION, Alpha.ABSENT}) {
            train(options, data, heldOut, alpha, out);
        }
        return 0;
    }

    private static void train(Options options, CopyData data, DataSet heldOut, Alpha alpha, PrintStream out) {
        MultiLayerNetwork network = new MultiLayerNetwork(configuration(options, data, alpha));
        network.init();
        out.printf(
                Locale.ROOT,
                "%s plasticity: %d neurons, %,d parameters%n",
                alpha == Alpha.ABSENT ? "Without" : "With",
                options.neurons,
                network.numParams());
        RandomGenerator sequences = random(options.seed);
        long start = System.nanoTime();
        int every = Math.max(1, options.batches / REPORTS);
        for (int i = 1; i <= options.batches; i++) {
            network.fit(data.draw(options.batch, sequences));
            if (i % every == 0 || i == options.batches) {
                out.printf(
                        Locale.ROOT,
                        "  %,7d sequences, %5.1f s: %5.1f%% right of %d held-out sequences%n",
                        (long) i * options.batch,
                        (System.nanoTime() - start) / 1e9,
                        100 * data.accuracy(network.output(heldOut.getFeatures()), heldOut),
                        HELD_OUT);
            }
        }
    }

    static MultiLayerConfiguration configuration(Options options, CopyData data, Alpha alpha) {
        // Also what arrays get that nobody gives a type.
        Nd4j.setDefaultDataTypes(DataType.FLOAT, DataType.FLOAT);
        return new NeuralNetConfiguration.Builder()
                .seed(options.seed)
                .dataType(DataType.FLOAT)
                .updater(new Adam(3e-3))
                .list()
                .layer(new PlasticRnn.Builder()
                        .nOut(options.neurons)
                        .alpha(alpha)
                        .rule(new BoundedHebb(Bounding.HARD, 1))
                        .initialisation(new Initialisation(0.1, 0.1, 0.1))
                        .build())
                .layer(new RnnOutputLayer.Builder(LossFunctions.LossFunction.MCXENT)
                        .nOut(options.symbols)
                        .activation(Activation.SOFTMAX)
                        .build())
                .setInputType(InputType.recurrent(data.inputs()))
                .build();
    }

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }
}
