package org.plastic4j.baselines;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.lifetime.Lifetime;
import org.plastic4j.data.LifetimeStream;
import org.plastic4j.data.patterns.PatternStream;
import org.plastic4j.data.patterns.PatternTask;
import org.plastic4j.training.Seeds.Stream;
import org.plastic4j.training.completion.BitErrorRate;
import org.plastic4j.training.completion.CompletionNetwork;
import org.plastic4j.training.completion.PatternFigures;
import org.plastic4j.training.figure.Figure;
import org.plastic4j.training.trainer.Context;
import org.plastic4j.training.trainer.Experiment;
import org.plastic4j.training.trainer.PrimaryMetric;
import org.plastic4j.training.trainer.Session;
import org.plastic4j.training.trainer.Split;
import org.plastic4j.training.trainer.Trainable;

/** The experiment. The lifetimes of a seed are the same for every network. */
final class Baselines implements Experiment<Config> {

    @Override
    public String name() {
        return "baselines";
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public String defaultsResource() {
        return "org/plastic4j/baselines/defaults.yaml";
    }

    @Override
    public PrimaryMetric primaryMetric() {
        return new PrimaryMetric("error", "bit error rate", PrimaryMetric.Better.LOWER, PrimaryMetric.Unit.FRACTION);
    }

    @Override
    public Session open(Config config, Context context) {
        return switch (config.model()) {
            case RECURRENT -> recurrent(config, context);
            case LSTM -> lstm(config, context);
        };
    }

    private static Session recurrent(Config config, Context context) {
        PatternTask task = config.task();
        CompletionNetwork.Shape shape = new CompletionNetwork.Shape(
                task.steps(), config.training().batch(), task.bits(), config.otherNeurons());
        Lifetime lifetime = config.network().lifetime("network.execution", task.steps(), context.device());
        CompletionNetwork network = new CompletionNetwork(
                config.network(),
                config.input(),
                lifetime,
                shape,
                BitErrorRate::measure,
                context.seeds().of(Stream.INITIALISATION));
        String plastic = config.network().alpha() == Alpha.ABSENT ? "neurons without plasticity" : "plastic neurons";
        return session(
                config,
                context,
                String.format(Locale.ROOT, "%,d %s", shape.neurons(), plastic),
                network,
                network::predict);
    }

    private static Session lstm(Config config, Context context) {
        ClampedLstm network = new ClampedLstm(
                config.lstm(), config.task().bits(), context.seeds().of(Stream.INITIALISATION));
        return session(
                config,
                context,
                String.format(Locale.ROOT, "an LSTM of %,d units", config.lstm().units()),
                network,
                network::predict);
    }

    private static Session session(
            Config config, Context context, String network, Trainable trainable, UnaryOperator<INDArray> predict) {
        PatternTask task = config.task();
        int batch = config.training().batch();
        // The first test lifetimes, the same for every run, so that runs can be compared by eye.
        Supplier<List<Figure>> figures =
                () -> PatternFigures.of(task, new PatternStream(task, Split.TEST.seed(), batch), predict);
        return new Session(
                String.format(Locale.ROOT, "%d patterns of %,d bits, %s", task.patterns(), task.bits(), network),
                trainable,
                new PatternStream(task, context.seeds().of(Stream.DATA), batch),
                figures);
    }

    @Override
    public LifetimeStream heldOut(Config config, Split split) {
        // Drawn anew, from a stream of their own: of 50 bits there are 1e14 balanced patterns.
        return new PatternStream(config.task(), split.seed(), 1);
    }

    @Override
    public Optional<String> reproductionResource() {
        return Optional.of("org/plastic4j/baselines/reproduction.yaml");
    }

    @Override
    public Optional<String> searchResource() {
        return Optional.of("org/plastic4j/baselines/search.yaml");
    }
}
