package org.plastic4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.training.metric.MetricTable;
import org.plastic4j.training.trainer.Experiment;
import org.plastic4j.training.trainer.Interrupt;

@Tag("slow")
class SeedSweepTest {
    /** Has no network for seed 1. */
    static final class Failing extends Quadratic {
        Failing() {
            super(step -> {}, seed -> {
                if (seed == 1) {
                    throw new IllegalStateException("no network");
                }
            });
        }
    }

    /** Takes its time. */
    static final class Slow extends Quadratic {
        Slow() {
            super(step -> {
                try {
                    Thread.sleep(20);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
        }
    }

    private final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private int launch(Experiment<?> experiment, Interrupt interrupt, Path out, String... more) {
        outBytes.reset();
        errBytes.reset();
        List<String> arguments = new ArrayList<>(List.of(
                "--set=training.stop=null", "--set", "training.logEvery=5", "--threads", "2", "--out", out.toString()));
        arguments.addAll(List.of(more));
        return new Launcher(interrupt)
                .launch(
                        arguments.toArray(String[]::new),
                        experiment,
                        new PrintStream(outBytes, true, StandardCharsets.UTF_8),
                        new PrintStream(errBytes, true, StandardCharsets.UTF_8));
    }

    private String out() {
        return outBytes.toString(StandardCharsets.UTF_8);
    }

    private String err() {
        return errBytes.toString(StandardCharsets.UTF_8);
    }

    private Path sweep() {
        return folder.resolve("sweep");
    }

    @Test
    @Timeout(120)
    void seedsRunInFoldersOfTheirOwnAndAreTakenTogether() throws Exception {
        int code = launch(
                new Quadratic(),
                new Interrupt(),
                sweep(),
                "--seeds",
                "3-4",
                "--jobs",
                "2",
                "--set",
                "training.maxLifetimes=20");

        assertThat(err()).isEmpty();
        assertThat(code).isZero();
        assertThat(out())
                .contains("seed 4: Stopped after 20 lifetimes")
                .endsWith("All 2 seeds finished. Directory: " + sweep() + System.lineSeparator());
        Path alone = folder.resolve("alone");
        launch(new Quadratic(), new Interrupt(), alone, "--seed", "4", "--set", "training.maxLifetimes=20");
        assertThat(sweep().resolve("seed-4/metrics.csv")).hasSameTextualContentAs(alone.resolve("metrics.csv"));

        MetricTable aggregate = MetricTable.read(sweep().resolve("aggregate.csv"));
        assertThat(aggregate.names()).containsExactly("lifetimes", "n", "mean", "median", "q25", "q75", "min", "max");
        assertThat(aggregate.column("lifetimes")).containsExactly(5, 10, 15, 20);
        assertThat(aggregate.column("n")).containsOnly(2);
        double sum = 0;
        for (int seed = 3; seed <= 4; seed++) {
            sum += MetricTable.read(sweep().resolve("seed-" + seed + "/metrics.csv"))
                    .column("error")[3];
        }
        assertThat(aggregate.column("mean")[3]).isCloseTo(sum / 2, org.assertj.core.api.Assertions.within(1e-15));
        assertThat(sweep().resolve("aggregate.png")).isNotEmptyFile();

        assertThat(launch(
                        new Quadratic(),
                        new Interrupt(),
                        sweep(),
                        "--seeds",
                        "3-4",
                        "--set",
                        "training.maxLifetimes=20"))
                .isZero();
        assertThat(out())
                .startsWith("2 of 2 seeds are finished already in " + sweep())
                .doesNotContain("seed 4:");

        assertThat(launch(new Quadratic(), new Interrupt(), sweep(), "--seeds", "3-4", "--set", "training.batch=2"))
                .isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err())
                .startsWith("training.batch: expected 1, as in ")
                .contains(", found 2")
                .hasLineCount(1);
    }

    @Test
    @Timeout(120)
    void failedSeedDoesNotTakeTheOthersWithIt() {
        int code = launch(
                new Failing(),
                new Interrupt(),
                sweep(),
                "--seeds",
                "1,2",
                "--jobs",
                "2",
                "--set",
                "training.maxLifetimes=10");

        assertThat(code).isEqualTo(Launcher.FAILURE);
        assertThat(err())
                .isEqualTo("1 of 2 seeds failed (seed 1 with exit code 1): %s says why, and the others are kept.%n"
                        .formatted(sweep().resolve("seed-1.out")));
        assertThat(sweep().resolve("seed-1.out")).content().contains("no network");
        assertThat(MetricTable.read(sweep().resolve("aggregate.csv")).column("n"))
                .containsOnly(1);
    }

    @Test
    void usageErrorIsRejectedBeforeAnySeedIsRun() {
        assertThat(launch(new Quadratic(), new Interrupt(), sweep(), "--seeds", "0-2", "--set", "task.start=0"))
                .isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err()).isEqualTo("task.start: expected a positive number, found 0 (--set task.start=0).\n");
        assertThat(sweep()).doesNotExist();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    @Timeout(120)
    void interruptStopsAllWithCheckpointsAndTheSameCommandGoesOn() throws Exception {
        Interrupt interrupt = new Interrupt();
        Thread user = new Thread(() -> {
            try {
                while (!Files.exists(sweep().resolve("seed-0/metrics.csv"))
                        || Files.size(sweep().resolve("seed-0/metrics.csv")) < 100) {
                    Thread.sleep(20);
                }
                interrupt.request();
            } catch (Exception e) {
                Thread.currentThread().interrupt();
            }
        });
        user.start();
        String[] more = {"--seeds", "0,1", "--set", "training.maxLifetimes=150", "--config", "quick"};

        assertThat(launch(new Slow(), interrupt, sweep(), more)).isEqualTo(Launcher.INTERRUPTED);
        user.join();
        assertThat(err())
                .startsWith("Interrupted; ")
                .contains("--out " + sweep() + " resumes it")
                .hasLineCount(1);
        assertThat(sweep().resolve("seed-0.out")).content().contains("checkpoint saved in");
        assertThat(sweep().resolve("seed-1")).doesNotExist();

        assertThat(launch(new Quadratic(), new Interrupt(), sweep(), more))
                .as(err())
                .isZero();
        Path alone = folder.resolve("alone");
        launch(new Quadratic(), new Interrupt(), alone, "--seed", "0", "--set", "training.maxLifetimes=150");
        assertThat(sweep().resolve("seed-0/metrics.csv")).hasSameTextualContentAs(alone.resolve("metrics.csv"));
    }
}
