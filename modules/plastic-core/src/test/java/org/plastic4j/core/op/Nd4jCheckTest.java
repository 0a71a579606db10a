package org.plastic4j.core.op;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plastic4j.core.graph.Nd4jCheck;

class Nd4jCheckTest {
    /** A user of the library, who starts ND4J before anything of it is asked for. */
    static final class User {
        private User() {}

        public static void main(String[] arguments) {
            try {
                PlasticSession.install();
                System.out.println("computes");
            } catch (IllegalStateException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private static String answer(String threads) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        System.getProperty("java.home") + "/bin/java",
                        "--add-modules=jdk.incubator.vector",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        User.class.getName()))
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put("OMP_NUM_THREADS", threads);
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        List<String> lines = out.lines().toList();
        return lines.get(lines.size() - 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1"})
    void userOfTheLibraryIsToldOfThreadsThatMakeNd4jWrongBeforeAnythingIsComputed(String threads) throws Exception {
        assertThat(answer(threads))
                .isEqualTo("ND4J would compute with " + threads + " threads, as OMP_NUM_THREADS, SD_MAX_THREADS or"
                        + " SD_MASTER_THREADS in the environment asks for, and give wrong results: expected at least 1, or none"
                        + " of them");
    }

    @Test
    void libraryThatComputesIsFoundWithoutFault() throws Exception {
        assertThat(answer("1")).isEqualTo("computes");
        assertThat(Nd4jCheck.fault()).isEmpty();
    }
}
