package org.plastic4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.training.checkpoint.CheckpointFolder;
import org.plastic4j.training.trainer.Interrupt;

@Tag("slow")
class InterruptHookTest {
    /** A whole program, in a process of its own. */
    static final class Main {
        private Main() {}

        public static void main(String[] arguments) {
            Launcher.main(arguments, new Quadratic());
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    @Timeout(60)
    void politeKillSavesTheCheckpointAndExitsWith130(@TempDir Path folder) throws Exception {
        Path run = folder.resolve("run");
        Path output = folder.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "--config",
                        "long",
                        "--out",
                        run.toString())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(output.toFile()))
                .start();
        try {
            while (process.isAlive() && !hasRows(run.resolve("metrics.csv"))) {
                Thread.sleep(50);
            }
            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();

            assertThat(process.exitValue()).as(Files.readString(output)).isEqualTo(Launcher.INTERRUPTED);
            assertThat(output).content().contains("checkpoint saved in " + run.resolve("checkpoint"));
            assertThat(run.resolve("loss.png")).isNotEmptyFile();
            assertThat(new CheckpointFolder(run).load("quadratic").state().step())
                    .isPositive();
        } finally {
            process.destroyForcibly();
        }
    }

    /** A program whose step goes on for a while after it was asked to stop, as on a machine with much other work. */
    static final class SlowStep {
        private SlowStep() {}

        public static void main(String[] arguments) throws InterruptedException {
            Interrupt interrupt = new Interrupt();
            InterruptHook hook = InterruptHook.install(interrupt, Duration.ofMillis(50), System.out);
            System.out.println("in its step");
            interrupt.whenRequested().join();
            Thread.sleep(2_000);
            System.out.println("saved");
            hook.finished(Launcher.OK);
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    @Timeout(60)
    void aStepThatTakesLongIsWaitedForAndTheUserHearsOfIt() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        SlowStep.class.getName())
                .redirectErrorStream(true)
                .start();
        try (BufferedReader output = process.inputReader()) {
            assertThat(output.readLine()).isEqualTo("in its step");
            // Unlike the process's own method, this one leaves its output open.
            process.toHandle().destroy();
            assertThat(output.readLine())
                    .isEqualTo(
                            "The run ends when its current step has, with a checkpoint; kill -9 %d ends it now, at the checkpoint before.",
                            process.pid());
            assertThat(output.readLine()).isEqualTo("saved");
            assertThat(process.waitFor()).isEqualTo(Launcher.INTERRUPTED);
        } finally {
            process.destroyForcibly();
        }
    }

    private static boolean hasRows(Path csv) throws Exception {
        return Files.exists(csv) && Files.readAllLines(csv).size() > 5;
    }
}
