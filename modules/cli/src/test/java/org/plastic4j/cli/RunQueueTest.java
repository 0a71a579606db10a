package org.plastic4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunQueueTest {
    @TempDir
    private Path folder;

    private String last(String output) throws IOException {
        return RunQueue.lastLine(Files.writeString(folder.resolve("out"), output));
    }

    @Test
    void whatTheJvmSaysIsNotWhereTheRunIs() throws IOException {
        String warning = "WARNING: Using incubator modules: jdk.incubator.vector\n";
        assertThat(last("")).isEmpty();
        assertThat(last(warning)).isEmpty();
        assertThat(last(warning + "5/60 lifetimes, x\n")).isEqualTo("5/60 lifetimes, x");
        assertThat(last("5/60 lifetimes, x\n" + warning)).isEqualTo("5/60 lifetimes, x");
        assertThat(last("Stopped.\n" + RunQueue.BESIDES + "report\n")).isEqualTo("Stopped.");
    }
}
