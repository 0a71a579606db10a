package org.plastic4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plastic4j.data.LifetimeStream;
import org.plastic4j.training.UserError;
import org.plastic4j.training.trainer.Experiment;
import org.plastic4j.training.trainer.Interrupt;
import org.plastic4j.training.trainer.Split;

class EvaluationTest {
    private final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();
    private final Interrupt interrupt = new Interrupt();

    @TempDir
    private Path folder;

    private int launch(String... arguments) {
        return launch(new Quadratic(), arguments);
    }

    private int launch(Experiment<?> experiment, String... arguments) {
        outBytes.reset();
        errBytes.reset();
        return new Launcher(interrupt)
                .launch(
                        arguments,
                        experiment,
                        new PrintStream(outBytes, true, StandardCharsets.UTF_8),
                        new PrintStream(errBytes, true, StandardCharsets.UTF_8));
    }

    private String out() {
        return outBytes.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return errBytes.toString(StandardCharsets.UTF_8);
    }

    private Path run(String name, String... more) {
        Path run = folder.resolve(name);
        String[] arguments = java.util.stream.Stream.concat(
                        java.util.stream.Stream.of("--out", run.toString(), "--set", "training.batch=2"),
                        java.util.stream.Stream.of(more))
                .toArray(String[]::new);
        assertThat(launch(arguments)).as(err()).isZero();
        return run;
    }

    private static JsonNode json(Path file) throws Exception {
        return new ObjectMapper().readTree(file.toFile());
    }

    @Test
    void evaluationIsALineAndAFile() throws Exception {
        Path run = run("run");

        assertThat(launch("eval", "--run", run.toString(), "--lifetimes", "50"))
                .as(err())
                .isZero();

        assertThat(out())
                .matches("test: mean error -?[0-9.]+%, -?[0-9.]+% to -?[0-9.]+% \\(95% interval of the mean, Student's"
                        + " t\\), over 50 held-out lifetimes; newest checkpoint, at \\d+ lifetimes\\R");
        JsonNode facts = json(run.resolve("eval-test.json"));
        assertThat(facts.at("/lifetimes").asInt()).isEqualTo(50);
        assertThat(facts.at("/mean").asDouble())
                .isBetween(facts.at("/low").asDouble(), facts.at("/high").asDouble());
        assertThat(facts.at("/experiment").asText()).isEqualTo("quadratic");
        assertThat(facts.at("/measure").asText()).isEqualTo("error");
    }

    @Test
    void heldOutLifetimesAreTheSameForEverySeedAndDifferBySplit() throws Exception {
        // At step 0 of equal networks, only the lifetimes could differ.
        Path one = run("one", "--seed", "1", "--set", "training.maxLifetimes=2");
        Path two = run("two", "--seed", "2", "--set", "training.maxLifetimes=2");
        for (Path run : new Path[] {one, two}) {
            launch("eval", "--run", run.toString());
            launch("eval", "--run", run.toString(), "--split", "validation");
        }

        assertThat(json(one.resolve("eval-test.json")).at("/seed"))
                .isEqualTo(json(two.resolve("eval-test.json")).at("/seed"));
        double spread = json(one.resolve("eval-test.json")).at("/high").asDouble()
                - json(one.resolve("eval-test.json")).at("/low").asDouble();
        assertThat(json(two.resolve("eval-test.json")).at("/high").asDouble()
                        - json(two.resolve("eval-test.json")).at("/low").asDouble())
                .isCloseTo(spread, org.assertj.core.api.Assertions.within(1e-9));
        assertThat(json(one.resolve("eval-validation.json")).at("/mean").asDouble())
                .isNotEqualTo(json(one.resolve("eval-test.json")).at("/mean").asDouble());
    }

    @Test
    void bestCheckpointCanBeEvaluated() {
        Path run = run("run");

        assertThat(launch("eval", "--run", run.toString(), "--checkpoint", "best"))
                .isZero();
        assertThat(out()).contains("; best checkpoint, at ");
    }

    @Test
    void endOfTrainingIsTheSameEvaluation() throws Exception {
        Path run = run("run", "--set", "training.heldOut=40");
        String line = out();
        byte[] inTheEnd = Files.readAllBytes(run.resolve("eval-test.json"));

        launch("eval", "--run", run.toString(), "--lifetimes", "40");

        assertThat(run.resolve("eval-test.json")).hasBinaryContent(inTheEnd);
        String mean = Quadratic.ERROR.text(
                json(run.resolve("eval-test.json")).at("/mean").asDouble());
        assertThat(line).contains("; " + mean + " on 40 held-out lifetimes. Run directory: ");
        assertThat(run.resolve("report.html"))
                .content()
                .contains("<dt>mean error, 40 held-out lifetimes</dt><dd>" + mean);
    }

    @Test
    void interruptInTheEvaluationOfTheEndLeavesAFinishedRunWithAReport() throws Exception {
        Path run = folder.resolve("run");
        Experiment<Quadratic.Config> interrupting = new Quadratic() {
            private int opened;

            @Override
            public LifetimeStream heldOut(Config config, Split split) {
                // The first time it is only made sure of.
                if (++opened == 2) {
                    interrupt.request();
                }
                return super.heldOut(config, split);
            }
        };

        assertThat(launch(interrupting, "--out", run.toString(), "--set", "training.heldOut=40"))
                .isEqualTo(Launcher.INTERRUPTED);

        assertThat(out()).contains("lifetimes (").contains("Run directory: ").doesNotContain("held-out");
        assertThat(err())
                .isEqualTo("Interrupted before all of 40 held-out lifetimes were evaluated: no result of them is"
                        + " written.\n");
        assertThat(json(run.resolve("run.json")).at("/outcome").asText()).isEqualTo("target-reached");
        assertThat(run.resolve("report.html")).exists();
        assertThat(run.resolve("eval-test.json")).doesNotExist();
    }

    @Test
    void lackOfHeldOutLifetimesIsRejectedBeforeTraining() {
        Experiment<Quadratic.Config> without = new Quadratic() {
            @Override
            public LifetimeStream heldOut(Config config, Split split) {
                throw new UserError("quadratic: expected an experiment with held-out lifetimes, found one without");
            }
        };
        Path run = folder.resolve("run");

        assertThat(launch(without, "--out", run.toString(), "--set", "training.heldOut=1"))
                .isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err())
                .isEqualTo("quadratic: expected an experiment with held-out lifetimes, found one without."
                        + System.lineSeparator());
        assertThat(run).doesNotExist();
    }

    @Test
    void evaluationChangesNothingElse() throws Exception {
        Path run = run("run");
        String before = Files.readString(run.resolve("metrics.csv"));
        byte[] state = Files.readAllBytes(run.resolve("checkpoint/state.json"));
        launch("eval", "--run", run.toString());

        assertThat(run.resolve("metrics.csv")).hasContent(before);
        assertThat(run.resolve("checkpoint/state.json")).hasBinaryContent(state);
    }

    @Test
    void settingsThatTrainingFixedAreNotChanged() {
        Path run = run("run");

        assertThat(launch("eval", "--run", run.toString(), "--set", "seed=4")).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err())
                .isEqualTo("--set seed=4: expected none, since no setting of quadratic can be changed after training."
                        + System.lineSeparator());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--split test|--run: missing option, expected the directory of a run.",
                "--run nowhere|--run nowhere: expected the directory of a run, found nothing.",
                "--run . --split train|--split: expected validation or test, found 'train'.",
                "--run . --lifetimes 0|--lifetimes: expected a positive integer, found '0'.",
                "--run . --checkpoint last|--checkpoint: expected newest or best, found 'last'.",
                "--ran .|--ran: unknown option, did you mean --run?",
            })
    void usageErrorIsRejectedInOneSentence(String line, String sentence) {
        assertThat(launch(("eval " + line).split(" "))).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err()).isEqualTo(sentence + System.lineSeparator());
    }

    @Test
    void interruptedEvaluationWritesNothing() {
        Path run = run("run");
        interrupt.request();

        assertThat(launch("eval", "--run", run.toString())).isEqualTo(Launcher.INTERRUPTED);
        assertThat(err())
                .isEqualTo(
                        "Interrupted before all of 200 held-out lifetimes were evaluated: no result of them is written.\n");
        assertThat(run.resolve("eval-test.json")).doesNotExist();
    }

    @Test
    void helpPrintsTheUsage() {
        assertThat(launch("eval", "--help")).isZero();
        assertThat(out()).startsWith("Usage: scripts/eval [options]").contains("--split", "--lifetimes");
    }
}
