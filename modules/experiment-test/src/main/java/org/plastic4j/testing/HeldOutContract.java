package org.plastic4j.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.plastic4j.cli.Launcher;
import org.plastic4j.data.LifetimeStream;
import org.plastic4j.training.Device;
import org.plastic4j.training.Seeds;
import org.plastic4j.training.config.Kebab;
import org.plastic4j.training.figure.Figure;
import org.plastic4j.training.figure.Picture;
import org.plastic4j.training.trainer.Context;
import org.plastic4j.training.trainer.Experiment;
import org.plastic4j.training.trainer.ExperimentConfig;
import org.plastic4j.training.trainer.Session;
import org.plastic4j.training.trainer.Split;

/**
 * What is reported of held-out lifetimes was never trained on: each experiment's test class extends this one.
 *
 * @param <C> the experiment's configuration
 */
public abstract class HeldOutContract<C extends Record & ExperimentConfig> {
    /** Enough that a leak shows: of the largest set, 50,000 pictures, a tenth is drawn. */
    private static final int TRAINING_LIFETIMES = 2400;

    private static final int HELD_OUT_LIFETIMES = 300;
    private static final int UPDATES = 3;
    private static final int EVALUATED = 8;

    private final Supplier<? extends Experiment<C>> experiment;
    private final String[] settings;

    @TempDir
    private Path folder;

    /**
     * @param experiment makes a new one
     * @param settings overrides of regression.yaml, {@code name=value} each
     */
    protected HeldOutContract(Supplier<? extends Experiment<C>> experiment, String... settings) {
        this.experiment = experiment;
        this.settings = settings.clone();
    }

    /**
     * What lifetimes are made of and no two sets may share: the names of characters, pictures, patterns, seeds of worlds.
     *
     * @param lifetimes a batch
     * @return what compares by content
     */
    protected abstract Set<?> contents(MultiDataSet lifetimes);

    /**
     * @param figure of a run's report
     * @param lifetime a batch of one
     * @return whether the figure shows what this lifetime is made of
     */
    protected abstract boolean shows(Figure figure, MultiDataSet lifetime);

    /**
     * All pictures or patterns that are shown as a whole.
     *
     * @param lifetimes features [T, B, n], 0 for what is missing
     * @return each by its n values
     */
    protected static Set<FloatBuffer> wholeInputs(MultiDataSet lifetimes) {
        INDArray inputs = lifetimes.getFeatures(0);
        int n = Math.toIntExact(inputs.size(2));
        float[] values = inputs.data().asFloat();
        Set<FloatBuffer> whole = new HashSet<>();
        for (int from = 0; from < values.length; from += n) {
            float[] row = Arrays.copyOfRange(values, from, from + n);
            boolean isWhole = true;
            for (float value : row) {
                isWhole &= value != 0;
            }
            if (isWhole) {
                whole.add(FloatBuffer.wrap(row));
            }
        }
        return whole;
    }

    /**
     * @param figure of a run's report
     * @param values the pixels of a picture
     * @param black the value that is black
     * @param white the value that is white
     * @return whether that picture is among the figure's
     */
    protected static boolean holds(Figure figure, float[] values, double black, double white) {
        return figure.pictures().stream()
                .anyMatch(picture -> Arrays.equals(
                        picture.rgb(),
                        Picture.grey("", picture.columns(), values, black, white)
                                .rgb()));
    }

    private C config(long seed, String... more) {
        String[] all = Stream.of(settings, more, new String[] {"seed=" + seed})
                .flatMap(Stream::of)
                .toArray(String[]::new);
        return Configs.load(experiment.get(), "regression", all);
    }

    private Session open(C config) {
        return experiment.get().open(config, new Context(new Seeds(config.seed()), 1, Device.CPU));
    }

    private Set<Object> contents(LifetimeStream stream, int lifetimes) {
        Set<Object> contents = new HashSet<>();
        while (stream.position() < lifetimes) {
            MultiDataSet batch = stream.next();
            contents.addAll(contents(batch));
            arrays(batch).forEach(INDArray::close);
        }
        return contents;
    }

    private static void assertShareNothing(Set<?> one, Set<?> other, String what) {
        assertThat(one).isNotEmpty();
        assertThat(other).isNotEmpty();
        Set<Object> both = new HashSet<>(one);
        both.retainAll(other);
        assertThat(both).as(what).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 77})
    void trainingValidationAndTestShareNothing(long seed) {
        C config = config(seed);
        Set<Object> test = contents(experiment.get().heldOut(config, Split.TEST), HELD_OUT_LIFETIMES);
        Set<Object> validation = contents(experiment.get().heldOut(config, Split.VALIDATION), HELD_OUT_LIFETIMES);
        try (Session session = open(config)) {
            Set<Object> training = contents(session.lifetimes(), TRAINING_LIFETIMES);

            assertShareNothing(training, test, "both in training and test");
            assertShareNothing(training, validation, "both in training and validation");
            assertShareNothing(validation, test, "both in validation and test");
        }
    }

    /** The first lifetimes of a stream, to the last bit. */
    private static List<List<ByteBuffer>> first(LifetimeStream stream, int batches) {
        return Stream.generate(() -> bytes(stream.next())).limit(batches).toList();
    }

    private static Stream<INDArray> arrays(MultiDataSet batch) {
        return Stream.of(batch.getFeatures(), batch.getLabels()).flatMap(Stream::of);
    }

    private static List<ByteBuffer> bytes(MultiDataSet batch) {
        return arrays(batch)
                .map(array -> ByteBuffer.wrap(array.dup('c').data().asBytes()))
                .toList();
    }

    @ParameterizedTest
    @EnumSource
    void heldOutLifetimesAreTheSameForRunsOfAllSeeds(Split split) {
        assertThat(first(experiment.get().heldOut(config(77), split), EVALUATED))
                .isEqualTo(first(experiment.get().heldOut(config(0), split), EVALUATED));
    }

    @Test
    void runIsTrainedOnTrainingLifetimesAloneAndEvaluatedInTheEndOnTheFirstTestLifetimes() {
        List<List<ByteBuffer>> trained = new ArrayList<>();
        List<List<ByteBuffer>> evaluated = new ArrayList<>();
        C config = config(2);
        int lifetimes = UPDATES * config.training().batch();

        launcher(trained, evaluated)
                .trained(
                        folder.resolve("run"),
                        1,
                        "seed=2",
                        "training.maxLifetimes=" + lifetimes,
                        "training.heldOut=" + EVALUATED);

        try (Session session = open(config)) {
            assertThat(trained).isEqualTo(first(session.lifetimes(), UPDATES));
        }
        assertThat(evaluated).isEqualTo(first(experiment.get().heldOut(config, Split.TEST), EVALUATED));
    }

    private ExperimentLauncher launcher(List<List<ByteBuffer>> trained, List<List<ByteBuffer>> evaluated) {
        return new ExperimentLauncher(
                () -> new Watched<>(
                        experiment.get(), batch -> trained.add(bytes(batch)), batch -> evaluated.add(bytes(batch))),
                settings);
    }

    @ParameterizedTest
    @EnumSource
    void evaluationTakesTheLifetimesOfItsSplit(Split split) {
        List<List<ByteBuffer>> trained = new ArrayList<>();
        List<List<ByteBuffer>> evaluated = new ArrayList<>();
        C config = config(2);
        int lifetimes = config.training().batch();
        ExperimentLauncher launcher = launcher(trained, evaluated);
        Path run = folder.resolve("run");
        launcher.trained(run, 1, "seed=2", "training.maxLifetimes=" + lifetimes);
        trained.clear();
        evaluated.clear();

        Launched evaluation = launcher.launch(
                "eval",
                "--run",
                run.toString(),
                "--split",
                Kebab.of(split),
                "--lifetimes",
                Integer.toString(EVALUATED));

        assertThat(evaluation.code()).as(evaluation.err()).isEqualTo(Launcher.OK);
        assertThat(evaluated).isEqualTo(first(experiment.get().heldOut(config, split), EVALUATED));
        assertThat(trained).isEmpty();
    }

    @Test
    void reportShowsTheFirstTestLifetimes() {
        C config = config(2, "training.batch=1");
        LifetimeStream test = experiment.get().heldOut(config, Split.TEST);
        try (Session session = open(config)) {
            List<Figure> figures = session.figures().get();

            assertThat(figures).isNotEmpty();
            for (Figure figure : figures) {
                assertThat(shows(figure, test.next())).as(figure.title()).isTrue();
            }
        }
    }
}
