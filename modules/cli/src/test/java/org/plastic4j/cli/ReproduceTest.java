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
class ReproduceTest {
    private final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private int launch(String... arguments) {
        outBytes.reset();
        errBytes.reset();
        List<String> all = new ArrayList<>(List.of("reproduce", "--docs", docs().toString()));
        all.addAll(List.of(arguments));
        return new Launcher(new Interrupt())
                .launch(
                        all.toArray(String[]::new),
                        new Quadratic(),
                        new PrintStream(outBytes, true, StandardCharsets.UTF_8),
                        new PrintStream(errBytes, true, StandardCharsets.UTF_8));
    }

    private String err() {
        return errBytes.toString(StandardCharsets.UTF_8);
    }

    private Path docs() {
        return folder.resolve("docs");
    }

    private String page() throws IOException {
        return Files.readString(docs().resolve("results.md"));
    }

    private int rehearse(Path runs, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "--seeds",
                "0-1",
                "--jobs",
                "2",
                "--out",
                runs.toString(),
                "--set",
                "training.maxLifetimes=60",
                "--set",
                "training.stop=null"));
        arguments.addAll(List.of(more));
        return launch(arguments.toArray(String[]::new));
    }

    @Test
    @Timeout(120)
    void protocolIsRunEvaluatedAndWrittenIntoItsPartOfTheResults() throws Exception {
        Path runs = folder.resolve("runs");
        Files.createDirectories(docs());
        Files.writeString(
                docs().resolve("results.md"),
                "# Mine\n\n<!-- results:quadratic:begin -->\nold\n<!-- results:quadratic:end -->\n\nAfter.\n");

        assertThat(rehearse(runs, "--configs", "quick")).as(err()).isZero();

        String page = page();
        assertThat(page)
                .startsWith("# Mine\n\n<!-- results:quadratic:begin -->\n## A quadratic\n")
                .endsWith("<!-- results:quadratic:end -->\n\nAfter.\n")
                .doesNotContain("old\n", folder.toString())
                .contains("![the quick one: mean, quartiles and range over the seeds](images/quadratic-quick.png)");
        assertThat(page.lines().filter(line -> line.startsWith("| the quick one")))
                .singleElement()
                .asString()
                .matches("\\| the quick one \\(`quick.yaml`\\) \\| 2 \\(0–1\\) \\| \\d+ \\(\\d+–\\d+\\)"
                        + " \\| \\d+\\.\\d\\d% ± \\d+\\.\\d\\d% \\| -?\\d+\\.\\d\\d% ± \\d+\\.\\d\\d% \\| \\d+ s \\|"
                        + " under 30% soon \\|");
        assertThat(docs().resolve("images/quadratic-quick.png")).isNotEmptyFile();

        Files.delete(docs().resolve("results.md"));
        Files.delete(docs().resolve("images/quadratic-quick.png"));
        assertThat(launch("--from", runs.toString())).as(err()).isZero();

        assertThat(page().substring(page().indexOf("<!--")))
                .isEqualTo(page.substring(page.indexOf("<!--"), page.indexOf("\nAfter.")));
        assertThat(docs().resolve("images/quadratic-quick.png")).isNotEmptyFile();

        Path evaluation = runs.resolve("quick/seed-1/eval-test.json");
        String evaluated = Files.readString(evaluation);
        String before = page();
        Files.writeString(evaluation, evaluated.replace("\"newest\"", "\"best\""));
        errBytes.reset();
        assertThat(launch("--from", runs.toString())).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err()).startsWith(evaluation + ": expected the newest checkpoint, of 60 lifetimes, on ");
        assertThat(page()).isEqualTo(before);
        Files.writeString(evaluation, evaluated);

        byte[] metrics = Files.readAllBytes(runs.resolve("quick/seed-0/run.json"));
        assertThat(rehearse(runs, "--configs", "quick")).isZero();
        assertThat(runs.resolve("quick/seed-0/run.json")).hasBinaryContent(metrics);
        assertThat(outBytes.toString(StandardCharsets.UTF_8)).contains("2 of 2 seeds are finished already");
    }

    @Test
    @Timeout(120)
    void protocolsAreShownTogetherAndAPaperWithoutATargetLeavesItOut() throws Exception {
        Path runs = folder.resolve("runs");
        assertThat(rehearse(runs)).as(err()).isZero();
        assertThat(outBytes.toString(StandardCharsets.UTF_8))
                .contains("quick, seed 0: Stopped after 60 lifetimes", "long, seed 1: Stopped after 60 lifetimes");
        Quadratic together = new Quadratic() {
            @Override
            public Optional<String> reproductionResource() {
                return Optional.of("quadratic/together.yaml");
            }
        };
        new Launcher(new Interrupt())
                .launch(
                        new String[] {"reproduce", "--from", runs.toString(), "--docs", docs().toString()},
                        together,
                        new PrintStream(outBytes, true, StandardCharsets.UTF_8),
                        new PrintStream(errBytes, true, StandardCharsets.UTF_8));

        assertThat(err()).isEmpty();
        assertThat(page())
                .contains("| Protocol | Seeds | Lifetimes a run | Mean error of the last 10 lifetimes |")
                .contains("\nHow they came to be.\n\nRuns: ")
                .contains("![Both of them](images/quadratic-together.png)")
                .doesNotContain("Lifetimes until", "Data:");
        assertThat(page().lines().filter(line -> line.startsWith("| the long one")))
                .singleElement()
                .asString()
                .startsWith("| the long one (`long.yaml`) | 2 (0–1) | 60 | ");
        assertThat(docs().resolve("images/quadratic-together.png")).isNotEmptyFile();
    }

    @Test
    @Timeout(120)
    void raceHasItsOwnSeedsAndIsDrawnOverLifetimesAndSeconds() throws Exception {
        Path runs = folder.resolve("runs");
        int code = new Launcher(new Interrupt())
                .launch(
                        new String[] {
                            "reproduce",
                            "--docs",
                            docs().toString(),
                            "--out",
                            runs.toString(),
                            "--set",
                            "training.maxLifetimes=60",
                            "--set",
                            "training.stop=null"
                        },
                        new Race(),
                        new PrintStream(outBytes, true, StandardCharsets.UTF_8),
                        new PrintStream(errBytes, true, StandardCharsets.UTF_8));

        assertThat(code).as(err()).isZero();
        assertThat(runs.resolve("quick").toFile().list((folder, name) -> name.matches("seed-\\d")))
                .containsExactlyInAnyOrder("seed-3", "seed-4");
        assertThat(runs.resolve("long").toFile().list((folder, name) -> name.matches("seed-\\d")))
                .containsExactly("seed-7");
        assertThat(page())
                .contains("Lifetimes, and seconds, until mean error of 10 in a row was under 30.00%")
                .contains("![Both of them](images/quadratic-together.png)")
                .contains("![The same over seconds](images/quadratic-seconds.png)");
        assertThat(page().lines().filter(line -> line.startsWith("| the quick one")))
                .singleElement()
                .asString()
                .matches("\\| the quick one \\(`quick.yaml`\\) \\| 2 \\(3–4\\) \\| \\d+ \\(\\d+–\\d+\\);"
                        + " [\\d.]+ s \\([\\d.]+–[\\d.]+\\) \\| .*");
        assertThat(docs().resolve("images/quadratic-together.png")).isNotEmptyFile();
        assertThat(docs().resolve("images/quadratic-seconds.png")).isNotEmptyFile();

        Files.delete(runs.resolve("quick/seed-4/times.csv"));
        errBytes.reset();
        code = new Launcher(new Interrupt())
                .launch(
                        new String[] {"reproduce", "--docs", docs().toString(), "--from", runs.toString()},
                        new Race(),
                        new PrintStream(outBytes, true, StandardCharsets.UTF_8),
                        new PrintStream(errBytes, true, StandardCharsets.UTF_8));
        assertThat(code).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err())
                .isEqualTo("seed 4: expected a run with times.csv, found one from before there was such a file.%n"
                        .formatted());
    }

    /** Children are started by their experiment's class, so it has a name. */
    public static final class Race extends Quadratic {
        @Override
        public Optional<String> reproductionResource() {
            return Optional.of("quadratic/race.yaml");
        }
    }

    @Test
    void usageErrorInOneProtocolIsRejectedBeforeAnyIsRun() throws IOException {
        Path runs = folder.resolve("runs");
        Path broken = runs.resolve("long/seed-1");
        Files.createDirectories(broken);
        Files.createFile(broken.resolve("config.yaml"));
        assertThat(rehearse(runs)).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err())
                .isEqualTo(broken
                        + ": expected a run that can go on, found one without a checkpoint: remove it.%n".formatted());
        assertThat(runs.resolve("quick")).doesNotExist();
    }

    @Test
    void folderWithoutFinishedRunsIsRejected() {
        assertThat(launch("--from", folder.toString())).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err()).isEqualTo("%s: expected finished runs in CONFIG/seed-K, found none.%n".formatted(folder));
    }

    @Test
    void unknownProtocolIsRejected() {
        assertThat(rehearse(folder, "--configs", "quick,slow")).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err()).isEqualTo("--configs: expected some of quick, long, found 'slow'.%n".formatted());
    }

    @Test
    void helpPrintsTheUsage() {
        assertThat(launch("--help")).isZero();
        assertThat(outBytes.toString(StandardCharsets.UTF_8)).startsWith("Usage: scripts/reproduce quadratic");
    }
}
