package org.plastic4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.plastic4j.training.trainer.Interrupt;

/** Somebody removes the run's directory while it trains. */
@Tag("slow")
@DisabledOnOs(OS.WINDOWS) // It does not let go of a folder with open files.
class VanishedFolderTest extends ResumeCase {
    private final Interrupt interrupt = new Interrupt();
    private final Map<String, String> others = new TreeMap<>();

    private void removeRun() {
        try (Stream<Path> entries = Files.walk(run())) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(entry);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A run in whose middle something happens to its folder. */
    private int run(Runnable loss, String... more) {
        Quadratic losing = new Quadratic(step -> {
            if (step == 15) {
                loss.run();
            }
        });
        return launch(losing, interrupt, arguments(run(), more));
    }

    private void assertOneSentence() {
        assertThat(err())
                .isEqualTo("%s: removed or replaced while the run was writing it.%n"
                        .formatted(run().resolve("metrics.csv")));
    }

    @Test
    void runWhoseFolderVanishesFailsAtItsNextCheckpointInOneSentence() {
        assertThat(run(this::removeRun)).isEqualTo(Launcher.FAILURE);
        assertOneSentence();
        assertThat(run()).doesNotExist();
    }

    @Test
    void soDoesOneThatIsInterruptedThen() {
        assertThat(run(() -> {
                    removeRun();
                    interrupt.request();
                }))
                .isEqualTo(Launcher.FAILURE);
        assertOneSentence();
    }

    @Test
    void soDoesOneThatSavesItsOnlyCheckpointAtItsEnd() {
        assertThat(run(this::removeRun, "--set", "training.checkpoints.every=1000000"))
                .isEqualTo(Launcher.FAILURE);
        assertOneSentence();
    }

    @Test
    void nothingIsWrittenIntoTheFolderThatAnotherRunHasPutInItsPlace() throws Exception {
        Path other = folder.resolve("other");
        launch(arguments(other));
        Files.writeString(other.resolve(".lock"), "");

        assertThat(run(() -> {
                    removeRun();
                    move(other, run());
                    others.putAll(contentsUnchecked());
                }))
                .isEqualTo(Launcher.FAILURE);
        assertThat(err()).startsWith(run().resolve("metrics.csv") + ": removed or replaced");
        assertThat(contents()).isEqualTo(others).containsKeys("metrics.csv", ".lock");
    }

    private Map<String, String> contentsUnchecked() {
        try {
            return contents();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void move(Path from, Path to) {
        try {
            Files.move(from, to);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
