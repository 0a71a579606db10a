package org.plastic4j.naturalimages;

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

    private void rejected(String sentence, String... options) {
        ThisExperiment.LAUNCHER.assertRejected(folder, sentence, options);
    }

    @Test
    void sideThatPicturesCannotBeAveragedToIsRejected() {
        rejected(
                "task.side: expected an even number of pixels that divides 32, found 12 (--set task.side=12).",
                "--set",
                "task.side=12");
        rejected(
                "task.side: expected an even number of pixels that divides 32, found 64 (--set task.side=64).",
                "--set",
                "task.side=64");
    }

    @Test
    void numberOfPicturesOutsideTheRangeIsRejected() {
        rejected(
                "task.pictures: expected an integer from 1 to 100, found 0 (--set task.pictures=0).",
                "--set",
                "task.pictures=0");
    }

    @Test
    void unknownSettingIsRejectedWithTheNearestKnownOne() {
        rejected(
                "data.folder: unknown setting, known here: source, dir (--set data.folder=x).",
                "--set",
                "data.folder=x");
        rejected(
                "task.cycle: unknown setting, did you mean task.cycles? (--set task.cycle=2).",
                "--set",
                "task.cycle=2");
    }

    @Test
    void learningRateThatWouldGrowIsRejected() {
        rejected(
                "training.optimizer.decay.factor: expected a number above 0 and at most 1, found 2 (--set"
                        + " training.optimizer.decay={every: 10, factor: 2}).",
                "--set",
                "training.optimizer.decay={every: 10, factor: 2}");
    }

    @Test
    void folderThatIsNotThereIsRejected() {
        rejected(
                "data.dir: expected a folder, found nothing at %s.".formatted(data.resolve("none")),
                "--set",
                "data.dir=" + data.resolve("none"));
    }

    @Test
    void folderWithoutCifarIsRejectedWithWhatWasExpected() {
        rejected(
                ("data.dir: expected data_batch_1.bin to data_batch_5.bin and test_batch.bin in %s, found none; --set"
                                + " data.source=generated takes generated data.")
                        .formatted(data),
                "--set",
                "data.dir=" + data);
    }

    @Test
    void folderBesideGeneratedPicturesIsRejected() {
        rejected(
                "data.dir: expected none where source is generated, found somewhere (--set data.dir=somewhere).",
                "--set",
                "data.source=generated",
                "--set",
                "data.dir=somewhere");
    }

    @Test
    void truncatedFileIsRejectedWithItsRecordAndBothSizes() throws IOException {
        Path file = Files.write(data.resolve("data_batch_1.bin"), new byte[3073 * 5 + 17]);
        rejected(
                file + ": expected 30730000 bytes, 10000 records of 3073, found 15382: record 5 (the first is 0) has 17"
                        + " of 3073 bytes.",
                "--set",
                "data.dir=" + data);
    }

    @Test
    void mislabelledFileInTheArchivesFolderIsRejectedWithItsRecord() throws IOException {
        byte[] bytes = new byte[30_730_000];
        bytes[9_999 * 3073] = 10;
        Path file =
                Files.createDirectories(data.resolve("cifar-10-batches-bin")).resolve("data_batch_4.bin");
        Files.write(file, bytes);
        rejected(
                file + ": record 9999 (the first is 0): expected a label from 0 to 9, found 10.",
                "--config",
                "regression",
                "--set",
                "data.dir=" + data);
    }

    @Test
    void missingConfigurationIsRejectedWithThoseThereAre() {
        rejected(
                "--config nowhere/my.yaml: no such file, and no configuration of that name in configs/natural-images,"
                        + " expected a file or one of independent, non-plastic, paper, playground, quick, regression, released,"
                        + " reproduction, shared.",
                "--config",
                "nowhere/my.yaml");
    }
}
