package org.plastic4j.naturalimages;

import java.util.Locale;
import java.util.Optional;
import org.plastic4j.core.lifetime.Lifetime;
import org.plastic4j.data.InvalidData;
import org.plastic4j.data.LifetimeStream;
import org.plastic4j.data.download.Dataset;
import org.plastic4j.data.pictures.Cifar10;
import org.plastic4j.data.pictures.DeadLeaves;
import org.plastic4j.data.pictures.PictureData;
import org.plastic4j.data.pictures.PictureStream;
import org.plastic4j.data.pictures.PictureTask;
import org.plastic4j.training.Seeds.Stream;
import org.plastic4j.training.UserError;
import org.plastic4j.training.completion.CompletionNetwork;
import org.plastic4j.training.dataset.DataSettings;
import org.plastic4j.training.network.InputSettings;
import org.plastic4j.training.trainer.Context;
import org.plastic4j.training.trainer.Experiment;
import org.plastic4j.training.trainer.PrimaryMetric;
import org.plastic4j.training.trainer.Session;
import org.plastic4j.training.trainer.Split;

/** The experiment. */
final class NaturalImages implements Experiment<Config> {
    /** Generated pictures are the same for all runs, as CIFAR-10's are. */
    private static final long GENERATED = 0;

    private static final InputSettings CLAMPED = new InputSettings(InputSettings.Mode.CLAMPED, 1);

    @Override
    public String name() {
        return "natural-images";
    }

    @Override
    public Class<Config> configType() {
        return Config.class;
    }

    @Override
    public String defaultsResource() {
        return "org/plastic4j/naturalimages/defaults.yaml";
    }

    @Override
    public PrimaryMetric primaryMetric() {
        return new PrimaryMetric(
                Distances.PREDICTION,
                "summed squared error of all pixels",
                PrimaryMetric.Better.LOWER,
                PrimaryMetric.Unit.NUMBER);
    }

    @Override
    public Session open(Config config, Context context) {
        PictureData data = pictures(config.data());
        PictureTask task = config.task().pictureTask();
        int batch = config.training().batch();
        Lifetime lifetime = config.network().lifetime("network.execution", task.steps(), context.device());
        CompletionNetwork network = new CompletionNetwork(
                config.network(),
                CLAMPED,
                lifetime,
                new CompletionNetwork.Shape(task.steps(), batch, task.pixels()),
                Distances::measure,
                context.seeds().of(Stream.INITIALISATION));
        return new Session(
                String.format(
                        Locale.ROOT,
                        "%d pictures of %2$d × %2$d pixels (%3$s), %4$,d neurons",
                        task.pictures(),
                        task.side(),
                        data.name(),
                        task.pixels() + 1),
                network,
                new PictureStream(task, data.training(), context.seeds().of(Stream.DATA), batch),
                // The first test lifetimes, the same for every run, so that runs can be compared by eye.
                () -> PictureFigures.of(
                        task, new PictureStream(task, data.test(), Split.TEST.seed(), batch), network::predict),
                () -> IncomingConnections.of(task.side(), network.parameters()),
                data.facts());
    }

    @Override
    public LifetimeStream heldOut(Config config, Split split) {
        PictureData data = pictures(config.data());
        return new PictureStream(
                config.task().pictureTask(), split == Split.TEST ? data.test() : data.validation(), split.seed(), 1);
    }

    private static PictureData pictures(DataSettings settings) {
        Optional<DataSettings.Folder> folder = settings.folder("CIFAR-10");
        if (folder.isEmpty()) {
            return DeadLeaves.data(GENERATED);
        }
        try {
            return Cifar10.read(folder.get().path())
                    .orElseThrow(() -> folder.get().lacks(Cifar10.expected()));
        } catch (InvalidData e) {
            throw new UserError(e.getMessage(), e);
        }
    }

    @Override
    public Optional<Dataset> dataset() {
        return Optional.of(Cifar10.DATASET);
    }

    @Override
    public Optional<String> reproductionResource() {
        return Optional.of("org/plastic4j/naturalimages/reproduction.yaml");
    }
}
