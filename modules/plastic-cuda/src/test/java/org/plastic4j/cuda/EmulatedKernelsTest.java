package org.plastic4j.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The kernels' sources, compiled for a host and run thread by thread, against the definition and its slopes: what they
 * compute is checked without a GPU. Skipped where there is no g++.
 */
@EnabledOnOs(OS.LINUX)
@Tag("slow")
class EmulatedKernelsTest {
    private static final Path SOURCES = Path.of("src/test/cuda");
    private static final List<String> RULES = List.of(
            "none",
            "decaying_hebb",
            "oja",
            "hard_bound",
            "soft_bound",
            "neuromodulated",
            "neuromodulated_fan_out",
            "retroactive");

    @TempDir
    private static Path folder;

    @BeforeAll
    static void compile() throws IOException, InterruptedException {
        boolean isThere;
        try {
            isThere = run(List.of("g++", "--version")).code == 0;
        } catch (IOException e) {
            isThere = false;
        }
        Assumptions.assumeTrue(isThere, "there is no g++");
        for (String program : List.of("emulate", "emulate_vectors")) {
            Result compiled = run(List.of(
                    "g++",
                    "-std=c++17",
                    "-O1",
                    "-pthread",
                    "-Wno-unknown-pragmas",
                    "-o",
                    folder.resolve(program).toString(),
                    SOURCES.resolve(program + ".cpp").toString()));
            assertThat(compiled.code).as(compiled.text).isZero();
        }
    }

    private record Result(int code, String text) {}

    private static Result run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).as("%s ended", command).isTrue();
        return new Result(process.exitValue(), text);
    }

    /** Rule, layout, T, B, n, blocks in a team, shared alpha, clamped, from a state. */
    static List<String> cases() {
        List<String> cases = new ArrayList<>();
        for (String rule : RULES) {
            // Two groups of one block, the second with one lifetime, over a chunk's end.
            cases.add(rule + " small 11 3 5 1 0 1 1");
            // Teams of two blocks, from rest.
            cases.add(rule + " small 9 2 19 2 " + (rule.equals("none") ? 0 : 1) + " 0 0");
            // Two panels of a block that goes through them in memory, over two long segments.
            cases.add(rule + " streamed 17 2 11 1 0 1 1");
            // Rows in two chunks, and blocks with three panels and two.
            cases.add(rule + " chunked 3 1 37 2 0 0 1");
        }
        cases.add("decaying_hebb medium 8 1 9 2 0 0 1");
        cases.add("hard_bound large 10 1 9 2 0 0 1");
        cases.add("retroactive large 1 1 1 1 0 0 1");
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void lifetimesAndTheirGradientsAreThoseOfTheDefinition(String words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(folder.resolve("emulate").toString()));
        command.addAll(Arrays.asList(words.split(" ")));
        Result result = run(command);
        assertThat(result.code).as("%s: %s", words, result.text).isZero();
    }

    @Test
    void productsSumsAndTrainingAreThoseOfPlainLoops() throws IOException, InterruptedException {
        Result result = run(List.of(folder.resolve("emulate_vectors").toString()));
        assertThat(result.code).as(result.text).isZero();
    }
}
