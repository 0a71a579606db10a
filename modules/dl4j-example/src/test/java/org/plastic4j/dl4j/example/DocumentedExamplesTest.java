package org.plastic4j.dl4j.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
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
import javax.imageio.ImageIO;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The Java examples of README.md, docs/library.md and docs/tutorial.md are whole programs, and print what the pages say. */
@Tag("slow")
class DocumentedExamplesTest {
    private static final List<String> PAGES = List.of("README.md", "docs/library.md", "docs/tutorial.md");
    private static final Path PROJECT = Path.of("../..");
    private static final Pattern JAVA = Pattern.compile("```java\\R(.*?)```", Pattern.DOTALL);
    private static final Pattern OUTPUT = Pattern.compile("\\s*```text\\R(.*?)```", Pattern.DOTALL);
    private static final Pattern CLASS_NAME = Pattern.compile("public class (\\w+)");
    private static final Pattern IMAGE = Pattern.compile("<img src=\"images/(tutorial-[a-z]+\\.png)\"");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+\\.\\d+");
    /** Other processors round otherwise, which training makes larger. */
    private static final double TOLERANCE = 0.2;
    /** A curve that is another one differs in more pixels, and letters of another font in fewer. */
    private static final double MOST_DIFFERING = 0.01;

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
        for (String page : PAGES) {
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
        assertThat(examples).extracting(Example::page).containsAll(PAGES);
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

    @Test
    void picturesOfTheTutorialAreDrawnFromWhatItsProgramsPrint() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "scripts/TutorialPictures.java",
                        folder.toString())
                .directory(PROJECT.toFile())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        List<String> shown = new ArrayList<>();
        Matcher image = IMAGE.matcher(Files.readString(PROJECT.resolve("docs/tutorial.md")));
        while (image.find()) {
            shown.add(image.group(1));
            BufferedImage drawn = ImageIO.read(folder.resolve(image.group(1)).toFile());
            BufferedImage kept = ImageIO.read(
                    PROJECT.resolve("docs/images").resolve(image.group(1)).toFile());
            assertThat(drawn.getWidth()).isEqualTo(kept.getWidth());
            assertThat(drawn.getHeight()).isEqualTo(kept.getHeight());
            assertThat(differing(drawn, kept)).as("pixels of " + image.group(1)).isLessThan(MOST_DIFFERING);
        }
        assertThat(shown).hasSize(3);
    }

    /** Letters look otherwise where fonts are others; lines and squares do not. */
    private static double differing(BufferedImage left, BufferedImage right) {
        int differing = 0;
        for (int y = 0; y < left.getHeight(); y++) {
            for (int x = 0; x < left.getWidth(); x++) {
                int distance = Math.abs((left.getRGB(x, y) & 0xff) - (right.getRGB(x, y) & 0xff));
                differing += distance > 64 ? 1 : 0;
            }
        }
        return differing / (double) (left.getWidth() * left.getHeight());
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
