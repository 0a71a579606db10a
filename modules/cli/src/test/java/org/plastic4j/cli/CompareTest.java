package org.plastic4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

    private String run(String name, String start, String... settings) {
        Path path = folder.resolve(name);
        PrintStream nowhere = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        List<String> arguments =
                new ArrayList<>(List.of("--quiet", "--set", "task.start=" + start, "--out", path.toString()));
        for (String setting : settings) {
            arguments.addAll(List.of("--set", setting));
        }
        assertThat(new Launcher(new Interrupt())
                        .launch(arguments.toArray(String[]::new), new Quadratic(), nowhere, nowhere))
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
    void runsThatAreShorterThanAWindowAreDrawnToo() {
        Path to = folder.resolve("both");
        String[] settings = {"training.stop=null", "training.window=900", "training.batch=3", "training.maxLifetimes=90"
        };
        assertThat(compare(run("a", "0.5", settings), run("b", "1", settings), "--out", to.toString()))
                .isZero();

        assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("not drawn");
        assertThat(to.resolve("compare.png")).isNotEmptyFile();
        assertThat(to.resolve("compare.html")).content().contains("mean of 22 lifetimes");
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
