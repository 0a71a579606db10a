package org.plastic4j.binarypatterns;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.testing.Launched;

/** A rule of a user's own, {@link CovarianceHebb}, from the class path into a run. */
class OwnRuleTest {
    private static final String[] SMALL = {
        "task.patterns=2",
        "task.bits=20",
        "task.degradedBits=10",
        "task.cycles=1",
        "training.maxLifetimes=3",
        "network.rule=covariance-hebb",
        "network.bound=0.5"
    };

    @TempDir
    private Path folder;

    @Test
    void runsUnrolledAndTrainsWhatItLearns() {
        Launched run = ThisExperiment.LAUNCHER.trained(folder.resolve("run"), 1, SMALL);

        Map<String, INDArray> parameters =
                run.assertTrainedAllParameters("binary-patterns").parameters();
        assertThat(parameters).containsOnlyKeys("w", "alpha", "eta", "threshold");
        assertThat(parameters.get("threshold").shape()).containsExactly(21);
        assertThat(run.directory().resolve("run.log"))
                .content()
                .contains("The rule covariance-hebb has no fused kernel: lifetimes of");
    }

    @Test
    void cannotBeAskedForFused() {
        ThisExperiment.LAUNCHER.assertRejected(
                folder,
                "network.execution: expected auto or unrolled for the rule covariance-hebb, which has no fused kernel, found"
                        + " fused (--set network.execution=fused).",
                "--set",
                "network.rule=covariance-hebb",
                "--set",
                "network.execution=fused");
    }
}
