package org.plastic4j.omniglot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A usage error gets one sentence and exit code 2, and leaves nothing behind. */
class UsageErrorsTest {
    @TempDir
    private Path folder;

    @TempDir
    private Path data;

    private void rejected(String sentence, String... settings) {
        String[] options = new String[2 * settings.length];
        for (int k = 0; k < settings.length; k++) {
            options[2 * k] = "--set";
            options[2 * k + 1] = settings[k];
        }
        ThisExperiment.LAUNCHER.assertRejected(folder, sentence, options);
    }

    @Test
    void moreWaysThanCharactersAreRejected() {
        rejected(
                "task.ways: expected at most 60, as there are characters held out for the test, found 61 (--set"
                        + " task.ways=61).",
                "data.source=generated",
                "task.ways=61");
    }

    @Test
    void asManyShotsAsDrawingsAreRejected() {
        rejected(
                "task.shots: expected less than 20, as there are drawings of a character to train on, found 20 (--set"
                        + " task.shots=20).",
                "data.source=generated",
                "task.shots=20");
    }

    @Test
    void groupsThatDoNotDivideTheBatchAreRejected() {
        rejected(
                "task.group: expected a divisor of training.batch (20), found 7 (--set task.group=7).",
                "data.source=generated",
                "task.group=7");
    }

    @Test
    void layersThatDoNotFitAreRejected() {
        rejected(
                "network.layers: expected at most 4, after which no kernel fits, found 5 (--set network.layers=5).",
                "data.source=generated",
                "network.layers=5");
    }

    @Test
    void rulesThatNoReadoutHasAreRejected() {
        rejected(
                "network.rule: expected decaying-hebb or oja, the rules of a readout, found retroactive (--set"
                        + " network.rule=retroactive).",
                "data.source=generated",
                "network.rule=retroactive");
    }

    @Test
    void folderWithoutOmniglotIsRejectedWithWhatWasExpected() {
        rejected(
                ("data.dir: expected images_background.zip and images_evaluation.zip or the folders that they unpack to"
                                + " in %s, found none; --set data.source=generated takes generated data.")
                        .formatted(data),
                "data.dir=" + data);
    }

    @Test
    void corruptArchiveIsRejected() throws IOException {
        Path zip = Files.write(data.resolve("images_background.zip"), new byte[100]);
        rejected(
                zip + ": expected images_background of Omniglot, which cannot be read"
                        + " (java.util.zip.ZipException: zip END header not found).",
                "data.dir=" + data);
    }

    @Test
    void incompleteArchiveIsRejectedWithWhatIsMissing() throws IOException {
        Path unpacked = Files.createDirectories(data.resolve("omniglot/images_background"));
        rejected(
                unpacked + ": expected 964 characters, found no Alphabet_of_the_Magi/character01.", "data.dir=" + data);
    }

    @Test
    void archiveThatTheSplitNeedsIsAskedFor() throws IOException {
        Files.createDirectories(data.resolve("images_background"));
        rejected(
                data + ": expected images_evaluation.zip, or the folder images_evaluation, for split both, found"
                        + " neither.",
                "data.dir=" + data,
                "split.by=both");
    }
}
