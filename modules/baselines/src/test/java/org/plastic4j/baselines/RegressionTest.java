package org.plastic4j.baselines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.testing.Launched;
import org.plastic4j.testing.StoredCurve;
import org.plastic4j.testing.StoredCurve.Measure;
import org.plastic4j.testing.StoredCurve.Tolerance;

/**
 * {@code regression.yaml} learns as it did when {@code curve.csv} was written: the means of error and loss over every
 * 25 lifetimes, seed 0.
 *
 * <p>Runs are the same bit for bit on one kind of CPU, whatever the number of threads; another kind may round its sums
 * otherwise.
 *
 * <p>The tolerance is 0.5% of the loss and 0.002 in the error, as in binary-patterns, where gradients that were bent on
 * purpose went past it.
 */
class RegressionTest {
    private static final StoredCurve CURVE = new StoredCurve(
            "baselines",
            "lifetimes",
            25,
            List.of(
                    new Measure("error", 5, Tolerance.absolute(0.002)),
                    new Measure("loss", 4, Tolerance.relative(0.005))));

    @Test
    void learningCurveIsTheStoredOne(@TempDir Path folder) throws IOException {
        Launched run = ThisExperiment.LAUNCHER.run(
                folder.resolve("run"), "--config", "regression", "--seed", "0", "--threads", "1", "--quiet");
        assertThat(run.err()).isEmpty();
        CURVE.check(run.metrics());
    }
}
