package org.plastic4j.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * An experiment in a process of its own, where native libraries can talk past System.out and exit codes are real.
 *
 * @param process the process
 * @param folder its working folder, with its output in the files {@code out} and {@code err}
 */
public record ExperimentProcess(Process process, Path folder) {
    /** What the JVM itself says before any code of ours runs. */
    public static final String INCUBATING = "WARNING: Using incubator modules: jdk.incubator.vector\n";

    /**
     * Starts a process with the class path of this one.
     *
     * @param main the experiment's main class
     * @param folder the working folder
     * @param environment added to that of this process, in which no folder of data is named
     * @param options the command line
     * @return the process
     * @throws IOException if it cannot be started
     */
    public static ExperimentProcess start(
            Class<?> main, Path folder, Map<String, String> environment, List<String> options) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        if (Runtime.version().feature() >= 23) {
            // As scripts/run does: newer JVMs warn of what ND4J's libraries do.
            command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        }
        command.addAll(List.of(
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
        command.addAll(options);
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().remove("PLASTIC4J_DATA");
        builder.environment().putAll(environment);
        return new ExperimentProcess(
                builder.redirectOutput(folder.resolve("out").toFile())
                        .redirectError(folder.resolve("err").toFile())
                        .start(),
                folder);
    }

    /**
     * Waits for its end.
     *
     * @return the exit code
     * @throws InterruptedException if this thread is interrupted
     */
    public int exitCode() throws InterruptedException {
        try {
            assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("ended in time").isTrue();
            return process.exitValue();
        } finally {
            process.destroyForcibly();
        }
    }

    /**
     * @param file a file below the working folder
     * @return its text, with {@code \n} at the ends of lines
     * @throws IOException if it cannot be read
     */
    public String text(String file) throws IOException {
        return Files.readString(folder.resolve(file)).replace("\r\n", "\n");
    }
}
