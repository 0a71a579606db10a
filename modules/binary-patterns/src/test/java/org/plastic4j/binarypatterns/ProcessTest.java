package org.plastic4j.binarypatterns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.plastic4j.testing.ExperimentProcess.INCUBATING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.cli.Launcher;
import org.plastic4j.testing.ExperimentProcess;
import org.plastic4j.training.checkpoint.CheckpointFolder;

/** The program in a process of its own, where native libraries can talk past System.out and exit codes are real. */
@Tag("slow")
class ProcessTest {
    @TempDir
    private Path folder;

    private ExperimentProcess start(String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("--config", "regression", "--quiet", "--set", "task.patterns=1"));
        all.addAll(List.of(options));
        return ExperimentProcess.start(Main.class, folder, Map.of(), all);
    }

    @Test
    void userSeesNothingOfTheLibraries() throws Exception {
        ExperimentProcess process = start("--set", "training.maxLifetimes=2");

        assertThat(process.exitCode()).isEqualTo(Launcher.OK);
        assertThat(process.text("out"))
                .matches("(\\d+/2 lifetimes, .*\\R)*" + "Stopped after 2 lifetimes \\(.* s\\) with mean error"
                        + " \\d+\\.\\d\\d% over the last 2 lifetimes; \\d+\\.\\d\\d% on 20 held-out lifetimes\\."
                        + " Run directory: runs.binary-patterns.[\\d-]+-s0\n");
        // This line is the JVM's own, which says it before any of our code runs.
        assertThat(process.text("err")).isEqualTo(INCUBATING);
    }

    @Test
    void usageErrorEndsTheProcessWithTwo() throws Exception {
        ExperimentProcess process = start("--set", "task.bits=0");

        assertThat(process.exitCode()).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(process.text("out")).isEmpty();
        assertThat(process.text("err"))
                .isEqualTo(INCUBATING + "task.bits: expected a positive integer, found 0 (--set task.bits=0).\n");
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void killSavesTheCheckpointAndEndsTheProcessWith130() throws Exception {
        ExperimentProcess process = start("--set", "training.maxLifetimes=1000000", "--out", "run");
        Path metrics = folder.resolve("run").resolve("metrics.csv");
        while (process.process().isAlive() && !(Files.exists(metrics) && Files.size(metrics) > 100)) {
            Thread.sleep(50);
        }
        process.process().destroy();

        assertThat(process.exitCode()).isEqualTo(Launcher.INTERRUPTED);
        assertThat(process.text("err"))
                .matches(INCUBATING + "Interrupted after \\d+ lifetimes? .*: checkpoint saved in run/checkpoint\\."
                        + " To go on: scripts/run binary-patterns --resume run\n");
        assertThat(new CheckpointFolder(folder.resolve("run"))
                        .load("binary-patterns")
                        .parameters())
                .containsOnlyKeys("w", "alpha", "eta");
    }
}
