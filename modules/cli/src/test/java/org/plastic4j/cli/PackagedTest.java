package org.plastic4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The launcher of the folder that scripts/package makes. */
class PackagedTest {
    private static List<String> started;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    /** An experiment's program. */
    public static final class Maze {
        private Maze() {}

        /** @param arguments its options */
        public static void main(String[] arguments) {
            started = List.of(arguments);
        }
    }

    @BeforeEach
    void name() {
        started = null;
        System.setProperty(Packaged.EXPERIMENTS, "maze=" + Maze.class.getName() + ",omniglot=org.example.None");
    }

    @AfterEach
    void forget() {
        System.clearProperty(Packaged.EXPERIMENTS);
        System.clearProperty(Commands.SCRIPT);
    }

    private int start(String... arguments) throws ReflectiveOperationException {
        return Packaged.start(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @Test
    void anExperimentGetsItsOptionsAndTheNameOfItsScript() throws ReflectiveOperationException {
        assertThat(start("maze", "--config", "plastic")).isZero();
        assertThat(started).containsExactly("--config", "plastic");
        assertThat(System.getProperty(Commands.SCRIPT)).isEqualTo("plastic4j maze");
    }

    @Test
    void withoutAnExperimentASentenceNamesAll() throws ReflectiveOperationException {
        for (String[] arguments : new String[][] {{}, {"labyrinth"}, {"--seed", "1"}}) {
            err.reset();
            assertThat(start(arguments)).isEqualTo(2);
            assertThat(err.toString(StandardCharsets.UTF_8))
                    .isEqualTo("plastic4j: expected an experiment, one of: maze, omniglot;"
                            + " then its options, such as --help.\n");
        }
        assertThat(started).isNull();
    }

    @Test
    void helpNamesAllExperiments() throws ReflectiveOperationException {
        assertThat(start("--help")).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("one of: maze, omniglot");
    }
}
