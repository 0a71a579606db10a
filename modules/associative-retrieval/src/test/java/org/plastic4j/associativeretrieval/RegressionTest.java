package org.plastic4j.associativeretrieval;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.testing.StoredCurve;
import org.plastic4j.testing.StoredCurve.Measure;
import org.plastic4j.testing.StoredCurve.Tolerance;

/**
 * {@code regression.yaml} learns as it did when {@code curve.csv} was written: the means of loss and accuracy over every 50
 * updates, seed 0. The tolerance is 0.5% of the loss and 0.01 in the accuracy, eight of the 800 sequences of a mean.
 */
class RegressionTest {
    private static final StoredCurve CURVE = new StoredCurve(
            "associative-retrieval",
            "updates",
            50,
            List.of(
                    new Measure("loss", 5, Tolerance.relative(0.005)),
                    new Measure("accuracy", 5, Tolerance.absolute(0.01))));

    @Test
    void learningCurveIsTheStoredOne(@TempDir Path folder) throws IOException {
        CURVE.check(ThisExperiment.LAUNCHER
                .trained(folder.resolve("run"), 1, "seed=0")
                .metrics());
    }

    @Test
    void storedCurveIsOfANetworkThatLearns() throws IOException {
        double[] means = CURVE.stored("loss");
        assertThat(means[means.length - 1]).isLessThan(0.65 * means[0]);
    }
}
