package org.plastic4j.training.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricTailTest {
    @TempDir
    private Path folder;

    private Path file;
    private MetricTail tail;

    @BeforeEach
    void follow() {
        file = folder.resolve("metrics.csv");
        tail = new MetricTail(file);
    }

    private void append(String text) throws IOException {
        Files.writeString(file, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    private double[] lifetimes() {
        return tail.metrics().orElseThrow().lifetimes();
    }

    @Test
    void fileThatIsNotThereYetHasNothing() throws IOException {
        assertThat(tail.read()).isFalse();
        Files.createFile(file);
        assertThat(tail.read()).isFalse();
        assertThat(tail.metrics()).isEmpty();
    }

    @Test
    void rowsAreReadWhenTheyAreWholeAndOnlyOnce() throws IOException {
        append("lifetimes,error\n10,0.5\n2");
        assertThat(tail.read()).isTrue();
        assertThat(lifetimes()).containsExactly(10);
        assertThat(tail.read()).isFalse();

        append("0,0.25\n");
        assertThat(tail.read()).isTrue();
        assertThat(lifetimes()).containsExactly(10, 20);
        assertThat(tail.metrics().orElseThrow().column("error")).containsExactly(0.5, 0.25);
    }

    @Test
    void runThatIsResumedFromAnEarlierRowIsReadAnewEvenIfItIsLongerByThen() throws IOException {
        append("lifetimes,error\n10,0.5\n20,0.4\n30,0.3\n");
        tail.read();
        Files.writeString(file, "lifetimes,error\n10,0.5\n20,0.1\n");
        tail.read();
        assertThat(tail.metrics().orElseThrow().column("error")).containsExactly(0.5, 0.1);

        Files.writeString(file, "lifetimes,error\n10,0.5\n15,0.7\n20,0.6\n25,0.65\n");
        tail.read();
        assertThat(tail.metrics().orElseThrow().column("error")).containsExactly(0.5, 0.7, 0.6, 0.65);
    }

    @Test
    void fileThatIsNoTableIsRejectedUntilItIsOne() throws IOException {
        append("something else\n");
        assertThatThrownBy(tail::read).isInstanceOf(IOException.class).hasMessageContaining("header");
        Files.writeString(file, "lifetimes,error\n10,0.5\n");
        tail.read();
        assertThat(lifetimes()).containsExactly(10);
    }

    @Test
    void fileThatIsGoneHasNothingAnyMore() throws IOException {
        append("lifetimes,error\n10,0.5\n");
        tail.read();
        Files.delete(file);
        assertThat(tail.read()).isTrue();
        assertThat(tail.metrics()).isEmpty();
    }
}
