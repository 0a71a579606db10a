package org.plastic4j.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README's Java example is {@link ReadmeExample}, and does what it says. */
class ReadmeExampleTest {
    private static final Path README = Path.of("../../README.md");
    private static final Path EXAMPLE = Path.of("src/test/java/org/plastic4j/core/ReadmeExample.java");

    @Test
    void readmeShowsTheExampleThatIsCompiledHere() throws Exception {
        Matcher block = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL).matcher(Files.readString(README));
        assertThat(block.find()).as("a block of Java in README.md").isTrue();

        String source = Files.readString(EXAMPLE).replaceFirst("package .*;\\R\\R", "");
        assertThat(block.group(1)).isEqualToNormalizingNewlines(source);
    }

    /** In a JVM of its own, with what a user of the library has on the class path, and the README's setting. */
    @Test
    void exampleLearnsAndPrintsNothingButItsOwnLines() throws Exception {
        String setting = "-Dorg.slf4j.simpleLogger.log.org.nd4j=error";
        assertThat(Files.readString(README)).contains(setting);

        List<String> printed = ChildJvm.output(
                        ReadmeExample.class, List.of("-Xmx512m", "--add-modules=jdk.incubator.vector", setting))
                .lines()
                // The JVM's own, of which it leaves none out: of the incubating module, and since JDK 24 of ND4J's
                // libraries.
                .filter(line -> !line.startsWith("WARNING: "))
                .toList();

        assertThat(printed).hasSize(3);
        double[] losses = printed.stream().mapToDouble(Double::parseDouble).toArray();
        assertThat(losses[2]).isLessThan(0.5 * losses[0]).isLessThan(0.1);
    }
}
