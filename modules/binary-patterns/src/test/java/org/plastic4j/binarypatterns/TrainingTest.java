package org.plastic4j.binarypatterns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.plastic4j.testing.Launched;
import org.plastic4j.training.checkpoint.Checkpoint;
import org.plastic4j.training.checkpoint.CheckpointFolder;
import org.plastic4j.training.metric.MetricTable;

/** Short runs of the whole program. */
@Tag("slow")
class TrainingTest {
    private static final String[] SMALL = {
        "task.patterns=2", "task.bits=40", "task.degradedBits=20", "task.cycles=1", "training.maxLifetimes=4"
    };

    @TempDir
    private Path folder;

    private Launched small(String name, String... more) {
        String[] settings = Stream.concat(Stream.of(SMALL), Stream.of(more)).toArray(String[]::new);
        return ThisExperiment.LAUNCHER.trained(folder.resolve(name), 1, settings);
    }

    @Test
    void runDirectoryHoldsWhatTheReadmeSays() throws Exception {
        Launched run = small("run");

        assertThat(run.directory().toFile().list())
                .containsExactlyInAnyOrder(
                        "config.yaml",
                        "run.json",
                        "metrics.csv",
                        "metrics.jsonl",
                        "checkpoint",
                        "checkpoints",
                        "loss.png",
                        "report.html",
                        "run.log",
                        "times.csv",
                        "eval-test.json");
        assertThat(run.directory().resolve("checkpoint").toFile().list())
                .containsExactlyInAnyOrder("parameters.npz", "optimizer.npz", "state.json");
        assertThat(run.directory().resolve("config.yaml"))
                .content()
                .contains("bits: 40", "learningRate: 0.001", "rule: decaying-hebb");
        assertThat(run.directory().resolve("metrics.jsonl")).content().hasLineCount(4);
        MetricTable metrics = run.metrics();
        assertThat(metrics.names()).containsExactly("lifetimes", "error", "loss", "eta");
        assertThat(metrics.column("lifetimes")).containsExactly(1, 2, 3, 4);
        assertThat(Arrays.stream(metrics.column("error"))).allMatch(error -> error >= 0 && error <= 1);
        JsonNode facts = new ObjectMapper().readTree(run.bytes("run.json"));
        assertThat(facts.at("/experiment").asText()).isEqualTo("binary-patterns");
        assertThat(facts.at("/lifetimes").asLong()).isEqualTo(4);
        assertThat(facts.at("/outcome").asText()).isEqualTo("max-lifetimes");
    }

    @Test
    void librariesTalkToTheLogAndNotToTheUser() {
        Launched run = small("run", "network.execution=unrolled");

        // A slow machine shows its progress first.
        assertThat(run.out())
                .matches("(\\d+/4 lifetimes, .*\\R)*"
                        + "Stopped after 4 lifetimes \\(.* s\\) with mean error"
                        + " \\d+\\.\\d\\d% over the last 4 lifetimes; \\d+\\.\\d\\d% on 20 held-out lifetimes\\."
                        + " Run directory: .*/run\\R"
                        + "Report: .*/run/report.html\\. Evaluated otherwise: scripts/eval --run .*/run\\R");
        assertThat(run.err()).isEmpty();
        assertThat(run.directory().resolve("run.log")).content().contains("Added differentiated op");
    }

    // A layer of 201 neurons is shared out by columns, a small one by the lifetimes of a batch.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "task.bits=200 task.degradedBits=100",
                "task.bits=40 task.degradedBits=20 training.batch=5 training.maxLifetimes=15"
            })
    void numberOfThreadsChangesNoBit(String settings) {
        Launched one = threads(1, settings);
        Launched two = threads(2, settings);

        one.assertSameBits(two);
    }

    private Launched threads(int threads, String settings) {
        return ThisExperiment.LAUNCHER.trained(
                folder.resolve("threads-" + threads),
                threads,
                Stream.concat(Stream.of("task.cycles=1", "training.maxLifetimes=4"), Stream.of(settings.split(" ")))
                        .toArray(String[]::new));
    }

    @Test
    void anotherSeedGivesAnotherRun() {
        assertThat(small("one", "seed=1").bytes("metrics.csv"))
                .isNotEqualTo(small("two", "seed=2").bytes("metrics.csv"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"input.mode=driven", "input.mode=clamped"})
    void bothExecutionsBeginWithTheSameLoss(String input) {
        double fused = firstLoss("fused", input);
        double unrolled = firstLoss("unrolled", input);

        assertThat(fused).isCloseTo(unrolled, within(1e-4 * unrolled));
    }

    private double firstLoss(String execution, String input) {
        return small(execution, "training.maxLifetimes=1", "network.execution=" + execution, input)
                .metrics()
                .column("loss")[0];
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "input.mode=clamped",
                "network.alpha=shared",
                "network.alpha=absent",
                "network.rule=oja",
                "network.execution=unrolled network.rule=oja training.batch=2",
                "network.alpha=shared network.rule=oja input.mode=clamped training.batch=3"
            })
    void everyVariantTrainsAllItsParameters(String settings) {
        Launched run = small("run", settings.split(" "));

        assertThat(Arrays.stream(run.metrics().column("loss"))).isNotEmpty().allMatch(loss -> loss > 0);
        Checkpoint checkpoint = run.assertTrainedAllParameters("binary-patterns");
        if (settings.equals("network.alpha=absent")) {
            assertThat(checkpoint.parameters()).containsOnlyKeys("w");
        } else {
            assertThat(checkpoint.parameters()).containsOnlyKeys("w", "alpha", "eta");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "hard-bound, eta",
        "soft-bound, eta",
        "neuromodulated, modulator_weights modulator_bias",
        "neuromodulated-fan-out, modulator_weights modulator_bias fan_out_weights fan_out_bias",
        "retroactive, eta modulator_weights modulator_bias"
    })
    void everyRuleThatHasABoundTrainsItsOwnParameters(String rule, String learned) {
        Launched run = small("run", "network.rule=" + rule, "network.bound=0.5");

        Set<String> names = new CheckpointFolder(run.directory())
                .load("binary-patterns")
                .parameters()
                .keySet();
        assertThat(names).containsExactlyInAnyOrder(("w alpha " + learned).split(" "));
        if (names.contains("eta")) {
            assertThat(run.metrics().names()).endsWith("eta");
        } else {
            assertThat(run.metrics().names()).doesNotContain("eta");
        }
        assertThat(new String(run.bytes("config.yaml"), StandardCharsets.UTF_8)).contains("bound: 0.5");
    }
}
