package org.plastic4j.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.benchmarks.cases.BenchmarkCase;
import org.plastic4j.benchmarks.cases.BenchmarkRule;
import org.plastic4j.benchmarks.cases.Cases;
import org.plastic4j.benchmarks.measure.Bandwidth;
import org.plastic4j.benchmarks.measure.InterleavedTimer;
import org.plastic4j.training.stat.Spread;

class PerformancePageTest {
    private static final List<String> CONTRACT = List.of(
            "case",
            "ours_ms",
            "pytorch_ms",
            "unrolled_ms",
            "speed_ratio",
            "ours_rss_mb",
            "pytorch_rss_mb",
            "share_of_limit");

    @TempDir
    private Path folder;

    private static CaseResult result(String name, int steps, boolean pytorch, double millis, double mib) {
        return result(name, steps, pytorch, Optional.empty(), millis, mib);
    }

    private static CaseResult result(
            String name, int steps, boolean pytorch, Optional<Spread> compiled, double millis, double mib) {
        BenchmarkCase benchmarkCase = new BenchmarkCase(
                name, BenchmarkRule.DECAYING_HEBB, 10, steps, 1, false, 1, BenchmarkCase.Unrolled.NO, "");
        return new CaseResult(
                benchmarkCase,
                2,
                Optional.of(Spread.of(millis, millis, millis)),
                pytorch ? Optional.of(Spread.of(12 * millis)) : Optional.empty(),
                compiled,
                Optional.empty(),
                OptionalDouble.of(mib),
                pytorch ? OptionalDouble.of(10 * mib) : OptionalDouble.empty(),
                1e9,
                4e9,
                OptionalDouble.empty(),
                "a note");
    }

    private static PerformancePage page(CaseResult... results) {
        return new PerformancePage(
                new Machine("a processor", 2, 16, "an OS", "a JVM", 0.1),
                new PerformancePage.Made(
                        "scripts/benchmark",
                        "2026-01-01",
                        Optional.of("abc"),
                        "1",
                        Optional.of("2.4.0"),
                        "0.30.0",
                        Optional.of("PyTorch 2.13.0, Python 3.11.7")),
                new Bandwidth(20e9, 15e9, 40e9),
                new InterleavedTimer(3, 7, 0.2, 0.4, 5),
                List.of(results));
    }

    @Test
    void pageSaysHowTheSidesTookTurns() {
        assertThat(page(result("a", 3, true, 2, 100)).markdown().replace('\n', ' '))
                .contains("warming up for 7 seconds")
                .contains("a rest of 0.2 seconds, batches that are not timed for 0.4 seconds (one at least)");
    }

    @Test
    void jsonIsAListOfObjectsThatBeginWithTheContractsKeys() throws IOException {
        JsonNode list = new ObjectMapper()
                .readTree(page(result("a", 3, true, 2, 100), result("b", 3, false, 2, 100))
                        .json());
        assertThat(list.isArray()).isTrue();
        for (JsonNode entry : list) {
            List<String> keys = new ArrayList<>();
            entry.fieldNames().forEachRemaining(keys::add);
            assertThat(keys).startsWith(CONTRACT.toArray(String[]::new));
        }
        assertThat(list.get(0).get("case").textValue()).isEqualTo("a");
        assertThat(list.get(0).get("ours_ms").doubleValue()).isEqualTo(2);
        assertThat(list.get(0).get("pytorch_ms").doubleValue()).isEqualTo(24);
        assertThat(list.get(0).get("speed_ratio").doubleValue()).isEqualTo(12);
        assertThat(list.get(0).get("unrolled_ms").isNull()).isTrue();
        // 3 * (16 + 28) * 100 bytes at 1 GB/s, in 2 ms.
        assertThat(list.get(0).get("share_of_limit").doubleValue()).isEqualTo(13_200 / 1e9 / 2e-3);
        assertThat(list.get(0).get("share_of_reading").doubleValue()).isEqualTo(13_200 / 4e9 / 2e-3);
        for (String key : List.of("pytorch_ms", "speed_ratio", "pytorch_rss_mb")) {
            assertThat(list.get(1).get(key).isNull()).as(key).isTrue();
        }
    }

    @Test
    void theCompiledStepHasItsFiguresWhereItWasMeasuredAndNoTraceElsewhere() throws IOException {
        PerformancePage measured =
                page(result("a", 3, true, Optional.of(Spread.of(5, 6, 7)), 2, 100), result("b", 3, false, 2, 100));
        JsonNode list = new ObjectMapper().readTree(measured.json());
        assertThat(list.get(0).get("compiled_ms").doubleValue()).isEqualTo(6);
        assertThat(list.get(0).get("compiled_ratio").doubleValue()).isEqualTo(3);
        assertThat(list.get(1).has("compiled_ms")).isFalse();
        assertThat(measured.markdown())
                .contains("| ratio | compiled, ms | ratio | unrolled, ms |")
                .contains("| 24.0 | 12.0 | 6.0 (5.5 to 6.5) | 3.0 |  | 100 |")
                .contains("| b | decaying_hebb | 10 | 3 | 1 | 2.0 (2.0 to 2.0) |  |  |  |  |  | 100 |")
                .contains("| PyTorch's compiled step | PyTorch 2.13.0, Python 3.11.7 |\n| threads |");
        assertThat(page(result("b", 3, false, 2, 100)).table()).doesNotContain("compiled");
    }

    /** Who measures anew writes the README's sentence anew. */
    @Test
    void readmeStatesTheFiguresOfThePage() throws IOException {
        JsonNode base = null;
        for (JsonNode entry : new ObjectMapper()
                .readTree(Path.of("../../docs/performance.json").toFile())) {
            base = entry.get("case").textValue().equals(Cases.BASE) ? entry : base;
        }
        String readme = Files.readString(Path.of("../../README.md"));
        for (String key : List.of("ours_ms", "pytorch_ms", "compiled_ms")) {
            if (base.has(key)) {
                assertThat(readme)
                        .as(key)
                        .contains("%.1f ms".formatted(base.get(key).doubleValue()));
            }
        }
    }

    @Test
    void pageShowsTheFiguresAndLinksTheLabBook() throws IOException {
        page(result("a", 3, true, 2, 100)).write(folder);
        assertThat(folder).isDirectoryContaining("glob:**/performance.json");
        assertThat(Files.readString(folder.resolve("performance.md")))
                .contains("| a | decaying_hebb | 10 | 3 | 1 | 2.0 (2.0 to 2.0) | 24.0 | 12.0 |  | 100 | 1,000 | 10.0 |")
                .contains("20.0 GB/s", "a processor", "commit abc", "- `a`: a note.")
                .contains("[performance-notes.md](performance-notes.md)")
                .doesNotContain("is busy");
    }

    /** What does not depend on the figures is on the page in docs as the program writes it. */
    @Test
    void pageInDocsHasTheTextsOfTheProgram() throws IOException {
        InterleavedTimer asInDocs = new InterleavedTimer(3, 12, 1, 0.3, 5);
        String written = new PerformancePage(page().machine(), page().made(), page().bandwidth(), asInDocs, List.of())
                .markdown();

        String docs = Files.readString(Path.of("../../docs/performance.md"));
        assertThat(docs.substring(docs.indexOf("## How it is measured")))
                .isEqualToNormalizingNewlines(written.substring(written.indexOf("## How it is measured")));
    }

    @Test
    void pageSaysWhatTenTimesTheStepsCost() {
        assertThat(page(result(Cases.BASE, 10, true, 2, 100), result(Cases.LONG, 100, false, 22, 120))
                        .length())
                .hasValueSatisfying(
                        line -> assertThat(line).contains("takes 1.10 times as long", "1.20 times the memory"));
        assertThat(page(result(Cases.BASE, 10, true, 2, 100)).length()).isEmpty();
    }

    @Test
    void aBusyMachineIsNamedOnThePage() {
        assertThat(new Machine("p", 2, 16, "o", "j", 1.7).warning())
                .hasValueSatisfying(warning -> assertThat(warning).contains("load 1.7 on 2 processors"));
        assertThat(new Machine("p", 2, 16, "o", "j", -1).warning()).isEmpty();
    }
}
