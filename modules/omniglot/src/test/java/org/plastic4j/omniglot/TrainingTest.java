package org.plastic4j.omniglot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plastic4j.cli.Launcher;
import org.plastic4j.testing.Launched;
import org.plastic4j.training.checkpoint.Checkpoint;
import org.plastic4j.training.metric.MetricTable;
import org.plastic4j.training.trainer.Interrupt;

/** Short runs of the whole program. */
@Tag("slow")
class TrainingTest {
    private static final String[] SMALL = {
        "network.filters=4", "task.group=1", "training.batch=4", "training.maxLifetimes=32"
    };

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private Launched small(String name, int threads, String... more) {
        String[] settings = Stream.concat(Stream.of(SMALL), Stream.of(more)).toArray(String[]::new);
        return ThisExperiment.LAUNCHER.trained(folder.resolve(name), threads, settings);
    }

    private int launch(String... arguments) {
        out.reset();
        err.reset();
        return new Launcher(new Interrupt())
                .launch(
                        arguments,
                        new OmniglotExperiment(),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @Test
    void runRecordsItsMeasuresAndItsDataAndShowsEpisodes() throws Exception {
        Launched run = small("run", 1);

        MetricTable metrics = run.metrics();
        assertThat(metrics.names()).containsExactly("lifetimes", "accuracy", "loss", "eta");
        assertThat(metrics.column("lifetimes")).containsExactly(16, 32);
        assertThat(Arrays.stream(metrics.column("accuracy"))).allMatch(accuracy -> accuracy >= 0 && accuracy <= 1);
        JsonNode facts = new ObjectMapper().readTree(run.bytes("run.json"));
        assertThat(facts.at("/measure/column").asText()).isEqualTo("accuracy");
        assertThat(facts.at("/data/characters").asText()).isEqualTo("generated: random strokes, seed 0");
        assertThat(facts.at("/data/test").asText()).isEqualTo("60 characters");
        assertThat(new String(run.bytes("report.html"), StandardCharsets.UTF_8))
                .contains("3-way 1-shot classification of generated characters")
                .contains("Held-out episode 6", ": class 3: ", ": asked\"", "the network answers class")
                .contains("Filters of the first layer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "network.alpha=per-connection",
                "network.alpha=shared task.group=2",
                "network.alpha=absent",
                "network.rule=decaying-hebb task.shots=2"
            })
    void everyVariantTrainsAllItsParameters(String settings) {
        Launched run = small("run", 1, settings.split(" "));

        Checkpoint checkpoint = run.assertTrainedAllParameters("omniglot");
        assertThat(checkpoint.parameters()).hasSize(settings.contains("absent") ? 9 : 11);
    }

    // More than 32 drawings are shared out among threads.
    @ParameterizedTest
    @ValueSource(strings = {"training.batch=16", "training.batch=16 task.group=4"})
    void numberOfThreadsChangesNoBit(String settings) {
        Launched one = small("one", 1, settings.split(" "));
        Launched two = small("two", 2, settings.split(" "));
        one.assertSameBits(two);
    }

    @Test
    void aRunThatIsMadeLongerEqualsOneThatWasLongFromTheBeginning() {
        Launched whole = small("whole", 1, "training.maxLifetimes=48", "task.group=2");
        Launched parts = small("parts", 1, "task.group=2");
        assertThat(launch("--quiet", "--resume", parts.directory().toString(), "--set", "training.maxLifetimes=48"))
                .as(err.toString(StandardCharsets.UTF_8))
                .isEqualTo(Launcher.OK);
        whole.assertSameBits(parts);
    }

    @Test
    void heldOutEpisodesAreEvaluatedWithAnyNumberOfShotsAndWithNoOtherChange() throws Exception {
        Launched run = small("run", 1, "task.group=2");
        String directory = run.directory().toString();

        assertThat(launch("eval", "--run", directory, "--lifetimes", "20"))
                .as(err.toString(StandardCharsets.UTF_8))
                .isEqualTo(Launcher.OK);
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("test: mean accuracy ");
        assertThat(launch("eval", "--run", directory, "--lifetimes", "20", "--set", "task.shots=3"))
                .as(err.toString(StandardCharsets.UTF_8))
                .isEqualTo(Launcher.OK);
        Path file = run.directory().resolve("eval-test-task.shots=3.json");
        assertThat(new ObjectMapper()
                        .readTree(file.toFile())
                        .at("/settings/task.shots")
                        .asText())
                .isEqualTo("3");
        assertThat(Files.exists(run.directory().resolve("eval-test.json"))).isTrue();

        assertThat(launch("eval", "--run", directory, "--set", "task.ways=5")).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .endsWith(": w: expected FLOAT [4, 5], found FLOAT [4, 3]." + System.lineSeparator());
        assertThat(launch("eval", "--run", directory, "--set", "task.shots=20")).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("task.shots: expected less than 20, as there are drawings of a character to train on, found"
                        + " 20 (--set task.shots=20)." + System.lineSeparator());
        assertThat(launch("eval", "--run", directory, "--split", "validation")).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("--split validation: expected a run with split.holdOutValidation, found one that is trained"
                        + " on these characters too." + System.lineSeparator());
    }

    @Test
    void networkTrainedWithMoreWaysIsEvaluatedWithFewer() throws Exception {
        Launched run = small("run", 1, "task.trainingWays=6", "task.group=4");
        String directory = run.directory().toString();

        assertThat(run.out()).contains("on 20 held-out lifetimes");
        assertThat(run.bytes("report.html"))
                .asString(StandardCharsets.UTF_8)
                .contains("3-way 1-shot classification (6-way in training)");
        assertThat(launch(
                        "eval",
                        "--run",
                        directory,
                        "--lifetimes",
                        "20",
                        "--set",
                        "task.ways=6",
                        "--set",
                        "task.testTurns=true"))
                .as(err.toString(StandardCharsets.UTF_8))
                .isZero();
        assertThat(run.directory().resolve("eval-test-task.ways=6-task.testTurns=true.json"))
                .exists();
        err.reset();
        assertThat(launch("eval", "--run", directory, "--set", "task.ways=7")).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .startsWith(
                        "task.trainingWays: expected at least as many as task.ways (7), since each class needs an output, found 6");
    }
}
