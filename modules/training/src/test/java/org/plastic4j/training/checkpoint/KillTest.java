package org.plastic4j.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.training.run.Versions;

/** Processes that are killed, without any chance to tidy up, while they save. */
@Tag("slow")
class KillTest {
    private static final int SIZE = 300_000;

    /** Saves one checkpoint after the other, each with its step in every number, until it is killed. */
    static final class Saver {
        private Saver() {}

        public static void main(String[] arguments) {
            CheckpointFolder folder = new CheckpointFolder(Path.of(arguments[0]), 2);
            for (long step = 1; ; step++) {
                folder.save(checkpoint(step));
            }
        }

        private static Checkpoint checkpoint(long step) {
            Checkpoint.State state = new Checkpoint.State(
                    new Checkpoint.Run("quadratic", Versions.plastic4j(), 0, "", Map.of()),
                    step,
                    step,
                    step,
                    0,
                    new Checkpoint.Recent(0, List.of()),
                    new Checkpoint.PendingRow(0, 0, Map.of()),
                    Optional.of(new Checkpoint.Best(step, 1)));
            INDArray numbers = Nd4j.valueArrayOf(new long[] {SIZE}, (float) step);
            return new Checkpoint(state, Map.of("w", numbers), Map.of("w.m", numbers, "w.v", numbers));
        }
    }

    /** Kills at different fractions of a save, which takes about 20 ms; each time it hits another place. */
    @ParameterizedTest
    @ValueSource(ints = {0, 4, 9, 16})
    @Timeout(60)
    void killedWhileItSavesItLeavesAWholeCheckpoint(int afterMillis, @TempDir Path run) throws Exception {
        Path output = run.resolve("output");
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Saver.class.getName(),
                        run.toString())
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(output.toFile()))
                .start();
        try {
            while (process.isAlive() && !Files.exists(run.resolve("checkpoints/000003"))) {
                Thread.sleep(1);
            }
            while (process.isAlive() && !Files.exists(run.resolve("checkpoint.new/optimizer.npz"))) {
                Thread.onSpinWait();
            }
            Thread.sleep(afterMillis);
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(output)).isEqualTo(128 + 9);

        CheckpointFolder folder = new CheckpointFolder(run, 2);
        long step = stepOf(folder.load("quadratic"));
        assertThat(stepOf(folder.loadBest("quadratic"))).isBetween(step - 1, step);

        folder.settle(folder.load("quadratic").state());
        folder.save(Saver.checkpoint(step + 1));
        assertThat(stepOf(folder.load("quadratic"))).isEqualTo(step + 1);
        assertThat(stepOf(folder.loadBest("quadratic"))).isEqualTo(step + 1);
        assertThat(run.toFile().list()).containsExactlyInAnyOrder("checkpoint", "checkpoints", "output");
    }

    private static long stepOf(Checkpoint checkpoint) {
        long step = checkpoint.state().step();
        assertThat(step).isGreaterThanOrEqualTo(3);
        for (INDArray array :
                List.of(checkpoint.parameters().get("w"), checkpoint.optimizer().get("w.v"))) {
            assertThat(array.length()).isEqualTo(SIZE);
            assertThat(array.minNumber().longValue()).isEqualTo(step);
            assertThat(array.maxNumber().longValue()).isEqualTo(step);
        }
        return step;
    }
}
