package org.plastic4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.plastic4j.training.checkpoint.CheckpointFolder;
import org.plastic4j.training.metric.MetricTable;
import org.plastic4j.training.trainer.Interrupt;

@Tag("slow")
class ResumeTest extends ResumeCase {
    @Test
    void resumedRunLeavesTheFilesOfAnUninterruptedOne() throws Exception {
        Path whole = folder.resolve("whole");
        launch(arguments(whole));
        interrupted(23);

        assertThat(launch("--resume", run().toString())).as(err()).isZero();

        sameAs(whole);
        JsonNode facts = new ObjectMapper().readTree(run().resolve("run.json").toFile());
        assertThat(facts.at("/outcome").asText()).isEqualTo("max-lifetimes");
        assertThat(facts.at("/arguments/0").asText()).isEqualTo("--set");
        assertThat(facts.at("/resumptions/0/lifetimes").asLong()).isEqualTo(69);
        assertThat(facts.at("/resumptions/0/arguments/0").asText()).isEqualTo("--resume");
        assertThat(out()).contains("Stopped after 201 lifetimes");
    }

    @Test
    void timesOfAResumedRunGoOnWhereTheyWere() throws Exception {
        interrupted(23);
        double before = new ObjectMapper()
                .readTree(run().resolve("run.json").toFile())
                .at("/seconds")
                .asDouble();
        int rows = MetricTable.read(run().resolve("times.csv")).rows().size();
        Thread.sleep(50);

        assertThat(launch("--resume", run().toString())).as(err()).isZero();

        MetricTable times = MetricTable.read(run().resolve("times.csv"));
        assertThat(times.names()).containsExactly("lifetimes", "seconds");
        assertThat(times.column("lifetimes"))
                .isEqualTo(MetricTable.read(run().resolve("metrics.csv")).column("lifetimes"));
        double[] seconds = times.column("seconds");
        assertThat(seconds).isSorted();
        assertThat(rows).isLessThan(seconds.length);
        // Not the time between the parts: the second one begins at the first one's end.
        assertThat(seconds[seconds.length - 1]).isGreaterThan(before);
        assertThat(seconds[0]).isLessThanOrEqualTo(before);
    }

    @Test
    void rowsThatAKillLeftAfterTheCheckpointAreWrittenAgain() throws Exception {
        Path whole = folder.resolve("whole");
        launch(arguments(whole));
        interrupted(30);
        Files.writeString(run().resolve("metrics.csv"), "99,7,7,7\n108,7,", java.nio.file.StandardOpenOption.APPEND);

        assertThat(launch("--resume", run().toString())).isZero();

        sameAs(whole);
    }

    @Test
    void runMayBecomeLonger() throws Exception {
        Path whole = folder.resolve("whole");
        launch(arguments(whole, "--set", "training.maxLifetimes=400"));
        launch(arguments(run()));

        assertThat(launch("--resume", run().toString(), "--set", "training.maxLifetimes=400"))
                .as(err())
                .isZero();

        sameAs(whole);
    }

    @Test
    void finishedRunIsSaidToBeFinished() {
        launch(arguments(run()));

        assertThat(launch("--resume", run().toString())).isZero();
        assertThat(err()).isEmpty();
        assertThat(out())
                .isEqualTo(run() + ": this run is finished (max-lifetimes after 201 lifetimes);"
                        + " --set training.maxLifetimes=N makes it longer.\n");
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void fullDiskIsOneSentenceAndTheRunGoesOnWhenThereIsRoomAgain() throws Exception {
        Path disk = Files.createDirectory(folder.resolve("disk"));
        assumeTrue(mount("mount", "-t", "tmpfs", "-o", "size=200k", "none", disk.toString()), "may mount a tmpfs");
        try {
            Path run = disk.resolve("run");
            Path ballast = disk.resolve("ballast");
            int code = launch(
                    new Quadratic(step -> {
                        if (step == 15) {
                            fill(ballast);
                        }
                    }),
                    new Interrupt(),
                    "--config",
                    "long",
                    "--set",
                    "training.logEvery=1000",
                    "--set",
                    "training.checkpoints.every=10",
                    "--out",
                    run.toString());

            assertThat(code).isEqualTo(Launcher.FAILURE);
            assertThat(err())
                    .isEqualTo("%1$s: the checkpoint cannot be written (No space left on device); the last good"
                                    .formatted(run.resolve("checkpoint"))
                            + " checkpoint is %s; see %s.%n"
                                    .formatted(run.resolve("checkpoint"), run.resolve("run.log")));
            assertThat(run.resolve("config.yaml")).isNotEmptyFile();
            assertThat(new CheckpointFolder(run).load("quadratic").state().lifetimes())
                    .isEqualTo(10);

            Files.delete(ballast);
            Interrupt interrupt = new Interrupt();
            Quadratic stopping = new Quadratic(step -> {
                if (step == 20) {
                    interrupt.request();
                }
            });
            assertThat(launch(stopping, interrupt, "--resume", run.toString())).isEqualTo(Launcher.INTERRUPTED);
            assertThat(new CheckpointFolder(run).load("quadratic").state().lifetimes())
                    .isEqualTo(30);
        } finally {
            mount("umount", disk.toString());
        }
    }

    private static boolean mount(String... command) throws Exception {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (java.io.IOException e) {
            return false;
        }
    }

    private static void fill(Path file) {
        try (var out = Files.newOutputStream(file)) {
            while (true) {
                out.write(new byte[1024]);
            }
        } catch (java.io.IOException e) {
            // Full.
        }
    }

    @Test
    void rowCountStaysThatOfTheRun() {
        interrupted(30);
        launch("--resume", run().toString());

        double[] lifetimes = MetricTable.read(run().resolve("metrics.csv")).column("lifetimes");
        assertThat(lifetimes).isSorted().doesNotHaveDuplicates();
    }

    /** What editors and spreadsheets make of a file of metrics; rows stand at 3, 9, 18 and so on. */
}
