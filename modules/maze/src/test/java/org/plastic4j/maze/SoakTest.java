package org.plastic4j.maze;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.cli.Launcher;
import org.plastic4j.testing.ExperimentProcess;
import org.plastic4j.testsupport.Soak;

/** A run of a small network over as many updates as a large one makes in a day; {@code -Dplastic4j.soak.times=10} makes it ten times as many. */
@Tag("slow")
class SoakTest {
    private static final int UPDATES = 5_000;

    @TempDir
    private Path folder;

    /** The program, with somebody who looks at it. */
    static final class Watched {
        private Watched() {}

        public static void main(String[] arguments) {
            Soak.watch(System.out);
            Launcher.main(arguments, new MazeExperiment());
            System.exit(0);
        }
    }

    @Test
    void aDaysWorthOfUpdatesWithMetricsAndCheckpointsKeepsNothing() throws Exception {
        ExperimentProcess process = ExperimentProcess.start(
                Watched.class,
                folder,
                Map.of("JDK_JAVA_OPTIONS", "-Xmx256m -XX:+UseSerialGC", "OMP_WAIT_POLICY", "passive"),
                List.of(
                        "--config",
                        "regression",
                        "--quiet",
                        "--threads",
                        "1",
                        "--out",
                        "run",
                        "--set",
                        "agent.neurons=5",
                        "--set",
                        "task.steps=10",
                        "--set",
                        "training.batch=2",
                        "--set",
                        "training.maxLifetimes=" + 2 * Soak.work(UPDATES),
                        "--set",
                        "training.heldOut=null",
                        "--set",
                        "training.logEvery=200",
                        "--set",
                        "training.checkpoints.every=1000"));
        int code = process.process().waitFor();

        assertThat(code).as(process.text("err")).isEqualTo(Launcher.OK);
        System.out.println(Soak.assertNothingWasKept(
                String.format("%,d updates", Soak.work(UPDATES)),
                process.text("out").lines().toList()));
    }
}
