package org.plastic4j.binarypatterns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.cli.Launcher;
import org.plastic4j.training.checkpoint.CheckpointFolder;

/** The program in a process of its own, where native libraries can talk past System.out and exit codes are real. */
class ProcessTest {
    private static final String INCUBATING = "WARNING: Using incubator modules: jdk.incubator.vector\n";

    @TempDir
    private Path folder;

    private Process start(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName(),
                "--config",
                "regression",
                "--quiet",
                "--set",
                "task.patterns=1"));
        if (Runtime.version().feature() >= 23) {
            // As scripts/run does: newer JVMs warn of what ND4J's libraries do.
            command.addAll(1, List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        command.addAll(List.of(options));
        return new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(file("out"))
                .redirectError(file("err"))
                .start();
    }

    private File file(String name) {
        return folder.resolve(name).toFile();
    }

    private static int end(Process process) throws InterruptedException {
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ended in time").isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private String text(String name) throws IOException {
        return Files.readString(folder.resolve(name)).replace("\r\n", "\n");
    }

    @Test
    void userSeesNothingOfTheLibraries() throws Exception {
        Process process = start("--set", "training.maxLifetimes=2");

        assertThat(end(process)).isEqualTo(Launcher.OK);
        assertThat(text("out"))
                .matches("(\\d+/2 lifetimes, .*\\R)*" + "Stopped after 2 lifetimes \\(.* s\\) with mean error"
                        + " \\d+\\.\\d\\d% over the last 2 lifetimes\\."
                        + " Run directory: runs.binary-patterns.[\\d-]+-s0\n");
        // This line is the JVM's own, which says it before any of our code runs.
        assertThat(text("err")).isEqualTo(INCUBATING);
    }

    @Test
    void usageErrorEndsTheProcessWithTwo() throws Exception {
        Process process = start("--set", "task.bits=0");

        assertThat(end(process)).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(text("out")).isEmpty();
        assertThat(text("err"))
                .isEqualTo(INCUBATING + "task.bits: expected a positive integer, found 0 (--set task.bits=0).\n");
        assertThat(folder.resolve("runs")).doesNotExist();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void killSavesTheCheckpointAndEndsTheProcessWith130() throws Exception {
        Process process = start("--set", "training.maxLifetimes=1000000", "--out", "run");
        Path metrics = folder.resolve("run").resolve("metrics.csv");
        while (process.isAlive() && !(Files.exists(metrics) && Files.size(metrics) > 100)) {
            Thread.sleep(50);
        }
        process.destroy();

        assertThat(end(process)).isEqualTo(Launcher.INTERRUPTED);
        assertThat(text("err"))
                .matches(INCUBATING + "Interrupted after \\d+ lifetimes? .*: checkpoint saved in run/checkpoint\\.\n");
        assertThat(new CheckpointFolder(folder.resolve("run"))
                        .load("binary-patterns")
                        .parameters())
                .containsOnlyKeys("w", "alpha", "eta");
    }
}
