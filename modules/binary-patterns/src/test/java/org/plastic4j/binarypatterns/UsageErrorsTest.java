package org.plastic4j.binarypatterns;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.cli.Launcher;
import org.plastic4j.testing.Launched;

/** A usage error gets one sentence and exit code 2, and leaves nothing behind. */
class UsageErrorsTest {
    @TempDir
    private Path folder;

    private void rejected(String sentence, String... options) {
        ThisExperiment.LAUNCHER.assertRejected(folder, sentence, options);
    }

    @Test
    void unknownSettingIsRejectedWithTheNearestKnownOne() {
        rejected(
                "task.bitz: unknown setting, did you mean task.bits? (--set task.bitz=100).", "--set", "task.bitz=100");
    }

    @Test
    void knownSettingInTheWrongPlaceIsRejectedWithItsPath() {
        rejected(
                "learningRate: unknown setting, did you mean training.optimizer.learningRate? (--set"
                        + " learningRate=1e-3).",
                "--set",
                "learningRate=1e-3");
    }

    @Test
    void settingOfTheWrongTypeIsRejected() {
        rejected(
                "task.bits: expected an integer, found the text 'many' (--set task.bits=many).",
                "--set",
                "task.bits=many");
    }

    @Test
    void choiceThatThereIsNotIsRejectedWithThoseThereAre() {
        rejected(
                "network.rule: expected one of decaying-hebb, oja, hard-bound, soft-bound, neuromodulated,"
                        + " neuromodulated-fan-out, retroactive, abcd, bcm, stpn, covariance-hebb, found hebb (--set network.rule=hebb).",
                "--set",
                "network.rule=hebb");
    }

    @Test
    void boundOfARuleWithoutOneIsRejected() {
        rejected(
                "network.bound: expected none for the rule oja, which has none, found 2 (--set network.bound=2).",
                "--set",
                "network.rule=oja",
                "--set",
                "network.bound=2");
    }

    @Test
    void boundThatIsNotPositiveIsRejected() {
        rejected(
                "network.bound: expected a positive number, found 0 (--set network.bound=0).",
                "--set",
                "network.rule=neuromodulated",
                "--set",
                "network.bound=0");
    }

    @Test
    void rateThatMakesNoSenseForTheRuleIsRejected() {
        rejected(
                "network.eta: expected a number from 0 to 1 to begin the rule oja with, found 1.5 (--set"
                        + " network.eta=1.5).",
                "--set",
                "network.rule=oja",
                "--set",
                "network.eta=1.5");
        rejected(
                "network.eta: expected a number of at least 0, found -1 (--set network.eta=-1).",
                "--set",
                "network.eta=-1");
    }

    @Test
    void sizeThatIsNotPositiveIsRejected() {
        rejected("task.bits: expected a positive integer, found 0 (--set task.bits=0).", "--set", "task.bits=0");
        rejected(
                "task.bits: expected less than 46340, found 100000 (--set task.bits=100000).",
                "--set",
                "task.bits=100000");
        rejected(
                "training.batch: expected a positive integer, found -1 (--set training.batch=-1).",
                "--set",
                "training.batch=-1");
    }

    @Test
    void moreDegradedBitsThanBitsAreRejected() {
        rejected(
                "task.degradedBits: expected between 0 and the number of bits (100), found 101 (--set"
                        + " task.degradedBits=101).",
                "--config",
                "regression",
                "--set",
                "task.degradedBits=101");
    }

    @Test
    void missingConfigurationIsRejectedWithThoseThereAre() {
        rejected(
                "--config nowhere/my.yaml: no such file, and no configuration of that name in"
                        + " configs/binary-patterns, expected a file or one of paper, quick, regression, released.",
                "--config",
                "nowhere/my.yaml");
        rejected(
                "--config quik: no such file, and no configuration of that name in configs/binary-patterns, did you"
                        + " mean quick?",
                "--config",
                "quik");
    }

    @Test
    void usageErrorInAFileIsRejectedWithItsLine(@TempDir Path elsewhere) throws Exception {
        Path config = Files.writeString(elsewhere.resolve("my.yaml"), "task:\n  bits: 10\n  degradedBits: 12\n");
        rejected(
                "task.degradedBits: expected between 0 and the number of bits (10), found 12 (%s:3).".formatted(config),
                "--config",
                config.toString());
    }

    @Test
    void outputFolderThatCannotBeWrittenIsRejected(@TempDir Path elsewhere) throws Exception {
        Path file = Files.createFile(elsewhere.resolve("file"));
        Path below = file.resolve("runs").resolve("mine");

        Launched run = ThisExperiment.LAUNCHER.run(below, "--config", "regression");

        assertThat(run.err())
                .isEqualTo("--out %s: no run can be written there (%s is a file).%n".formatted(below, file));
        assertThat(run.out()).isEmpty();
        assertThat(run.code()).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(elsewhere.toFile().list()).containsExactly("file");
    }

    @Test
    void unknownOptionIsRejectedWithTheNearestKnownOne() {
        rejected("--sed: unknown option, did you mean --seed?", "--sed", "1");
    }

    @Test
    void settingWithoutAValueIsRejected() {
        rejected("--set: expected NAME=VALUE, as in task.bits=100, found 'training.batch'.", "--set", "training.batch");
    }
}
