package org.plastic4j.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Java and CUDA C++ have to agree in. */
class SourcesTest {
    private static final Path SOURCES = Path.of("src/main/cuda");
    private static final String AGAIN = "run scripts/build-cuda-kernels";

    static Stream<String> files() {
        return Stream.concat(Arrays.stream(KernelRule.values()).map(KernelRule::ptx), Stream.of("vectors"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void thePtxIsThatOfTheSources(String name) throws IOException, GeneralSecurityException {
        Path file = Path.of("src/main/resources/org/plastic4j/cuda", name + ".ptx");
        String text = Files.readString(file);
        String[] lines = text.split("\n", 4);
        assertThat(lines[1]).as("sources of %s: %s", file, AGAIN).isEqualTo("// sources sha256 " + sources());
        assertThat(lines[2])
                .as("body of %s, which is not to be edited: %s", file, AGAIN)
                .isEqualTo("// below sha256 " + sha256(lines[3].getBytes(StandardCharsets.UTF_8)));
        assertThat(text).as("Turing and later").contains(".target sm_75");
    }

    private static String sources() throws IOException, GeneralSecurityException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (Stream<Path> files = Files.list(SOURCES)) {
            for (Path file : files.sorted().toList()) {
                all.write((file.getFileName() + "\n").getBytes(StandardCharsets.UTF_8));
                all.write(Files.readAllBytes(file));
            }
        }
        return sha256(all.toByteArray());
    }

    private static String sha256(byte[] bytes) throws GeneralSecurityException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Test
    void argumentsHaveTheStructuresFieldsInItsOrder() throws IOException {
        Matcher fields = Pattern.compile("^ {2}(?:const )?(float|Word|int|unsigned) (\\*?)(\\w+);", Pattern.MULTILINE)
                .matcher(Files.readString(SOURCES.resolve("arguments.cuh")));
        List<String> pointers = new ArrayList<>();
        List<String> numbers = new ArrayList<>();
        while (fields.find()) {
            (fields.group(2).isEmpty() ? numbers : pointers).add(fields.group(3));
        }
        assertThat(pointers)
                .isEqualTo(Arrays.stream(LifetimeArguments.Field.values())
                        .map(SourcesTest::inC)
                        .toList());
        assertThat(numbers)
                .containsExactly("n", "steps", "batch", "slices", "teams", "sharedAlpha", "longSteps", "tag", "bound");
    }

    /** MODULATOR_WEIGHTS is modulatorWeights. */
    private static String inC(LifetimeArguments.Field field) {
        return Pattern.compile("_(.)")
                .matcher(field.name().toLowerCase(Locale.ROOT))
                .replaceAll(letter -> letter.group(1).toUpperCase(Locale.ROOT));
    }

    @Test
    void layoutsAreThoseOfTheKernels() throws IOException {
        Matcher layouts = Pattern.compile(
                        "typedef Layout<(\\d+), (\\d+), (\\d+), (\\d+), (true|false), (\\d+), \\d+> (\\w+);")
                .matcher(Files.readString(SOURCES.resolve("rule.cu")));
        List<String> found = new ArrayList<>();
        while (layouts.find()) {
            KernelLayout layout = KernelLayout.valueOf(layouts.group(7).toUpperCase(Locale.ROOT));
            int rows = Integer.parseInt(layouts.group(1));
            int columns = Integer.parseInt(layouts.group(2));
            int rowsAThread = Integer.parseInt(layouts.group(3));
            int columnsAThread = Integer.parseInt(layouts.group(4));
            assertThat(layout.threads()).as(layout.key()).isEqualTo(rows * columns);
            assertThat(layout.threadColumns()).as(layout.key()).isEqualTo(columns);
            assertThat(layout.cells()).as(layout.key()).isEqualTo(rowsAThread * columnsAThread);
            assertThat(layout.panels(columns * columnsAThread)).as(layout.key()).isEqualTo(1);
            assertThat(layout.panels(columns * columnsAThread + 1))
                    .as(layout.key())
                    .isEqualTo(2);
            assertThat(layout.isResident())
                    .as(layout.key())
                    .isEqualTo(layouts.group(5).equals("true"));
            assertThat(layout.panelsABlock()).as(layout.key()).isEqualTo(Integer.parseInt(layouts.group(6)));
            assertThat(layout.fits(rows * rowsAThread)).as(layout.key()).isTrue();
            assertThat(layout.fits(rows * rowsAThread + 1)).as(layout.key()).isEqualTo(!layout.isResident());
            found.add(layout.name());
        }
        assertThat(found)
                .containsExactly(
                        Arrays.stream(KernelLayout.values()).map(Enum::name).toArray(String[]::new));
    }
}
