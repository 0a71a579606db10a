package org.plastic4j.dl4j.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java examples of README.md and docs/library.md are whole programs, and print what the pages say. */
@Tag("slow")
class DocumentedExamplesTest {
    private static final Path PROJECT = Path.of("../..");
    private static final Pattern JAVA = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);
    private static final Pattern OUTPUT = Pattern.compile("\\s*```text\\R(.*?)```", Pattern.DOTALL);
    private static final Pattern CLASS_NAME = Pattern.compile("public class (\\w+)");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+\\.\\d+");
    /** Other processors round otherwise, which training makes larger. */
    private static final double TOLERANCE = 0.2;

    @TempDir
    private Path folder;

    record Example(String page, String name, String source, String output) {
        @Override
        public String toString() {
            return page + ": " + name;
        }
    }

    static List<Example> examples() throws IOException {
        List<Example> examples = new ArrayList<>();
        for (String page : List.of("README.md", "docs/library.md")) {
            String text = Files.readString(PROJECT.resolve(page)).replace("\r\n", "\n");
            for (Matcher java = JAVA.matcher(text); java.find(); ) {
                Matcher name = CLASS_NAME.matcher(java.group(1));
                assertThat(name.find()).as("a class in " + java.group()).isTrue();
                Matcher output = OUTPUT.matcher(text).region(java.end(), text.length());
                assertThat(output.lookingAt())
                        .as("output after " + java.group())
                        .isTrue();
                examples.add(new Example(page, name.group(1), java.group(1), output.group(1)));
            }
        }
        assertThat(examples).extracting(Example::page).contains("README.md", "docs/library.md");
        return examples;
    }

    @ParameterizedTest
    @MethodSource("examples")
    void exampleCompilesAndPrintsWhatThePageShows(Example example) throws Exception {
        String printed = run(example);

        assertThat(NUMBER.matcher(printed).replaceAll("#"))
                .as(printed)
                .isEqualToNormalizingNewlines(NUMBER.matcher(example.output()).replaceAll("#"));
        List<Double> found = numbers(printed);
        List<Double> shown = numbers(example.output());
        for (int i = 0; i < shown.size(); i++) {
            double allowed = Math.max(TOLERANCE * Math.abs(shown.get(i)), 0.005);
            assertThat(found.get(i)).as(printed).isCloseTo(shown.get(i), within(allowed));
        }
    }

    @Test
    void fileForJbangIsTheReadmesExample() throws IOException {
        String file =
                Files.readString(PROJECT.resolve("examples/Remember.java")).replace("\r\n", "\n");
        assertThat(examples().get(0).source()).isEqualTo(file.replaceAll("(?m)^//.*\n", ""));
    }

    private String run(Example example) throws IOException, InterruptedException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Path source = Files.writeString(folder.resolve(example.name() + ".java"), example.source());
        var compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, StandardCharsets.UTF_8)) {
            List<String> options = List.of("-d", folder.toString(), "-cp", classPath);
            var task = compiler.getTask(messages, files, null, options, null, files.getJavaFileObjects(source));
            assertThat(task.call()).as(messages.toString()).isTrue();
        }
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-Duser.language=en",
                        "--add-modules=jdk.incubator.vector",
                        "-cp",
                        folder + File.pathSeparator + classPath,
                        example.name())
                .redirectError(folder.resolve("errors").toFile())
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(Files.readString(folder.resolve("errors")))
                .isZero();
        return printed;
    }

    private static List<Double> numbers(String text) {
        Stream<MatchResult> matches = NUMBER.matcher(text).results();
        return matches.map(match -> Double.valueOf(match.group())).toList();
    }
}
