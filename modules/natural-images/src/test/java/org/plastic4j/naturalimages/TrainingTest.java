package org.plastic4j.naturalimages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plastic4j.testing.Launched;
import org.plastic4j.training.checkpoint.Checkpoint;
import org.plastic4j.training.metric.MetricTable;

/** Short runs of the whole program. */
@Tag("slow")
class TrainingTest {
    private static final String[] SMALL = {"task.side=4", "task.cycles=1", "training.maxLifetimes=4"};

    @TempDir
    private Path folder;

    private Launched small(String name, String... more) {
        String[] settings = Stream.concat(Stream.of(SMALL), Stream.of(more)).toArray(String[]::new);
        return ThisExperiment.LAUNCHER.trained(folder.resolve(name), 1, settings);
    }

    @Test
    void runRecordsItsMeasuresAndItsData() throws Exception {
        Launched run = small("run");

        MetricTable metrics = run.metrics();
        assertThat(metrics.names()).containsExactly("lifetimes", "squared_error", "loss", "gray_squared_error", "eta");
        assertThat(metrics.column("lifetimes")).containsExactly(1, 2, 3, 4);
        double[] errors = metrics.column("squared_error");
        double[] losses = metrics.column("loss");
        for (int i = 0; i < 4; i++) {
            assertThat(errors[i]).isCloseTo(losses[i], within(1e-5 * losses[i]));
        }
        JsonNode facts = new ObjectMapper().readTree(run.bytes("run.json"));
        assertThat(facts.at("/measure/column").asText()).isEqualTo("squared_error");
        assertThat(facts.at("/data/pictures").asText()).isEqualTo("generated: dead leaves, seed 0");
        assertThat(facts.at("/data/test").asText()).isEqualTo("5000 pictures, numbers 55000 to 59999");
    }

    @Test
    void reportShowsWhichPicturesWereUsedAndHowTheyWereCompleted() {
        String report = new String(small("run").bytes("report.html"), StandardCharsets.UTF_8);

        assertThat(report)
                .contains("2 pictures of 4 &times; 4 pixels (generated dead leaves), 17 neurons")
                .contains("Data</h2>", "generated: dead leaves, seed 0", "5000 pictures, numbers 55000 to 59999")
                .contains("Held-out lifetime 6", ": original\"", ": degraded: ", ": completed\"")
                .contains("Connections into single pixels");
    }

    @Test
    void untrainedNetworkLeavesTheMissingHalfAboutGray() {
        Launched run = small("run", "training.maxLifetimes=1", "task.side=16");

        double gray = run.metrics().column("gray_squared_error")[0];
        assertThat(gray).isPositive();
        assertThat(run.metrics().column("squared_error")[0]).isCloseTo(gray, within(0.2 * gray));
    }

    @Test
    void learningRateFallsWhereItIsToldTo() {
        byte[] straight = small("straight").bytes("metrics.csv");
        Launched late = small("late", "training.optimizer.decay={every: 100, factor: 0.1}");
        Launched soon = small("soon", "training.optimizer.decay={every: 2, factor: 0.1}");

        assertThat(late.bytes("metrics.csv")).isEqualTo(straight);
        assertThat(soon.bytes("metrics.csv")).isNotEqualTo(straight);
    }

    // A layer of 257 neurons is shared out by columns, a small one by the lifetimes of a batch.
    @ParameterizedTest
    @ValueSource(strings = {"task.side=16 training.maxLifetimes=3", "training.batch=5 training.maxLifetimes=15"})
    void numberOfThreadsChangesNoBit(String settings) {
        Launched one = threads(1, settings);
        Launched two = threads(2, settings);

        one.assertSameBits(two);
    }

    private Launched threads(int threads, String settings) {
        return ThisExperiment.LAUNCHER.trained(
                folder.resolve("threads-" + threads),
                threads,
                Stream.concat(Stream.of("task.cycles=1"), Stream.of(settings.split(" ")))
                        .toArray(String[]::new));
    }

    @Test
    void bothExecutionsBeginWithTheSameLoss() {
        double fused = firstLoss("fused");
        double unrolled = firstLoss("unrolled");

        assertThat(fused).isCloseTo(unrolled, within(1e-4 * unrolled));
    }

    private double firstLoss(String execution) {
        return small(execution, "training.maxLifetimes=1", "network.execution=" + execution, "network.alphaScale=0.3")
                .metrics()
                .column("loss")[0];
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "network.alpha=per-connection",
                "network.alpha=shared training.batch=2",
                "network.alpha=absent",
                "network.rule=oja"
            })
    void everyVariantTrainsAllItsParameters(String settings) {
        Launched run = small("run", settings.split(" "));

        assertThat(Arrays.stream(run.metrics().column("loss"))).isNotEmpty().allMatch(loss -> loss > 0);
        Checkpoint checkpoint = run.assertTrainedAllParameters("natural-images");
        if (settings.equals("network.alpha=absent")) {
            assertThat(checkpoint.parameters()).containsOnlyKeys("w");
            assertThat(run.metrics().names()).doesNotContain("eta");
        } else {
            assertThat(checkpoint.parameters()).containsOnlyKeys("w", "alpha", "eta");
            assertThat(checkpoint.parameters().get("alpha").length())
                    .isEqualTo(settings.contains("shared") ? 1 : 17 * 17);
        }
    }
}
