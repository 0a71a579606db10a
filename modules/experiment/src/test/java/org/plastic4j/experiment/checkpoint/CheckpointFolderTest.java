package org.plastic4j.experiment.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.experiment.UserError;

class CheckpointFolderTest {
    @TempDir
    private Path run;

    private static Checkpoint checkpoint(long step) {
        return new Checkpoint(
                new Checkpoint.State("quadratic", step, 4 * step, 7, 4 * step, "abc"),
                Map.of("w", Nd4j.createFromArray((float) step, 2f)),
                Map.of("w.m", Nd4j.createFromArray(3f, 4f), "w.v", Nd4j.createFromArray(5f, 6f)));
    }

    private CheckpointFolder folder() {
        return new CheckpointFolder(run);
    }

    @Test
    void savedCheckpointLoadsAsTheSame() {
        folder().save(checkpoint(1));
        folder().save(checkpoint(2));

        assertThat(folder().load("quadratic")).isEqualTo(checkpoint(2));
        assertThat(run).isDirectoryContaining("glob:**/checkpoint");
        assertThat(run.toFile().list()).containsExactly("checkpoint");
        assertThat(run.resolve("checkpoint").toFile().list())
                .containsExactlyInAnyOrder("parameters.npz", "optimizer.npz", "state.json");
    }

    @Test
    void killWhileTheNewSetIsWrittenLeavesTheOldOne() throws Exception {
        folder().save(checkpoint(1));
        Files.createDirectory(run.resolve("checkpoint.new"));
        Files.writeString(run.resolve("checkpoint.new/parameters.npz"), "half");

        assertThat(folder().load("quadratic")).isEqualTo(checkpoint(1));
        folder().save(checkpoint(2));
        assertThat(folder().load("quadratic")).isEqualTo(checkpoint(2));
    }

    @Test
    void killBetweenTheTwoMovesLeavesTheOldOne() throws Exception {
        folder().save(checkpoint(1));
        Files.move(run.resolve("checkpoint"), run.resolve("checkpoint.old"));

        assertThat(folder().load("quadratic")).isEqualTo(checkpoint(1));
        folder().save(checkpoint(2));
        assertThat(folder().load("quadratic")).isEqualTo(checkpoint(2));
        assertThat(run.toFile().list()).containsExactly("checkpoint");
    }

    @Test
    void truncatedArraysAreRefused() throws Exception {
        folder().save(checkpoint(1));
        Path file = run.resolve("checkpoint/optimizer.npz");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));

        assertThatThrownBy(() -> folder().load("quadratic"))
                .isInstanceOf(UserError.class)
                .hasMessage(file + ": damaged, it is not the file that was written with state.json beside it");
    }

    @Test
    void foreignStateIsRefused() throws Exception {
        folder().save(checkpoint(1));
        Path file = run.resolve("checkpoint/state.json");
        for (String text : new String[] {"", "{}", "null", "hello", "{\"format\": \"x\"}"}) {
            Files.writeString(file, text);
            assertThatThrownBy(() -> folder().load("quadratic"))
                    .as(text)
                    .isInstanceOf(UserError.class)
                    .hasMessage(file + ": expected the state of a checkpoint, found something else");
        }
    }

    @Test
    void checkpointOfAnotherFormatOrExperimentIsRefused() throws Exception {
        folder().save(checkpoint(1));
        assertThatThrownBy(() -> folder().load("maze"))
                .isInstanceOf(UserError.class)
                .hasMessage(run.resolve("checkpoint") + ": expected a checkpoint of maze, found one of quadratic");

        Path file = run.resolve("checkpoint/state.json");
        Files.writeString(file, Files.readString(file).replace("\"format\" : 1", "\"format\" : 2"));
        assertThatThrownBy(() -> folder().load("quadratic"))
                .isInstanceOf(UserError.class)
                .hasMessage(file + ": expected a checkpoint of format 1, found 2");
    }

    @Test
    void missingCheckpointIsRefused() {
        assertThatThrownBy(() -> folder().load("quadratic"))
                .isInstanceOf(UserError.class)
                .hasMessage(run.resolve("checkpoint/state.json")
                        + ": this part of a checkpoint cannot be read (NoSuchFileException)");
    }
}
