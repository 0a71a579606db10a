package org.plastic4j.binarypatterns;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

/** The README's Java example is {@link ReadmeExample}, and does what it says. */
class ReadmeExampleTest {
    private static final Path README = Path.of("../../README.md");
    private static final Path EXAMPLE = Path.of("src/test/java/org/plastic4j/binarypatterns/ReadmeExample.java");

    @Test
    void readmeShowsTheExampleThatIsCompiledHere() throws Exception {
        Matcher block = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL).matcher(Files.readString(README));
        assertThat(block.find()).as("a block of Java in README.md").isTrue();

        String source = Files.readString(EXAMPLE).replaceFirst("package .*;\\R\\R", "");
        assertThat(block.group(1)).isEqualToNormalizingNewlines(source);
    }

    @Test
    void exampleLearns() {
        PrintStream systemOut = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Nd4j.getRandom().setSeed(0);
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            ReadmeExample.main(new String[0]);
        } finally {
            System.setOut(systemOut);
        }

        double[] losses = printed.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> line.matches("[0-9.Ee-]+"))
                .mapToDouble(Double::parseDouble)
                .toArray();
        assertThat(losses).hasSize(3);
        assertThat(losses[2]).isLessThan(0.5 * losses[0]).isLessThan(0.1);
    }
}
