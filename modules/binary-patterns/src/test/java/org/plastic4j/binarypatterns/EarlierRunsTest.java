package org.plastic4j.binarypatterns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.cli.Compare;
import org.plastic4j.cli.Launcher;
import org.plastic4j.testing.Launched;
import org.plastic4j.training.metric.MetricTable;

/**
 * Run directories of an earlier version still open. {@code earlier-version/kept} holds two runs of {@code regression.yaml}
 * with 12 bits and 40 lifetimes, without their pictures, as commit e7e81e9 wrote and evaluated them; {@code longer} holds
 * the metrics of the first one after that version resumed it up to 60 lifetimes.
 */
@Tag("slow")
class EarlierRunsTest {
    private static final Path EARLIER = Path.of("src", "test", "resources", "earlier-version");

    @TempDir
    private Path folder;

    private Path runs;
    private Path run;

    @BeforeEach
    void copy() throws IOException {
        runs = folder.resolve("runs");
        run = runs.resolve("released").resolve("seed-0");
        try (Stream<Path> all = Files.walk(EARLIER.resolve("kept"))) {
            all.forEach(this::copy);
        }
    }

    private void copy(Path from) {
        try {
            Files.copy(
                    from, runs.resolve(EARLIER.resolve("kept").relativize(from).toString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Launched launch(String... arguments) {
        Launched launched = ThisExperiment.LAUNCHER.launch(arguments);
        assertThat(launched.err()).isEmpty();
        assertThat(launched.code()).isEqualTo(Launcher.OK);
        return launched;
    }

    private static JsonNode evaluation(Path run) throws IOException {
        return new ObjectMapper().readTree(run.resolve("eval-test.json").toFile());
    }

    @Test
    void evaluatesAsItDid() throws IOException {
        JsonNode before = evaluation(run);
        Files.delete(run.resolve("eval-test.json"));

        launch("eval", "--run", run.toString(), "--threads", "1");

        JsonNode now = evaluation(run);
        // Another kind of CPU may round its sums otherwise, which turns a bit or two of 2,400.
        assertThat(now.path("mean").doubleValue()).isCloseTo(before.path("mean").doubleValue(), within(0.002));
        assertThat(now.path("low").doubleValue()).isCloseTo(before.path("low").doubleValue(), within(0.002));
        // The stored run was evaluated outside of a checkout, which has no commit to name.
        ((ObjectNode) now).remove("commit");
        assertThat(now.fieldNames()).toIterable().containsExactlyElementsOf(before::fieldNames);
    }

    @Test
    void resumesWhereItStopped() throws IOException {
        List<String> before = Files.readAllLines(run.resolve("metrics.csv"));

        launch("--resume", run.toString(), "--set", "training.maxLifetimes=60", "--threads", "1", "--quiet");

        assertThat(Files.readAllLines(run.resolve("metrics.csv")))
                .hasSize(61)
                .startsWith(before.toArray(String[]::new));
        double[] losses = MetricTable.read(run.resolve("metrics.csv")).column("loss");
        double[] expected = MetricTable.read(EARLIER.resolve("longer").resolve("metrics.csv"))
                .column("loss");
        assertThat(losses).containsExactly(expected, within(1e-3));
        assertThat(run.resolve("report.html")).content().contains("12 bits", "60 lifetimes");
    }

    @Test
    void comparesWithARunOfToday() throws IOException {
        Path today = folder.resolve("today");
        launch(
                "--config",
                "regression",
                "--set",
                "task.bits=12",
                "--set",
                "task.degradedBits=6",
                "--set",
                "training.maxLifetimes=3",
                "--threads",
                "1",
                "--quiet",
                "--out",
                today.toString());
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Path page = folder.resolve("page");

        int code = Compare.compare(
                new String[] {runs.resolve("released").toString(), today.toString(), "--out", page.toString()},
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));

        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(code).isEqualTo(Launcher.OK);
        assertThat(page.resolve("compare.html")).content().contains("released (2 seeds)", "today");
    }

    @Test
    void isReportedAmongTheResults() {
        launch("reproduce", "--from", runs.toString());

        assertThat(runs.resolve("results.md")).content().contains("2 (0–1)", "17.79% ±");
    }
}
