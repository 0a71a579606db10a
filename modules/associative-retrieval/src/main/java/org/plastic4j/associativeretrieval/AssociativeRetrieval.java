package org.plastic4j.associativeretrieval;

import java.util.Locale;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.lifetime.Lifetime;
import org.plastic4j.data.LifetimeStream;
import org.plastic4j.data.retrieval.RetrievalSet;
import org.plastic4j.data.retrieval.RetrievalStream;
import org.plastic4j.data.retrieval.RetrievalTask;
import org.plastic4j.training.Seeds.Stream;
import org.plastic4j.training.trainer.Context;
import org.plastic4j.training.trainer.Experiment;
import org.plastic4j.training.trainer.PrimaryMetric;
import org.plastic4j.training.trainer.Session;
import org.plastic4j.training.trainer.Split;

/** The experiment. The sequences of a seed are the same for every network. */
final class AssociativeRetrieval implements Experiment<Config> {
    private static final String EXECUTION = "network.execution";

    @Override
    public String name() {
        return "associative-retrieval";
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public String defaultsResource() {
        return "org/plastic4j/associativeretrieval/defaults.yaml";
    }

    @Override
    public PrimaryMetric primaryMetric() {
        return new PrimaryMetric(
                RetrievalNetwork.ACCURACY,
                "share of sequences answered rightly",
                PrimaryMetric.Better.HIGHER,
                PrimaryMetric.Unit.FRACTION);
    }

    @Override
    public Session open(Config config, Context context) {
        int batch = config.training().batch();
        RetrievalNetwork network = network(config, context);
        RetrievalSet test = config.task().test();
        RetrievalSet validation = config.task().validation(test);
        RetrievalSet training = config.task().training(context.seeds(), test, validation);
        return new Session(
                String.format(
                        Locale.ROOT,
                        "%d pairs, %s, %,d parameters",
                        config.task().pairs(),
                        String.format(
                                Locale.ROOT,
                                config.network().kind().words(),
                                config.network().units()),
                        network.parameterCount()),
                network,
                RetrievalStream.training(training, validation, context.seeds().of(Stream.DATA), batch),
                // The first test sequences, the same for every run, so that runs can be compared by eye.
                () -> SequenceFigures.of(RetrievalStream.inOrder(test, batch), network::probabilities));
    }

    private static RetrievalNetwork network(Config config, Context context) {
        Config.Network settings = config.network();
        RetrievalTask task = config.task().retrieval();
        Shape shape = new Shape(task.steps(), config.training().batch(), RetrievalTask.SYMBOLS, settings.units());
        boolean fused = settings.execution().isFused(EXECUTION, context.device());
        Lifetime lifetime = settings.execution().on(EXECUTION, task.steps(), context.device());
        long seed = context.seeds().of(Stream.INITIALISATION);
        return switch (settings.kind()) {
            case RNN -> graph(new LifetimeCell(Alpha.ABSENT, lifetime), shape, seed);
            case LSTM -> new RetrievalLstm(shape, seed);
            case FAST_WEIGHTS -> {
                Cell cell = new FastWeightsCell(config.fastWeights());
                yield fused
                        ? new LoopNetwork(cell, new FastWeightsLoops(config.fastWeights(), shape), shape, seed)
                        : graph(cell, shape, seed);
            }
            case NEUROMODULATED -> graph(new LifetimeCell(Alpha.PER_CONNECTION, lifetime), shape, seed);
            case STPN -> {
                Cell cell = new StpnCell();
                yield fused ? new LoopNetwork(cell, new StpnLoops(shape), shape, seed) : graph(cell, shape, seed);
            }
        };
    }

    private static RetrievalNetwork graph(Cell cell, Shape shape, long seed) {
        return new GraphNetwork(cell, shape, DataType.FLOAT, seed);
    }

    @Override
    public LifetimeStream heldOut(Config config, Split split) {
        RetrievalSet test = config.task().test();
        return RetrievalStream.inOrder(
                split == Split.TEST ? test : config.task().validation(test), 1);
    }

    @Override
    public Optional<String> reproductionResource() {
        return Optional.of("org/plastic4j/associativeretrieval/reproduction.yaml");
    }
}
