package org.plastic4j.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The shell's scripts as ShellCheck sees them. */
@Tag("slow")
@EnabledIf(value = "hasShellcheck", disabledReason = "no shellcheck")
class ShellcheckTest {
    private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();

    @TempDir
    private Path folder;

    static boolean hasShellcheck() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(tools -> Files.isExecutable(Path.of(tools, "shellcheck")));
    }

    @Test
    void scriptsHaveNoFindings() throws Exception {
        List<String> command = new ArrayList<>(List.of("shellcheck", "-x", ".ci/run"));
        try (Stream<Path> files = Files.list(PROJECT.resolve("scripts"))) {
            for (Path file : (Iterable<Path>) files.sorted()::iterator) {
                if (Files.readString(file).matches("(?s)#![^\n]*(bash|/sh)\n.*|# shellcheck shell=.*")) {
                    command.add("scripts/" + file.getFileName());
                }
            }
        }
        assertThat(command).contains("scripts/run", "scripts/lib.sh", "scripts/program.sh", "scripts/experiment.sh");
        Path found = folder.resolve("found");
        Process process = new ProcessBuilder(command)
                .directory(PROJECT.toFile())
                .redirectErrorStream(true)
                .redirectOutput(found.toFile())
                .start();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(found).content().isEmpty();
        assertThat(process.exitValue()).isZero();
    }
}
