package org.plastic4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.training.trainer.Interrupt;

@Tag("slow")
class SearchTest {
    private final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    /** The children of a seed sweep are started by their class's name, so it has one. */
    public static final class Searched extends Quadratic {
        @Override
        public String defaultsResource() {
            return "quadratic/evaluated.yaml";
        }

        @Override
        public Optional<String> searchResource() {
            return Optional.of("quadratic/search.yaml");
        }
    }

    private int launch(Quadratic experiment, String... arguments) {
        outBytes.reset();
        errBytes.reset();
        List<String> all = new ArrayList<>(List.of("search"));
        all.addAll(List.of(arguments));
        return new Launcher(new Interrupt())
                .launch(
                        all.toArray(String[]::new),
                        experiment,
                        new PrintStream(outBytes, true, StandardCharsets.UTF_8),
                        new PrintStream(errBytes, true, StandardCharsets.UTF_8));
    }

    private String err() {
        return errBytes.toString(StandardCharsets.UTF_8);
    }

    private String page() throws IOException {
        return Files.readString(folder.resolve("runs/results.md"));
    }

    @Test
    @Timeout(120)
    void everyValueIsTriedWithEveryConfigurationAndTheBestIsBold() throws Exception {
        Path runs = folder.resolve("runs");

        assertThat(launch(new Searched(), "--out", runs.toString(), "--threads", "1"))
                .as(err())
                .isZero();

        String page = page();
        assertThat(page)
                .startsWith("# Results\n")
                .contains(
                        "<!-- search:quadratic:begin -->\n## Where a quadratic starts\n\n| `task.start` | quick | long |\n")
                .contains(
                        "seed 5 and `training.maxLifetimes=40`, `training.stop=null`.\n\nRuns: ",
                        " processors (1 thread, cpu), ")
                .doesNotContain(folder.toString());
        // Settings are not chosen by the test lifetimes, on which every run is evaluated elsewhere.
        assertThat(runs.resolve("quick/2/seed-5/eval-validation.json")).exists();
        assertThat(runs.resolve("quick/2/seed-5/eval-test.json")).doesNotExist();
        // The nearer it starts to zero, the nearer it ends.
        assertThat(page.lines().filter(line -> line.startsWith("| 0.5 | ")))
                .singleElement()
                .asString()
                .matches(
                        "\\| 0\\.5 \\| \\*\\*[\\d.]+\\*\\*, -?[\\d.]+%, 40 in \\d+ s \\| \\*\\*[\\d.]+\\*\\*, -?[\\d.]+%, .* \\|");
        assertThat(page.lines().filter(line -> line.startsWith("| 2 | ")))
                .singleElement()
                .asString()
                .doesNotContain("**");

        Files.delete(runs.resolve("quick/2/seed-5/run.json"));
        Files.delete(folder.resolve("runs/results.md"));
        assertThat(launch(new Searched(), "--from", runs.toString())).as(err()).isZero();
        assertThat(page()).contains("| 2 | not run | ");
    }

    @Test
    @Timeout(120)
    void someOfItsConfigurationsAreSearchedAlone() throws Exception {
        Path runs = folder.resolve("runs");

        assertThat(launch(new Searched(), "--out", runs.toString(), "--threads", "1", "--configs", "long"))
                .as(err())
                .isZero();

        assertThat(runs.resolve("quick")).doesNotExist();
        assertThat(page())
                .contains("**A rehearsal, not the published runs:** no run of quick.")
                .contains("Again: `scripts/search quadratic --configs long`.");
        assertThat(page().lines().filter(line -> line.startsWith("| 2 | ")))
                .singleElement()
                .asString()
                .matches("\\| 2 \\| not run \\| [\\d.]+, .* \\|");
    }

    @Test
    @Timeout(120)
    void pageSaysTheSettingsThatTheRunsHad() throws Exception {
        Path runs = folder.resolve("runs");

        assertThat(launch(
                        new Searched(),
                        "--out",
                        runs.toString(),
                        "--threads",
                        "1",
                        "--configs",
                        "quick",
                        "--set",
                        "training.maxLifetimes=30"))
                .as(err())
                .isZero();

        assertThat(page())
                .contains("`training.maxLifetimes=30` instead of 40 (quick)")
                .contains("seed 5 and `training.maxLifetimes=30`, `training.stop=null`.")
                .contains("Again: `scripts/search quadratic --configs quick --set training.maxLifetimes=30`.");
        assertThat(launch(
                        new Searched(),
                        "--from",
                        runs.toString(),
                        "--docs",
                        folder.resolve("docs").toString()))
                .isEqualTo(Launcher.USAGE_ERROR);
        assertThat(folder.resolve("docs")).doesNotExist();
    }

    @Test
    @Timeout(120)
    void anySettingAndValuesOfAnyExperimentAreSearched() throws Exception {
        Path runs = folder.resolve("runs");

        assertThat(launch(
                        new Quadratic(),
                        "--setting",
                        "training.optimizer.learningRate",
                        "--values",
                        "1e-3,0.05",
                        "--set",
                        "training.maxLifetimes=40",
                        "--out",
                        runs.toString(),
                        "--threads",
                        "1"))
                .as(err())
                .isZero();

        assertThat(page())
                .contains("| `training.optimizer.learningRate` | quick |", "| 0.001 | ", "| 0.05 | **")
                .contains("Again: `scripts/search quadratic --setting training.optimizer.learningRate --values"
                        + " 0.001,0.05 --seed 100 --configs quick --set training.maxLifetimes=40`.");

        assertThat(launch(new Quadratic(), "--values", "1")).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err()).isEqualTo("--values: expected --setting beside it, found none.%n".formatted());
    }

    @Test
    void unknownConfigurationIsRejected() {
        assertThat(launch(new Searched(), "--configs", "slow")).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err()).isEqualTo("--configs: expected some of quick, long, found 'slow'.%n".formatted());
    }

    @Test
    void experimentThatSearchesNothingSaysSo() {
        assertThat(launch(new Quadratic())).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err()).isEqualTo("quadratic: this experiment searches nothing.%n".formatted());
    }

    @Test
    void helpPrintsTheUsage() {
        assertThat(launch(new Quadratic(), "--help")).isZero();
        assertThat(outBytes.toString(StandardCharsets.UTF_8)).startsWith("Usage: scripts/search quadratic");
    }
}
