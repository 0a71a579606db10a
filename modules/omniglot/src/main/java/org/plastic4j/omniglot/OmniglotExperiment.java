package org.plastic4j.omniglot;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.plastic4j.core.encoder.FusedEncoder;
import org.plastic4j.core.encoder.UnrolledEncoder;
import org.plastic4j.core.readout.FusedReadout;
import org.plastic4j.core.readout.UnrolledReadout;
import org.plastic4j.data.InvalidData;
import org.plastic4j.data.LifetimeStream;
import org.plastic4j.data.download.Dataset;
import org.plastic4j.data.omniglot.CharacterData;
import org.plastic4j.data.omniglot.Characters;
import org.plastic4j.data.omniglot.EpisodeStream;
import org.plastic4j.data.omniglot.EpisodeTask;
import org.plastic4j.data.omniglot.GeneratedCharacters;
import org.plastic4j.data.omniglot.Omniglot;
import org.plastic4j.training.Seeds.Stream;
import org.plastic4j.training.UserError;
import org.plastic4j.training.config.InvalidSetting;
import org.plastic4j.training.config.Kebab;
import org.plastic4j.training.dataset.DataSettings;
import org.plastic4j.training.trainer.Context;
import org.plastic4j.training.trainer.Experiment;
import org.plastic4j.training.trainer.PrimaryMetric;
import org.plastic4j.training.trainer.Session;
import org.plastic4j.training.trainer.Split;

/** The experiment. */
final class OmniglotExperiment implements Experiment<Config> {
    /** Generated characters are the same for all runs, as Omniglot's are. */
    private static final long GENERATED = 0;

    private static final String WAYS = "task.ways";

    @Override
    public String name() {
        return "omniglot";
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public String defaultsResource() {
        return "org/plastic4j/omniglot/defaults.yaml";
    }

    @Override
    public PrimaryMetric primaryMetric() {
        return new PrimaryMetric(
                OmniglotNetwork.ACCURACY,
                "share of episodes whose last drawing is classified rightly",
                PrimaryMetric.Better.HIGHER,
                PrimaryMetric.Unit.FRACTION);
    }

    @Override
    public Session open(Config config, Context context) {
        CharacterData data = characters(config);
        EpisodeTask task = config.task().trainingEpisodes();
        String ways = config.task().trainingWays().isPresent() ? "task.trainingWays" : WAYS;
        requireFits(ways, task, data.training(), "to train on");
        // They are also what the report shows.
        requireFits(ways, task, data.test(), "held out for the test");
        int batch = config.training().batch();
        int group = batch == 1 ? 1 : config.task().group();
        boolean fused = config.network().execution().isFused("network.execution", context.device());
        OmniglotNetwork network = new OmniglotNetwork(
                config.network(),
                fused
                        ? new OmniglotNetwork.Ways(new FusedEncoder(), steps -> new FusedReadout())
                        : new OmniglotNetwork.Ways(new UnrolledEncoder(), UnrolledReadout::new),
                new OmniglotNetwork.Shape(task, batch, group),
                context.seeds().of(Stream.INITIALISATION));
        return new Session(
                String.format(
                        Locale.ROOT,
                        "%d-way %d-shot classification%s of %s, %,d parameters",
                        config.task().ways(),
                        task.shots(),
                        task.ways() == config.task().ways()
                                ? ""
                                : String.format(Locale.ROOT, " (%d-way in training)", task.ways()),
                        data.name(),
                        network.parameterCount()),
                network,
                new EpisodeStream(
                        task,
                        data.training(),
                        new EpisodeStream.Manner(config.task().turns(), group),
                        context.seeds().of(Stream.DATA),
                        batch),
                // The first test episodes, the same for every run, so that runs can be compared by eye. They come in
                // groups, since the network is built for batches of these.
                () -> EpisodeFigures.of(
                        task,
                        group,
                        new EpisodeStream(
                                task, data.test(), new EpisodeStream.Manner(false, group), Split.TEST.seed(), batch),
                        network::answer),
                () -> Filters.of(network.parameters()),
                data.facts());
    }

    @Override
    public LifetimeStream heldOut(Config config, Split split) {
        CharacterData data = characters(config);
        Characters characters = split == Split.TEST ? data.test() : data.validation();
        if (characters.count() == 0) {
            throw new UserError("--split validation: expected a run with split.holdOutValidation, found one that is"
                    + " trained on these characters too");
        }
        EpisodeTask task = config.task().episodes();
        requireFits(WAYS, task, characters, "held out for the " + Kebab.of(split));
        // Independent of each other.
        EpisodeStream.Manner manner = new EpisodeStream.Manner(config.task().testTurns(), 1);
        return new EpisodeStream(task, characters, manner, split.seed(), 1);
    }

    /** None of them changes the network's parameters; ways do where they are not fewer than those of training. */
    @Override
    public Set<String> evaluationSettings() {
        return Set.of("task.shots", WAYS, "task.testTurns");
    }

    /** More ways than characters, or more shots than drawings, are a usage error. */
    private static void requireFits(String ways, EpisodeTask task, Characters characters, String what) {
        if (task.ways() > characters.count()) {
            throw new InvalidSetting(
                    ways,
                    String.format(Locale.ROOT, "at most %d, as there are characters %s", characters.count(), what),
                    task.ways());
        }
        if (task.shots() >= characters.fewestDrawings()) {
            throw new InvalidSetting(
                    "task.shots",
                    String.format(
                            Locale.ROOT,
                            "less than %d, as there are drawings of a character %s",
                            characters.fewestDrawings(),
                            what),
                    task.shots());
        }
    }

    private static CharacterData characters(Config config) {
        Optional<DataSettings.Folder> folder = config.data().folder("Omniglot");
        boolean validation = config.split().holdOutValidation();
        if (folder.isEmpty()) {
            return GeneratedCharacters.data(GENERATED, validation);
        }
        try {
            return Omniglot.read(
                            folder.get().path(),
                            cache(),
                            new Omniglot.Sets(config.split().by(), validation))
                    .orElseThrow(() -> folder.get().lacks(Omniglot.expected()));
        } catch (InvalidData e) {
            throw new UserError(e.getMessage(), e);
        }
    }

    /** Where decoded drawings are kept; see defaults.yaml. */
    private static Path cache() {
        String own = System.getenv("PLASTIC4J_CACHE");
        String users = System.getenv("XDG_CACHE_HOME");
        if (own != null && !own.isBlank()) {
            return Path.of(own);
        }
        return (users != null && !users.isBlank() ? Path.of(users) : Path.of(System.getProperty("user.home"), ".cache"))
                .resolve("plastic4j");
    }

    @Override
    public Optional<Dataset> dataset() {
        return Optional.of(Omniglot.DATASET);
    }

    @Override
    public Optional<String> reproductionResource() {
        return Optional.of("org/plastic4j/omniglot/reproduction.yaml");
    }
}
