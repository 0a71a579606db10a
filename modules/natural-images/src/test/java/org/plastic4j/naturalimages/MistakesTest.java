package org.plastic4j.naturalimages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.cli.Launcher;
import org.plastic4j.testing.Launched;

/** A user's mistake gets one sentence and exit code 2, and leaves nothing behind. */
class MistakesTest {
    @TempDir
    private Path folder;

    @TempDir
    private Path data;

    private void refused(String sentence, String... options) {
        Launched run = ThisExperiment.LAUNCHER.run(folder.resolve("runs").resolve("mine"), options);

        assertThat(run.err()).isEqualTo(sentence + System.lineSeparator());
        assertThat(run.out()).isEmpty();
        assertThat(run.code()).isEqualTo(Launcher.MISTAKE);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void sideThatPicturesCannotBeAveragedToIsRefused() {
        refused(
                "task.side: expected an even number of pixels that divides 32, found 12 (--set task.side=12).",
                "--set",
                "task.side=12");
        refused(
                "task.side: expected an even number of pixels that divides 32, found 64 (--set task.side=64).",
                "--set",
                "task.side=64");
    }

    @Test
    void numberOfPicturesOutsideTheRangeIsRefused() {
        refused(
                "task.pictures: expected an integer from 1 to 100, found 0 (--set task.pictures=0).",
                "--set",
                "task.pictures=0");
    }

    @Test
    void unknownSettingIsRefusedWithTheNearestKnownOne() {
        refused(
                "data.folder: unknown setting, known here: source, dir (--set data.folder=x).",
                "--set",
                "data.folder=x");
        refused(
                "task.cycle: unknown setting, did you mean task.cycles? (--set task.cycle=2).",
                "--set",
                "task.cycle=2");
    }

    @Test
    void learningRateThatWouldGrowIsRefused() {
        refused(
                "training.optimizer.decay.factor: expected a number above 0 and at most 1, found 2 (--set"
                        + " training.optimizer.decay={every: 10, factor: 2}).",
                "--set",
                "training.optimizer.decay={every: 10, factor: 2}");
    }

    @Test
    void folderThatIsNotThereIsRefused() {
        refused(
                "data.dir: expected a folder, found nothing at %s.".formatted(data.resolve("none")),
                "--set",
                "data.dir=" + data.resolve("none"));
    }

    @Test
    void folderWithoutCifarIsRefusedWithWhatWasExpected() {
        refused(
                ("data.dir: expected data_batch_1.bin to data_batch_5.bin and test_batch.bin in %s, found none; --set"
                                + " data.source=generated takes generated data.")
                        .formatted(data),
                "--set",
                "data.dir=" + data);
    }

    @Test
    void folderBesideGeneratedPicturesIsRefused() {
        refused(
                "data.dir: expected none where source is generated, found somewhere (--set data.dir=somewhere).",
                "--set",
                "data.source=generated",
                "--set",
                "data.dir=somewhere");
    }

    @Test
    void truncatedFileIsRefusedWithItsRecordAndBothSizes() throws IOException {
        Path file = Files.write(data.resolve("data_batch_1.bin"), new byte[3073 * 5 + 17]);
        refused(
                file + ": expected 30730000 bytes, 10000 records of 3073, found 15382: record 5 (the first is 0) has 17"
                        + " of 3073 bytes.",
                "--set",
                "data.dir=" + data);
    }

    @Test
    void mislabelledFileInTheArchivesFolderIsRefusedWithItsRecord() throws IOException {
        byte[] bytes = new byte[30_730_000];
        bytes[9_999 * 3073] = 10;
        Path file =
                Files.createDirectories(data.resolve("cifar-10-batches-bin")).resolve("data_batch_4.bin");
        Files.write(file, bytes);
        refused(
                file + ": record 9999 (the first is 0): expected a label from 0 to 9, found 10.",
                "--config",
                "regression",
                "--set",
                "data.dir=" + data);
    }

    @Test
    void missingConfigurationIsRefusedWithThoseThereAre() {
        refused(
                "--config nowhere/my.yaml: no such file, and no configuration of that name in configs/natural-images,"
                        + " expected a file or one of independent, non-plastic, paper, quick, regression, released,"
                        + " reproduction, shared.",
                "--config",
                "nowhere/my.yaml");
    }
}
