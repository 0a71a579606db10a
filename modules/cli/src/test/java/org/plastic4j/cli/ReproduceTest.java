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
        return launch(new Quadratic(), arguments);
    }

    private int launch(Quadratic experiment, String... arguments) {
        outBytes.reset();
        errBytes.reset();
        List<String> all = new ArrayList<>(List.of("reproduce"));
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

    private Path docs() {
        return folder.resolve("docs");
    }

    private Path runs() {
        return folder.resolve("runs");
    }

    private String page() throws IOException {
        return Files.readString(runs().resolve("results.md"));
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
        Path runs = runs();
        Files.createDirectories(runs);
        Files.writeString(
                runs().resolve("results.md"),
                "# Mine\n\n<!-- results:quadratic:begin -->\nold\n<!-- results:quadratic:end -->\n\nAfter.\n");

        assertThat(rehearse(runs, "--configs", "quick")).as(err()).isZero();

        String page = page();
        assertThat(page)
                .startsWith("# Mine\n\n<!-- results:quadratic:begin -->\n## A quadratic\n")
                .endsWith("<!-- results:quadratic:end -->\n\nAfter.\n")
                .contains(
                        "**A rehearsal, not the published runs:** seeds 0-1 of quick instead of 0-9; no run of long;"
                                + " `training.maxLifetimes=60` instead of 400 (quick); `training.stop=null` instead of {window: 20, target: 0.01} (quick).")
                .contains("Again: `scripts/reproduce quadratic --configs quick --seeds 0-1 --set"
                        + " training.maxLifetimes=60 --set training.stop=null`.")
                .doesNotContain("old\n", folder.toString())
                .contains("![the quick one: mean, quartiles and range over the seeds](images/quadratic-quick.png)");
        assertThat(page.lines().filter(line -> line.startsWith("| the quick one")))
                .singleElement()
                .asString()
                .matches("\\| the quick one \\(`quick.yaml`\\) \\| 2 \\(0–1\\) \\| \\d+ \\(\\d+–\\d+\\)"
                        + " \\| \\d+\\.\\d\\d% ± \\d+\\.\\d\\d% \\| -?\\d+\\.\\d\\d% ± \\d+\\.\\d\\d% \\| \\d+ s \\|"
                        + " under 30% soon \\|");
        assertThat(runs().resolve("images/quadratic-quick.png")).isNotEmptyFile();

        Files.delete(runs().resolve("results.md"));
        Files.delete(runs().resolve("images/quadratic-quick.png"));
        assertThat(launch("--from", runs.toString())).as(err()).isZero();

        assertThat(page().substring(page().indexOf("<!--")))
                .isEqualTo(page.substring(page.indexOf("<!--"), page.indexOf("\nAfter.")));
        assertThat(runs().resolve("images/quadratic-quick.png")).isNotEmptyFile();

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
        Path runs = runs();
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
                        new String[] {"reproduce", "--from", runs.toString()},
                        together,
                        new PrintStream(outBytes, true, StandardCharsets.UTF_8),
                        new PrintStream(errBytes, true, StandardCharsets.UTF_8));

        assertThat(err()).isEmpty();
        assertThat(page())
                .contains("| Protocol | Seeds | Lifetimes a run | Mean error of the last 20 lifetimes |")
                .startsWith("# Results\n")
                .contains("![Both of them](images/quadratic-together.png)")
                .doesNotContain("Lifetimes until", "Data:", "How they came to be.");
        assertThat(page().lines().filter(line -> line.startsWith("| the long one")))
                .singleElement()
                .asString()
                .startsWith("| the long one (`long.yaml`) | 2 (0–1) | 60 | ");
        assertThat(runs().resolve("images/quadratic-together.png")).isNotEmptyFile();
    }

    @Test
    @Timeout(120)
    void raceHasItsOwnSeedsAndIsDrawnOverLifetimesAndSeconds() throws Exception {
        Path runs = runs();
        int code = new Launcher(new Interrupt())
                .launch(
                        new String[] {
                            "reproduce",
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
                .contains("Lifetimes, and seconds, until mean error of 20 in a row was under 30.00%")
                .contains("![Both of them](images/quadratic-together.png)")
                .contains("![The same over seconds](images/quadratic-seconds.png)");
        assertThat(page().lines().filter(line -> line.startsWith("| the quick one")))
                .singleElement()
                .asString()
                .matches("\\| the quick one \\(`quick.yaml`\\) \\| 2 \\(3–4\\) \\| \\d+ \\(\\d+–\\d+\\);"
                        + " [\\d.]+ s \\([\\d.]+–[\\d.]+\\) \\| .*");
        assertThat(runs().resolve("images/quadratic-together.png")).isNotEmptyFile();
        assertThat(runs().resolve("images/quadratic-seconds.png")).isNotEmptyFile();

        Files.delete(runs.resolve("quick/seed-4/times.csv"));
        errBytes.reset();
        code = new Launcher(new Interrupt())
                .launch(
                        new String[] {"reproduce", "--from", runs.toString()},
                        new Race(),
                        new PrintStream(outBytes, true, StandardCharsets.UTF_8),
                        new PrintStream(errBytes, true, StandardCharsets.UTF_8));
        assertThat(code).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err())
                .isEqualTo("seed 4: expected a run with times.csv, found one from before there was such a file.%n"
                        .formatted());
    }

    @Test
    @Timeout(120)
    void publishedResultsAreReplacedOnlyByTheirOwnProtocolsOrByForce() throws Exception {
        Files.createDirectories(docs());
        Path published = Files.writeString(docs().resolve("results.md"), "# Ten seeds\n");
        String[] other = {"--docs", docs().toString(), "--set", "training.maxLifetimes=30"};

        assertThat(launch(other)).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err())
                .isEqualTo(
                        "--docs %s: expected the published protocols, seeds and settings, found --set".formatted(docs())
                                + " training.maxLifetimes=30; --force publishes them all the same.%n".formatted());
        assertThat(launch("--docs", docs().toString(), "--seeds", "0-1")).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err()).contains("found fewer seeds of quick; fewer seeds of long");
        assertThat(runs()).doesNotExist();

        Quadratic small = new Small();
        assertThat(launch(small, "--out", runs().toString())).as(err()).isZero();
        assertThat(page())
                .contains("How they came to be.", "Again: `scripts/reproduce quadratic`.")
                .doesNotContain("rehearsal");
        assertThat(published).hasContent("# Ten seeds\n");
        assertThat(launch(small, "--from", runs().toString(), "--docs", docs().toString()))
                .as(err())
                .isZero();
        assertThat(published).content().startsWith("# Ten seeds\n").contains("## A quadratic");

        Files.writeString(published, "# Ten seeds\n");
        Path config = runs().resolve("quick/seed-0/config.yaml");
        Files.writeString(config, Files.readString(config).replace("learningRate: 0.05", "learningRate: 0.06"));
        assertThat(launch(small, "--from", runs().toString(), "--docs", docs().toString()))
                .isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err()).contains("`training.optimizer.learningRate=0.06` instead of 0.05 (quick)");
        assertThat(published).hasContent("# Ten seeds\n");
        assertThat(launch(small, "--from", runs().toString(), "--docs", docs().toString(), "--force"))
                .isZero();
        assertThat(published).content().contains("**A rehearsal, not the published runs:** ");
    }

    /** One protocol that is soon over. */
    public static final class Small extends Quadratic {
        @Override
        public Optional<String> reproductionResource() {
            return Optional.of("quadratic/small.yaml");
        }
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
        Path runs = runs();
        Path broken = runs.resolve("long/seed-1");
        Files.createDirectories(broken);
        Path metrics = Files.writeString(broken.resolve("metrics.csv"), "somebody,else's\n1,2\n");
        assertThat(rehearse(runs)).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err()).startsWith(metrics + ": expected ").hasLineCount(1);
        assertThat(metrics).exists();
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
