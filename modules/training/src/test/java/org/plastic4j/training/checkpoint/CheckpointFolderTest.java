package org.plastic4j.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.training.RunFailure;
import org.plastic4j.training.UserError;
import org.plastic4j.training.run.AtomicFiles;
import org.plastic4j.training.run.Versions;

class CheckpointFolderTest {
    @TempDir
    private Path run;

    private static Checkpoint checkpoint(long step) {
        return checkpoint(step, Optional.empty());
    }

    private static Checkpoint checkpoint(long step, Optional<Checkpoint.Best> best) {
        return new Checkpoint(
                new Checkpoint.State(
                        new Checkpoint.Run("quadratic", Versions.plastic4j(), 7, "abc", Map.of("seed", "7")),
                        step,
                        4 * step,
                        4 * step,
                        0.1 * step,
                        new Checkpoint.Recent(3, List.of(0.1, 1e-300, Double.NaN)),
                        new Checkpoint.PendingRow(step, 1, Map.of("error", 1.0 / 3)),
                        best),
                Map.of("w", Nd4j.createFromArray((float) step, 2f)),
                Map.of("w.m", Nd4j.createFromArray(3f, 4f), "w.v", Nd4j.createFromArray(5f, 6f)));
    }

    private static Checkpoint best(long step) {
        return checkpoint(step, Optional.of(new Checkpoint.Best(4 * step, 0.5)));
    }

    private CheckpointFolder folder() {
        return new CheckpointFolder(run);
    }

    private String[] list(String name) {
        return run.resolve(name).toFile().list();
    }

    @Test
    void savedCheckpointLoadsAsTheSame() {
        folder().save(checkpoint(1));
        folder().save(best(2));

        assertThat(folder().load("quadratic")).isEqualTo(best(2));
        assertThat(list("checkpoint")).containsExactlyInAnyOrder("parameters.npz", "optimizer.npz", "state.json");
    }

    @Test
    void onlyTheNewestStayWhereNoMoreAreWanted() {
        folder().save(checkpoint(1));
        folder().save(checkpoint(2));

        assertThat(list("")).containsExactly("checkpoint");
    }

    @Test
    void theLastOnesAndTheBestStay() {
        CheckpointFolder three = new CheckpointFolder(run, 3);
        Optional<Checkpoint.Best> second = Optional.of(new Checkpoint.Best(8, 0.5));
        for (long step = 1; step <= 6; step++) {
            three.save(checkpoint(step, step == 1 ? Optional.empty() : second));
        }

        assertThat(list("checkpoints")).containsExactlyInAnyOrder("000016", "000020", "best");
        assertThat(three.load("quadratic").state().step()).isEqualTo(6);
        assertThat(three.loadBest("quadratic")).isEqualTo(checkpoint(2, second));
        assertThat(list("checkpoints/000020")).hasSize(3);
    }

    @Test
    void bestIsReplacedByABetterOne() {
        folder().save(best(1));
        folder().save(best(2));
        folder().save(checkpoint(3, best(2).state().best()));

        assertThat(folder().loadBest("quadratic")).isEqualTo(best(2));
        assertThat(list("checkpoints")).containsExactly("best");
    }

    @Test
    void missingBestIsRejected() {
        folder().save(checkpoint(1));

        assertThatThrownBy(() -> folder().loadBest("quadratic"))
                .isInstanceOf(UserError.class)
                .hasMessage(run.resolve("checkpoints/best") + ": there is no best checkpoint, expected one: a run has"
                        + " it from its first checkpoint with a full window of the primary metric on"
                        + " (training.checkpoints.best, training.stop.window)");
    }

    @Test
    void killWhileTheNewSetIsWrittenLeavesTheOldOne() throws Exception {
        folder().save(checkpoint(1));
        Files.createDirectory(run.resolve("checkpoint.new"));
        Files.writeString(run.resolve("checkpoint.new/parameters.npz"), "half");

        assertThat(folder().load("quadratic")).isEqualTo(checkpoint(1));
        folder().save(checkpoint(2));
        assertThat(folder().load("quadratic")).isEqualTo(checkpoint(2));
        assertThat(list("")).containsExactly("checkpoint");
    }

    @Test
    void killBetweenTheTwoMovesLeavesTheOldOne() throws Exception {
        CheckpointFolder two = new CheckpointFolder(run, 2);
        two.save(checkpoint(1));
        two.save(checkpoint(2));
        Files.move(run.resolve("checkpoint"), run.resolve("checkpoints/000008"));

        assertThat(folder().load("quadratic")).isEqualTo(checkpoint(2));
        folder().save(checkpoint(3));
        assertThat(folder().load("quadratic")).isEqualTo(checkpoint(3));
        assertThat(list("")).containsExactly("checkpoint");
    }

    @Test
    void killBeforeTheBestIsLinkedIsMadeGoodWhenTheRunGoesOn() throws Exception {
        folder().save(best(1));
        folder().save(checkpoint(2, Optional.of(new Checkpoint.Best(8, 0.4))));
        // As if the links were never made:
        for (String file : list("checkpoints/best")) {
            Files.delete(run.resolve("checkpoints/best").resolve(file));
        }
        Files.delete(run.resolve("checkpoints/best"));

        folder().settle(folder().load("quadratic").state());

        assertThat(folder().loadBest("quadratic").state().step()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"parameters.npz", "optimizer.npz", "state.json"})
    void fullDiskIsOneSentenceAndLeavesWhatWasThere(String fullAt) {
        new CheckpointFolder(run, 2).save(best(1));
        CheckpointFolder full = new CheckpointFolder(
                run,
                2,
                (file, content) -> AtomicFiles.writeSynced(file, out -> {
                    if (file.endsWith(fullAt)) {
                        out.write(new byte[100]);
                        throw new IOException("No space left on device");
                    }
                    content.writeTo(out);
                }));

        assertThatThrownBy(() -> full.save(best(2)))
                .isInstanceOf(RunFailure.class)
                .hasMessage("%s: the checkpoint cannot be written (No space left on device); the last good checkpoint"
                                .formatted(run.resolve("checkpoint"))
                        + " is " + run.resolve("checkpoint"));
        assertThat(list("")).containsExactlyInAnyOrder("checkpoint", "checkpoints");
        assertThat(folder().load("quadratic")).isEqualTo(best(1));
        assertThat(folder().loadBest("quadratic")).isEqualTo(best(1));
    }

    @Test
    void truncatedArraysAreRejected() throws Exception {
        folder().save(checkpoint(1));
        Path file = run.resolve("checkpoint/optimizer.npz");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));

        assertThatThrownBy(() -> folder().load("quadratic"))
                .isInstanceOf(UserError.class)
                .hasMessage(file + ": damaged, it is not the file that was written with state.json beside it");
    }

    @Test
    void foreignStateIsRejected() throws Exception {
        folder().save(checkpoint(1));
        Path file = run.resolve("checkpoint/state.json");
        String written = Files.readString(file);
        for (String text : new String[] {
            "",
            "{}",
            "null",
            "hello",
            "{\"format\": \"x\"}",
            written.substring(0, written.length() / 2),
            written.replace("\"dataPosition\"", "\"position\"")
        }) {
            Files.writeString(file, text);
            assertThatThrownBy(() -> folder().load("quadratic"))
                    .as(text)
                    .isInstanceOf(UserError.class)
                    .hasMessage(file + ": expected the state of a checkpoint, found something else");
        }
    }

    @Test
    void stateThatWasTamperedWithIsRejected() throws Exception {
        folder().save(checkpoint(1));
        Path file = run.resolve("checkpoint/state.json");
        Files.writeString(file, Files.readString(file).replace("\"dataPosition\" : 4", "\"dataPosition\" : 5"));

        assertThatThrownBy(() -> folder().load("quadratic"))
                .isInstanceOf(UserError.class)
                .hasMessage(file + ": damaged, it is not the state that was written");
    }

    @Test
    void checkpointOfAnotherFormatOrExperimentIsRejected() throws Exception {
        folder().save(checkpoint(1));
        assertThatThrownBy(() -> folder().load("maze"))
                .isInstanceOf(UserError.class)
                .hasMessage(run.resolve("checkpoint") + ": expected a checkpoint of maze, found one of quadratic");

        Path file = run.resolve("checkpoint/state.json");
        Files.writeString(file, Files.readString(file).replace("\"format\" : 2", "\"format\" : 1"));
        assertThatThrownBy(() -> folder().load("quadratic"))
                .isInstanceOf(UserError.class)
                .hasMessage(file + ": expected a checkpoint of format 2, found 1");
    }

    @Test
    void missingCheckpointIsRejected() {
        assertThatThrownBy(() -> folder().load("quadratic"))
                .isInstanceOf(UserError.class)
                .hasMessage(run.resolve("checkpoint/state.json")
                        + ": this part of a checkpoint cannot be read (NoSuchFileException)");
    }
}
