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
import org.junit.jupiter.api.io.TempDir;
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
                .matches("(\\d+/2 lifetimes, .*\\R)*" + "Stopped after 2 lifetimes \\(.* s\\) with mean squared error"
                        + " \\d+\\.\\d+ over the last 2" + " lifetimes\\. Run directory: run\n");
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
}
