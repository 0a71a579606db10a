package org.plastic4j.maze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.plastic4j.testing.Launched;
import org.plastic4j.training.checkpoint.Checkpoint;
import org.plastic4j.training.metric.MetricTable;

/** Short runs of the whole program. */
@Tag("slow")
class TrainingTest {
    @TempDir
    private Path folder;

    private Launched small(String name, int threads, String... more) {
        String[] settings = Stream.concat(Stream.of("training.maxLifetimes=32"), Stream.of(more))
                .toArray(String[]::new);
        return ThisExperiment.LAUNCHER.trained(folder.resolve(name), threads, settings);
    }

    @Test
    void runRecordsItsMeasures() {
        MetricTable metrics = small("run", 1).metrics();

        assertThat(metrics.names())
                .containsExactly(
                        "lifetimes", "reward", "loss", "policy_loss", "value_loss", "entropy", "found", "bumps", "eta");
        assertThat(metrics.column("lifetimes")).containsExactly(8, 16, 24, 32);
        for (int row = 0; row < 4; row++) {
            double reward = 10 * metrics.column("found")[row] - 0.1 * metrics.column("bumps")[row];
            assertThat(metrics.column("reward")[row]).isCloseTo(reward, within(1e-4));
        }
        assertThat(metrics.column("entropy")[0]).isBetween(0.9 * Math.log(4), Math.log(4));
    }

    @Test
    void reportShowsAnEpisodeAsAnAnimationAndInLetters() {
        String report = new String(small("run", 1).bytes("report.html"), StandardCharsets.UTF_8);

        assertThat(report)
                .contains("maze of 5 &times; 5 cells, 16 neurons (per connection alpha, hard bound)")
                .contains(
                        "Held-out episode 3",
                        "class=\"film\"",
                        "<li>step 30, reward found ",
                        ": visits, the more the darker",
                        "in 30 steps")
                .containsPattern("<summary>In letters</summary>\\R<pre[^>]*><code>#####\\R#[.ARX]{3}#\\R");
    }

    @Test
    void plasticAgentIsShownBesideItselfWithoutPlasticityAndAnAgentThatHasNoneIsShownAlone() {
        String plastic =
                new String(small("plastic", 1, "network.alphaScale=0.5").bytes("report.html"), StandardCharsets.UTF_8);
        String without =
                new String(small("without", 1, "network.alpha=absent").bytes("report.html"), StandardCharsets.UTF_8);

        assertThat(plastic)
                .contains(
                        "at the right by the same agent without its plasticity", "Without its plasticity (alpha = 0): ")
                .containsPattern("<li>step 30, reward found [a-z0-9 ]+; without plasticity, reward found ");
        assertThat(without).contains("<li>step 30, reward found ").doesNotContain("without plasticity", "at the right");
    }

    @Test
    void reportOfTheOtherWorldShowsCuesAndAnswers() {
        String report = new String(
                small("run", 2, "task.world=cue-reward", "training.batch=2").bytes("report.html"),
                StandardCharsets.UTF_8);

        assertThat(report)
                .contains("4 cues of 20 bits, 16 neurons")
                .contains("Held-out episode 2", "answers were right.", "the bits of the cues, go, and answers")
                .doesNotContain("Held-out episode 3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "network.alpha=absent",
                "network.alpha=shared",
                "network.rule=hard-bound agent.neurons=100",
                "network.rule=neuromodulated training.batch=7",
                "network.rule=retroactive",
                "network.rule=without-kernel",
                "task.world=cue-reward network.rule=neuromodulated-fan-out"
            })
    void numberOfThreadsChangesNoBit(String settings) {
        Launched one = small("one", 1, settings.split(" "));
        Launched two = small("two", 2, settings.split(" "));

        one.assertSameBits(two);
    }

    @ParameterizedTest
    @CsvSource({
        "network.alpha=absent, ''",
        "network.alpha=shared, alpha eta",
        "network.rule=hard-bound, alpha eta",
        "network.rule=without-kernel, alpha eta",
        "network.rule=neuromodulated, alpha modulator_weights modulator_bias",
        "network.rule=retroactive, alpha eta modulator_weights modulator_bias"
    })
    void everyAgentTrainsAllItsParameters(String setting, String plastic) {
        Launched run = small("run", 1, setting);

        Checkpoint checkpoint = run.assertTrainedAllParameters("maze");
        String[] expected = ("w input policy policy_bias value value_bias " + plastic).split(" ");
        assertThat(checkpoint.parameters().keySet()).containsExactlyInAnyOrder(expected);
    }

    @Test
    void bothExecutionsLearnTheSameFromTheFirstEpisodes() {
        double fused = firstStep("fused");
        double unrolled = firstStep("unrolled");

        assertThat(fused).isCloseTo(unrolled, within(1e-4 * Math.abs(unrolled)));
    }

    private double firstStep(String execution) {
        return small(
                        execution,
                        1,
                        "training.maxLifetimes=8",
                        "network.alphaScale=0.3",
                        "network.execution=" + execution)
                .metrics()
                .column("loss")[0];
    }
}
