package org.plastic4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.training.trainer.Interrupt;

/** Two programs that are given the same folder: one has it, and the other is rejected before it changes anything. */
class SameFolderTest {
    @TempDir
    private Path folder;

    private final List<String> rejections = new ArrayList<>();

    private int launch(Quadratic experiment, String... arguments) {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = new Launcher(new Interrupt())
                .launch(
                        arguments,
                        experiment,
                        new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        if (err.size() > 0) {
            rejections.add(err.toString(StandardCharsets.UTF_8));
        }
        return code;
    }

    private String[] arguments(int lifetimes) {
        return new String[] {
            "--out",
            folder.resolve("run").toString(),
            "--set",
            "training.maxLifetimes=" + lifetimes,
            "--set",
            "training.stop=null"
        };
    }

    @Test
    void secondRunIntoAFolderIsRejectedWhileTheFirstOneOpensItsDataAndTheFirstOneStaysWhole() throws Exception {
        List<Integer> codes = new ArrayList<>();
        Quadratic first = new Quadratic(step -> {}, seed -> codes.add(launch(new Quadratic(), arguments(7))));

        codes.add(launch(first, arguments(20)));

        assertThat(codes).containsExactly(Launcher.USAGE_ERROR, Launcher.OK);
        assertThat(rejections)
                .containsExactly("--out %s: already holds a run (metrics.csv), expected a new or empty folder.%n"
                        .formatted(folder.resolve("run")));
        assertThat(folder.resolve("run/config.yaml")).content().contains("maxLifetimes: 20");
        String run = folder.resolve("run").toString();
        assertThat(launch(new Quadratic(), "eval", "--run", run, "--lifetimes", "3"))
                .isEqualTo(Launcher.OK);
        assertThat(launch(new Quadratic(), "--resume", run, "--set", "training.maxLifetimes=30"))
                .isEqualTo(Launcher.OK);
        assertThat(rejections).hasSize(1);
    }

    @Test
    void runThatIsResumedTwiceAtOnceIsRejectedOnceAndStaysWhole() throws Exception {
        String run = folder.resolve("run").toString();
        launch(new Quadratic(), arguments(20));
        List<Integer> codes = new ArrayList<>();
        Quadratic first = new Quadratic(
                step -> {},
                seed -> codes.add(launch(new Quadratic(), "--resume", run, "--set", "training.maxLifetimes=40")));

        codes.add(launch(first, "--resume", run, "--set", "training.maxLifetimes=30"));

        assertThat(codes).containsExactly(Launcher.USAGE_ERROR, Launcher.OK);
        assertThat(rejections).singleElement().asString().contains("another process is writing it");
        assertThat(folder.resolve("run/config.yaml")).content().contains("maxLifetimes: 30");
    }

    @Test
    void folderOfARunThatCouldNotBeOpenedIsFreeAgain() {
        Quadratic failing = new Quadratic(step -> {}, seed -> {
            throw new IllegalStateException("no data");
        });

        assertThat(launch(failing, arguments(20))).isEqualTo(Launcher.FAILURE);

        assertThat(launch(new Quadratic(), arguments(20))).isEqualTo(Launcher.OK);
    }

    @Test
    void sweepBeginsASeedAnewThatWasKilledBeforeItsFirstCheckpoint() throws Exception {
        Path seed = Files.createDirectories(folder.resolve("sweep/seed-1"));
        for (String left : List.of("config.yaml", "run.json", "metrics.csv", "metrics.jsonl", "times.csv")) {
            Files.createFile(seed.resolve(left));
        }
        String[] sweep = {
            "--out",
            folder.resolve("sweep").toString(),
            "--seeds",
            "1",
            "--set",
            "training.maxLifetimes=5",
            "--set",
            "training.stop=null"
        };

        assertThat(launch(new Quadratic(), sweep)).isEqualTo(Launcher.OK);
        assertThat(rejections).isEmpty();
        assertThat(seed.resolve("checkpoint/state.json")).isNotEmptyFile();
    }
}
