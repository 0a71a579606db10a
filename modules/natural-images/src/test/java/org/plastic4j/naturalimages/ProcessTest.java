package org.plastic4j.naturalimages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.cli.Launcher;

/** The program in a process of its own, where native libraries can talk past System.out and exit codes are real. */
class ProcessTest {
    private static final String INCUBATING = "WARNING: Using incubator modules: jdk.incubator.vector\n";

    @TempDir
    private Path folder;

    private Process start(Optional<Path> data, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName(),
                "--config",
                "regression",
                "--quiet",
                "--set",
                "task.side=4"));
        if (Runtime.version().feature() >= 23) {
            // As scripts/run does: newer JVMs warn of what ND4J's libraries do.
            command.addAll(1, List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().remove("PLASTIC4J_DATA");
        data.ifPresent(path -> builder.environment().put("PLASTIC4J_DATA", path.toString()));
        return builder.redirectOutput(file("out")).redirectError(file("err")).start();
    }

    private File file(String name) {
        return folder.resolve(name).toFile();
    }

    private static int end(Process process) throws InterruptedException {
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ended in time").isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    private String text(String name) throws IOException {
        return Files.readString(folder.resolve(name)).replace("\r\n", "\n");
    }

    @Test
    void withoutDataPicturesAreGeneratedAndTheUserSeesNothingOfTheLibraries() throws Exception {
        Process process = start(Optional.empty(), "--set", "training.maxLifetimes=2", "--out", "run");

        assertThat(end(process)).isEqualTo(Launcher.OK);
        assertThat(text("out"))
                .matches("(\\d+/2 lifetimes, .*\\R)*" + "Stopped after 2 lifetimes \\(.* s\\) with mean squared error"
                        + " \\d+\\.\\d+ over the last 2" + " lifetimes\\. Run directory: run\n");
        // This line is the JVM's own, which says it before any of our code runs.
        assertThat(text("err")).isEqualTo(INCUBATING);
        assertThat(text("run/run.json")).contains("\"generated: dead leaves, seed 0\"");
    }

    @Test
    void environmentNamesTheFolderOfTheDataWhichIsRecorded(@TempDir Path data) throws Exception {
        Path inside = Files.createDirectories(data.resolve("cifar-10-batches-bin"));
        NumberedCifar.write(inside.resolve("data_batch_1.bin"));
        Process process = start(Optional.of(data), "--set", "training.maxLifetimes=2", "--out", "run");

        assertThat(end(process)).as(text("err")).isEqualTo(Launcher.OK);
        assertThat(text("run/run.json")).containsPattern("\"data_batch_1.bin\" : \"SHA-256 [0-9a-f]{64}\"");
        assertThat(text("run/report.html")).contains("(CIFAR-10)", "500 pictures, records 9500 to 9999");

        Files.write(inside.resolve("data_batch_1.bin"), new byte[3073]);
        assertThat(end(start(Optional.of(data), "--out", "other"))).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(text("out")).isEmpty();
        assertThat(text("err"))
                .isEqualTo(INCUBATING + inside.resolve("data_batch_1.bin")
                        + ": expected 30730000 bytes, 10000 records of 3073, found 3073: record 1 (the first is 0) and"
                        + " those after it are missing.\n");
        assertThat(folder.resolve("other")).doesNotExist();
    }
}
