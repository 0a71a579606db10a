package org.plastic4j.baselines;

import static org.assertj.core.api.Assertions.assertThat;

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
        Launched run = ThisExperiment.LAUNCHER.run(folder.resolve("runs").resolve("mine"), options);

        assertThat(run.err()).isEqualTo(sentence + System.lineSeparator());
        assertThat(run.out()).isEmpty();
        assertThat(run.code()).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void lstmWithFewerUnitsThanBitsIsRejected() {
        rejected(
                "lstm.units: expected at least one unit for each of the 50 bits, found 49 (--set lstm.units=49).",
                "--config",
                "lstm",
                "--set",
                "lstm.units=49");
    }

    @Test
    void tooManyNeuronsAreRejected() {
        rejected(
                "otherNeurons: expected at most 46340 neurons with those of the bits and the bias neuron, found 46300"
                        + " (--set otherNeurons=46300).",
                "--set",
                "otherNeurons=46300");
    }

    @Test
    void moreMissingBitsThanThereAreAreRejected() {
        rejected(
                "task: PatternTask: degradedBits: expected between 0 and 50, found 51. (--set task.degradedBits=51).",
                "--set",
                "task.degradedBits=51");
    }

    @Test
    void limitOfNoSecondsIsRejected() {
        rejected(
                "training.maxSeconds: expected a positive number, found 0 (--set training.maxSeconds=0).",
                "--set",
                "training.maxSeconds=0");
    }
}
