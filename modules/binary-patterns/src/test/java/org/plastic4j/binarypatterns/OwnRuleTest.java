package org.plastic4j.binarypatterns;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
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
    void runsFusedAndTrainsWhatItLearns() {
        Launched run = ThisExperiment.LAUNCHER.trained(folder.resolve("run"), 1, SMALL);

        Map<String, INDArray> parameters =
                run.assertTrainedAllParameters("binary-patterns").parameters();
        assertThat(parameters).containsOnlyKeys("w", "alpha", "eta", "threshold");
        assertThat(parameters.get("threshold").shape()).containsExactly(21);
        assertThat(run.directory().resolve("run.log")).content().doesNotContain("unrolled");
    }

    @Test
    void givesUnrolledWhatItGivesFused() {
        Map<String, INDArray> fused = parameters("fused");
        Map<String, INDArray> unrolled = parameters("unrolled");
        fused.forEach((name, array) -> assertThat(array.equalsWithEps(unrolled.get(name), 1e-4))
                .as(name)
                .isTrue());
    }

    private Map<String, INDArray> parameters(String execution) {
        String[] arguments = Arrays.copyOf(SMALL, SMALL.length + 1);
        arguments[SMALL.length] = "network.execution=" + execution;
        return ThisExperiment.LAUNCHER
                .trained(folder.resolve(execution), 1, arguments)
                .assertTrainedAllParameters("binary-patterns")
                .parameters();
    }
}
