package org.plastic4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.training.trainer.Interrupt;

class CompareTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private int compare(String... arguments) {
        return Compare.compare(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    private void rejected(String sentence, String... arguments) {
        err.reset();
        assertThat(compare(arguments)).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo(sentence + System.lineSeparator());
        assertThat(out.size()).isZero();
    }

    private String run(String name, String start) {
        Path path = folder.resolve(name);
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        String[] arguments = {"--quiet", "--set", "task.start=" + start, "--out", path.toString()};
        assertThat(new Launcher(new Interrupt()).launch(arguments, new Quadratic(), nowhere, nowhere))
                .isZero();
        return path.toString();
    }

    @Test
    void wrongArgumentsAreRejectedInOneSentence() {
        rejected("expected --out DIR, found none.", "a", "b");
        rejected("Expected a value after parameter --out.", "a", "--out");
        rejected("--both: unknown option, known options: --help, --out.", "a", "--both");
        rejected("expected at least two runs to compare, found 0.", "--out", "c");
    }

    @Test
    void realRunsAreCompared() {
        Path to = folder.resolve("both");
        int code = compare(run("a", "0.5"), run("b", "1"), "--out", to.toString());

        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(code).isZero();
        assertThat(to.resolve("compare.html"))
                .content()
                .contains(
                        "<tr><th scope=\"row\">task.start</th><td data-of=\"a\">0.5</td><td data-of=\"b\">1.0</td></tr>");
        assertThat(Files.exists(to.resolve("compare.png"))).isTrue();
    }
}
