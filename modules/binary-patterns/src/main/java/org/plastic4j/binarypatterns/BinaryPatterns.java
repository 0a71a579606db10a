package org.plastic4j.binarypatterns;

import java.util.Locale;
import java.util.Optional;
import org.plastic4j.core.lifetime.Lifetime;
import org.plastic4j.data.LifetimeStream;
import org.plastic4j.data.patterns.PatternStream;
import org.plastic4j.data.patterns.PatternTask;
import org.plastic4j.training.Seeds.Stream;
import org.plastic4j.training.completion.BitErrorRate;
import org.plastic4j.training.completion.CompletionNetwork;
import org.plastic4j.training.completion.PatternFigures;
import org.plastic4j.training.trainer.Context;
import org.plastic4j.training.trainer.Experiment;
import org.plastic4j.training.trainer.PrimaryMetric;
import org.plastic4j.training.trainer.Session;
import org.plastic4j.training.trainer.Split;

/** The experiment. */
final class BinaryPatterns implements Experiment<Config> {

    @Override
    public String name() {
        return "binary-patterns";
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public String defaultsResource() {
        return "org/plastic4j/binarypatterns/defaults.yaml";
    }

    @Override
    public PrimaryMetric primaryMetric() {
        return new PrimaryMetric("error", "bit error rate", PrimaryMetric.Better.LOWER, PrimaryMetric.Unit.FRACTION);
    }

    @Override
    public Session open(Config config, Context context) {
        PatternTask task = config.task().pattern();
        Lifetime lifetime = config.network().lifetime("network.execution", task.steps(), context.device());
        int batch = config.training().batch();
        CompletionNetwork network = new CompletionNetwork(
                config.network(),
                config.input(),
                lifetime,
                new CompletionNetwork.Shape(task.steps(), batch, task.bits()),
                BitErrorRate::measure,
                context.seeds().of(Stream.INITIALISATION));
        return new Session(
                String.format(
                        Locale.ROOT,
                        "%d patterns of %,d bits, %d neurons",
                        task.patterns(),
                        task.bits(),
                        task.bits() + 1),
                network,
                new PatternStream(task, context.seeds().of(Stream.DATA), batch),
                // The first test lifetimes, the same for every run, so that runs can be compared by eye.
                () -> PatternFigures.of(task, new PatternStream(task, Split.TEST.seed(), batch), network::predict));
    }

    @Override
    public LifetimeStream heldOut(Config config, Split split) {
        // Drawn anew, from a stream of their own: no two of 1,000 random bits ever meet.
        return new PatternStream(config.task().pattern(), split.seed(), 1);
    }

    @Override
    public Optional<String> reproductionResource() {
        return Optional.of("org/plastic4j/binarypatterns/reproduction.yaml");
    }
}
