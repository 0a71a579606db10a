package org.plastic4j.naturalimages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.plastic4j.testing.ExperimentProcess.INCUBATING;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plastic4j.cli.Launcher;
import org.plastic4j.testing.ExperimentProcess;

/** The program in a process of its own, where native libraries can talk past System.out and exit codes are real. */
@Tag("slow")
class ProcessTest {
    @TempDir
    private Path folder;

    private ExperimentProcess start(Map<String, String> environment, String... options) throws IOException {
        List<String> all = new ArrayList<>(List.of("--config", "regression", "--quiet", "--set", "task.side=4"));
        all.addAll(List.of(options));
        return ExperimentProcess.start(Main.class, folder, environment, all);
    }

    @Test
    void withoutDataPicturesAreGeneratedAndTheUserSeesNothingOfTheLibraries() throws Exception {
        ExperimentProcess process = start(Map.of(), "--set", "training.maxLifetimes=2", "--out", "run");

        assertThat(process.exitCode()).isEqualTo(Launcher.OK);
        assertThat(process.text("out"))
                .matches(
                        "(\\d+/2 lifetimes, .*\\R)*" + "Stopped after 2 lifetimes \\(.* s\\) with mean squared error"
                                + " \\d+\\.\\d+ over the last 2 lifetimes; \\d+\\.\\d+ on 20 held-out lifetimes\\. Run directory: run\n");
        // This line is the JVM's own, which says it before any of our code runs.
        assertThat(process.text("err")).isEqualTo(INCUBATING);
        assertThat(process.text("run/run.json")).contains("\"generated: dead leaves, seed 0\"");
    }

    @Test
    void environmentNamesTheFolderOfTheDataWhichIsRecorded(@TempDir Path data) throws Exception {
        Path inside = Files.createDirectories(data.resolve("cifar-10-batches-bin"));
        NumberedCifar.write(inside.resolve("data_batch_1.bin"));
        Map<String, String> environment = Map.of("PLASTIC4J_DATA", data.toString());
        ExperimentProcess process = start(environment, "--set", "training.maxLifetimes=2", "--out", "run");

        assertThat(process.exitCode()).as(process.text("err")).isEqualTo(Launcher.OK);
        assertThat(process.text("run/run.json")).containsPattern("\"data_batch_1.bin\" : \"SHA-256 [0-9a-f]{64}\"");
        assertThat(process.text("run/report.html")).contains("(CIFAR-10)", "500 pictures, records 9500 to 9999");

        Files.write(inside.resolve("data_batch_1.bin"), new byte[3073]);
        ExperimentProcess other = start(environment, "--out", "other");
        assertThat(other.exitCode()).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(process.text("out")).isEmpty();
        assertThat(process.text("err"))
                .isEqualTo(INCUBATING + inside.resolve("data_batch_1.bin")
                        + ": expected 30730000 bytes, 10000 records of 3073, found 3073: record 1 (the first is 0) and"
                        + " those after it are missing.\n");
        assertThat(folder.resolve("other")).doesNotExist();
    }

    @Test
    void runWithARelativeFolderOfDataIsEvaluatedAndResumedFromAnotherFolder() throws Exception {
        NumberedCifar.write(Files.createDirectory(folder.resolve("data")).resolve("data_batch_1.bin"));
        ExperimentProcess run = start(
                Map.of(),
                "--set",
                "task.cycles=1",
                "--set",
                "training.maxLifetimes=2",
                "--set",
                "data.dir=data",
                "--out",
                "run");
        assertThat(run.exitCode()).as(run.text("err")).isEqualTo(Launcher.OK);
        Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
        for (List<String> later : List.of(
                List.of("eval", "--run", "../run", "--lifetimes", "2"),
                List.of("--resume", "../run", "--quiet", "--set", "training.maxLifetimes=4"))) {
            ExperimentProcess process = ExperimentProcess.start(Main.class, elsewhere, Map.of(), later);
            assertThat(process.exitCode()).as(process.text("err")).isEqualTo(Launcher.OK);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OMP_NUM_THREADS | 0 | ND4J would compute with 0 threads",
                "OMP_NUM_THREADS | -1 | ND4J would compute with -1 threads",
                "SD_MAX_THREADS | 0 | ND4J would compute with 0 threads",
                "OMP_NUM_THREADS | 4,3,2 | OMP_NUM_THREADS: expected one positive number",
                "OMP_NUM_THREADS | ' 2' | OMP_NUM_THREADS: expected one positive number"
            })
    void numberOfThreadsThatMakesNd4jWrongIsRejectedBeforeAnythingIsComputed(String name, String value, String sentence)
            throws Exception {
        ExperimentProcess process =
                start(Map.of(name, value), "--set", "training.maxLifetimes=2", "--out", "run", "--threads", "1");

        assertThat(process.exitCode()).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(process.text("err").lines().filter(line -> line.startsWith(sentence)))
                .hasSize(1);
        assertThat(process.text("err")).doesNotContain("\tat ");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void lettersThatTheLocaleLacksAreOneSentence() throws Exception {
        Path letters = Files.createDirectory(folder.resolve("w\u00f6rk"));
        Map<String, String> ascii = Map.of("LC_ALL", "C");
        for (ExperimentProcess process : List.of(
                ExperimentProcess.start(Main.class, letters, ascii, List.of("--config", "regression")),
                start(ascii, "--out", "r\u00fcn"))) {
            assertThat(process.exitCode()).isEqualTo(Launcher.USAGE_ERROR);
            assertThat(process.text("err"))
                    .contains(" has letters that the locale's encoding, ")
                    .doesNotContain("\tat ");
        }
    }
}
