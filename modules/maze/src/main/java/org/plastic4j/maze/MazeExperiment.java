package org.plastic4j.maze;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.lifetime.Lifetime;
import org.plastic4j.data.LifetimeStream;
import org.plastic4j.maze.agent.ActorCritic;
import org.plastic4j.maze.agent.EpisodeStream;
import org.plastic4j.maze.world.World;
import org.plastic4j.training.Seeds.Stream;
import org.plastic4j.training.config.Kebab;
import org.plastic4j.training.figure.Figure;
import org.plastic4j.training.network.PlasticSettings;
import org.plastic4j.training.trainer.Context;
import org.plastic4j.training.trainer.Experiment;
import org.plastic4j.training.trainer.PrimaryMetric;
import org.plastic4j.training.trainer.Session;
import org.plastic4j.training.trainer.Split;

/** The experiment. Its lifetimes are episodes. */
final class MazeExperiment implements Experiment<Config> {
    @Override
    public String name() {
        return "maze";
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public String defaultsResource() {
        return "org/plastic4j/maze/defaults.yaml";
    }

    @Override
    public PrimaryMetric primaryMetric() {
        return new PrimaryMetric(
                ActorCritic.REWARD, "reward in an episode", PrimaryMetric.Better.HIGHER, PrimaryMetric.Unit.NUMBER);
    }

    @Override
    public Session open(Config config, Context context) {
        int batch = config.training().batch();
        ActorCritic agent = agent(config, config.network(), context);
        return new Session(
                title(config),
                agent,
                new EpisodeStream(context.seeds().of(Stream.ENVIRONMENT), batch),
                () -> figures(config, agent, context));
    }

    private static ActorCritic agent(Config config, PlasticSettings network, Context context) {
        World world = config.task().chosen();
        Lifetime lifetime = network.lifetime("network.execution", world.steps(), context.device());
        return new ActorCritic(
                world,
                config.senses(),
                config.agent().body(),
                network,
                config.learning(),
                lifetime,
                config.training().batch(),
                context.threads(),
                context.seeds().of(Stream.INITIALISATION));
    }

    private static List<Figure> figures(Config config, ActorCritic agent, Context context) {
        // The first test episodes, the same for every run, so that runs can be compared by eye.
        Supplier<EpisodeStream> episodes =
                () -> new EpisodeStream(Split.TEST.seed(), config.training().batch());
        if (config.task().world() == TaskSettings.Kind.CUE_REWARD) {
            return CueFigures.of(agent, episodes.get());
        }
        if (config.network().alpha() == Alpha.ABSENT) {
            return MazeFigures.of(agent, Optional.empty(), episodes);
        }
        try (ActorCritic without = agent(config, config.network().withoutPlasticity(), context)) {
            without.parameters()
                    .forEach((name, array) -> array.assign(agent.parameters().get(name)));
            return MazeFigures.of(agent, Optional.of(without), episodes);
        }
    }

    private static String title(Config config) {
        String agent = config.network().alpha() == Alpha.ABSENT
                ? "no plasticity"
                : String.format(
                        Locale.ROOT,
                        "%s alpha, %s",
                        Kebab.of(config.network().alpha()),
                        config.network().rule());
        String world = switch (config.task().world()) {
            case MAZE ->
                String.format(
                        Locale.ROOT,
                        "maze of %1$d × %1$d cells",
                        config.task().maze().size());
            case CUE_REWARD ->
                String.format(
                        Locale.ROOT,
                        "%d cues of %d bits",
                        config.task().cues().cues(),
                        config.task().cues().bits());
        };
        return String.format(
                Locale.ROOT, "%s, %,d neurons (%s)", world, config.agent().neurons(), agent.replace('-', ' '));
    }

    @Override
    public LifetimeStream heldOut(Config config, Split split) {
        return new EpisodeStream(split.seed(), 1);
    }

    @Override
    public Optional<String> reproductionResource() {
        return Optional.of("org/plastic4j/maze/reproduction.yaml");
    }
}
