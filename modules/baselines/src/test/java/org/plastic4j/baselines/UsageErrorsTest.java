package org.plastic4j.baselines;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A usage error gets one sentence and exit code 2, and leaves nothing behind. */
class UsageErrorsTest {
    @TempDir
    private Path folder;

    private void rejected(String sentence, String... options) {
        ThisExperiment.LAUNCHER.assertRejected(folder, sentence, options);
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
