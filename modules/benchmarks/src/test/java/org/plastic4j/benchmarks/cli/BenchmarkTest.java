package org.plastic4j.benchmarks.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plastic4j.benchmarks.cases.Cases;

@Tag("slow")
class BenchmarkTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private int launch(String... arguments) {
        return Benchmark.launch(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--qick | --qick: unknown option, did you mean --quick?",
                "--case=n1001-t107 | --case n1001-t107: no such case, did you mean n1001-t106?",
                "--threads=0 | --threads: expected a positive integer, found '0'.",
                "--out=--quick | --out: expected a folder, found '--quick'.",
                "quick | unexpected argument 'quick', expected options only: --agent, --case, --docs, --episodes, --help, --list,"
                        + " --out, --python, --pytorch, --quick, --quiet, --threads.",
                "--python=no-such-python | --python no-such-python: expected a Python with PyTorch and a C++ compiler for"
                        + " torch.compile, found none that starts (Cannot run program \"no-such-python\": error=2, No such"
                        + " file or directory).",
            })
    void aUsageErrorGetsOneSentenceAndCode2(String argument, String sentence) {
        assertThat(launch(argument)).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo(sentence + "\n");
        assertThat(out.size()).isZero();
    }

    @Test
    void casesBesideQuickAreRejected() {
        assertThat(launch("--quick", "--case", Cases.BASE)).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("--quick: expected no --case beside it, found n1001-t106.\n");
    }

    @ParameterizedTest
    @CsvSource({
        "--agent --quick, --agent, --quick",
        "--episodes --case=n1001-t106, --episodes, --case",
        "--agent --episodes, --agent, --episodes",
        "--agent --python=python3, --agent, --python"
    })
    void severalChoicesOfWhatIsMeasuredAreRejected(String arguments, String option, String found) {
        assertThat(launch(arguments.split(" "))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("%s: expected no other choice of what is measured beside it, found %s.\n"
                        .formatted(option, found));
    }

    @Test
    void aFileInTheFoldersPlaceIsRejectedBeforeAnyWork() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(launch("--quick", "--out", file.toString())).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo(file + ": expected a folder, found a file.\n");
    }

    @Test
    void listNamesEveryCase() {
        assertThat(launch("--list")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .hasSameSizeAs(Cases.all())
                .anyMatch(line -> line.startsWith("n1025-t201-clamped") && line.contains("clamped"));
        assertThat(Cases.all().stream()
                        .map(benchmarkCase -> benchmarkCase.name())
                        .distinct())
                .hasSameSizeAs(Cases.all());
    }

    @Test
    void oneCaseIsMeasuredFromAgreementToMemoryAndLeavesTheDocsAlone() throws IOException {
        Path docs = Files.createDirectory(folder.resolve("docs"));
        Path results = folder.resolve("results");
        assertThat(launch(
                        "--case=quick-clamped", "--threads=1", "--out", results.toString(), "--docs", docs.toString()))
                .as(() -> err.toString(StandardCharsets.UTF_8))
                .isZero();
        assertThat(docs).isEmptyDirectory();
        assertThat(Files.readString(results.resolve("performance.json"))).contains("\"case\" : \"quick-clamped\"");
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("[1/1] quick-clamped: timing")
                .contains("| quick-clamped | decaying_hebb | 257 |")
                .doesNotContain("ai.djl", "INFO", "Added differentiated op");
        assertThat(err.size()).isZero();
    }
}
