package org.plastic4j.report.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.training.UserError;

class ComparisonTest {
    @TempDir
    private Path folder;

    private Path run(String name, String rule, int seed, String experiment, int lifetimes) throws IOException {
        Path path = Files.createDirectories(folder.resolve(name));
        Files.writeString(path.resolve("run.json"), """
            {"experiment": "%s", "outcome": "target-reached", "seconds": 12.34,
             "measure": {"column": "error", "label": "wrong <signs>", "lowerIsBetter": true, "share": true}}
            """.formatted(experiment));
        Files.writeString(
                path.resolve("config.yaml"),
                "seed: %d\nnetwork:\n  rule: %s\n  eta: 0.01\ntraining:\n  stop:\n    window: 2\n    target: 0.1\n"
                        .formatted(seed, rule));
        StringBuilder csv = new StringBuilder("lifetimes,error,loss\n");
        for (int i = 1; i <= lifetimes; i++) {
            csv.append("%d,%s,%d\n".formatted(i, (1.0 + seed) / (i + 1), i));
        }
        Files.writeString(path.resolve("metrics.csv"), csv);
        return path;
    }

    private String page(Path... runs) throws IOException {
        Path out = folder.resolve("out");
        Comparison comparison = Comparison.read(List.of(runs));
        Comparison.reserve(out);
        assertThat(comparison.write(out)).isEmpty();
        assertThat(out.resolve("compare.png")).isNotEmptyFile();
        return Files.readString(out.resolve("compare.html"));
    }

    /** Without the headings that stand in every cell. */
    private static String plain(String html) {
        return html.replaceAll(" data-of=\"[^\"]*\"", "");
    }

    private void rejected(String sentence, Path... runs) {
        assertThatThrownBy(() -> Comparison.read(List.of(runs)))
                .isInstanceOf(UserError.class)
                .hasMessage(sentence);
    }

    @Test
    void tellsRunsApartByWhatDiffersInTheirSettings() throws IOException {
        String html = page(run("a", "hebb", 0, "tiny", 30), run("b", "oja", 0, "tiny", 40));

        assertThat(plain(html))
                .contains("<tr><th scope=\"row\">network.rule</th><td>hebb</td><td>oja</td></tr>")
                .contains("<td>12.3 s</td><td>target reached</td>")
                .doesNotContain(">network.eta<", "wrong <signs>");
        // 1 / (i + 1) and the one before have a mean below 0.1 first at 10.
        assertThat(plain(html)).contains("<td>a</td><td>0</td><td>30</td><td>3.28%</td><td>&ndash;</td><td>10</td>");
        assertThat(html).contains("\"bands\":[]");
    }

    @Test
    void everyCellOfTheTableNamesItsColumnWhereThereIsNoRoomForHeadings() throws IOException {
        String html = page(run("a", "hebb", 0, "tiny", 30), run("b", "oja", 0, "tiny", 40));

        assertThat(html)
                .contains("<td data-of=\"seed\">0</td><td data-of=\"lifetimes\">30</td>")
                .contains("<td data-of=\"a\">hebb</td><td data-of=\"b\">oja</td>")
                .contains("content: attr(data-of)")
                .doesNotContain("<td>");
    }

    @Test
    void runsOfOneConfigurationBecomeOneCurveWithTheirRange() throws IOException {
        run("hebb/seed-0", "hebb", 0, "tiny", 30);
        run("hebb/seed-1", "hebb", 1, "tiny", 30);
        String html = page(folder.resolve("hebb"), run("b", "oja", 0, "tiny", 30));

        assertThat(html).contains("\"bands\":[[0,1]]", "\"label\":\"hebb (2 seeds)\"", "<title>hebb and b</title>");
        assertThat(plain(html)).contains("<td>hebb</td><td>1</td>");
    }

    @Test
    void meanAndRangeOfSeveralSeedsAreThoseOfTheRunsThatGotSoFar() throws IOException {
        List<ComparedRun> runs = List.of(
                ComparedRun.read(run("x/s0", "hebb", 0, "tiny", 10)).get(0),
                ComparedRun.read(run("x/s1", "hebb", 1, "tiny", 20)).get(0));
        SeedBand curves = RunGroup.of(runs).get(0).curves(new double[] {2, 20}, 2);

        double first = (1.0 / 2 + 1.0 / 3) / 2;
        assertThat(curves.least()[0]).isCloseTo(first, org.assertj.core.data.Offset.offset(1e-12));
        assertThat(curves.mean()[0]).isCloseTo(1.5 * first, org.assertj.core.data.Offset.offset(1e-12));
        assertThat(curves.greatest()[0]).isCloseTo(2 * first, org.assertj.core.data.Offset.offset(1e-12));
        assertThat(curves.least()[1]).isEqualTo(curves.greatest()[1]);
    }

    @Test
    void folderThatIsNoRunIsRejected() throws IOException {
        Path run = run("a", "hebb", 0, "tiny", 3);
        Path empty = Files.createDirectory(folder.resolve("empty"));
        rejected(folder.resolve("nope") + ": no such folder, expected a run's directory", run, folder.resolve("nope"));
        rejected(empty + ": holds no run, expected run.json and metrics.csv there or in its folders", run, empty);
        rejected("expected at least two runs to compare, found 1", run);
        rejected(run + ": named twice", run, run);
    }

    @Test
    void runsOfDifferentExperimentsAreRejected() throws IOException {
        Path a = run("a", "hebb", 0, "tiny", 3);
        Path b = run("b", "hebb", 0, "maze", 3);
        rejected(b + ": a run of maze (error), expected one of tiny (error) like " + a, a, b);
    }

    @Test
    void folderThatHoldsSomethingIsNotWrittenTo() throws IOException {
        Path out = Files.createDirectory(folder.resolve("out"));
        Files.writeString(out.resolve("notes.txt"), "mine");
        assertThatThrownBy(() -> Comparison.reserve(out))
                .isInstanceOf(UserError.class)
                .hasMessage("--out %s: already holds notes.txt, expected a new or empty folder".formatted(out));
    }
}
