package org.plastic4j.experiment.reproduce;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.plastic4j.experiment.UserError;
import org.plastic4j.experiment.metric.CsvMetrics;
import org.plastic4j.experiment.metric.MetricTable;
import org.plastic4j.experiment.metric.RollingMean;
import org.plastic4j.experiment.run.RunFacts;
import org.plastic4j.experiment.train.MainMeasure;

/**
 * What one run gave, read from its directory.
 *
 * @param seed the run's seed, as its folder says
 * @param facts what the run says of itself
 * @param metrics its curve
 * @param reached after how many lifetimes the mean first was better than the target; empty if never
 * @param last the mean over the last lifetimes
 * @param heldOut the mean over held-out lifetimes; empty if it was not evaluated
 */
record RunResult(
        long seed, RunFacts facts, MetricTable metrics, OptionalLong reached, double last, OptionalDouble heldOut) {
    static RunResult read(Path run, long seed, Reproduction reproduction, MainMeasure measure) {
        MetricTable metrics = MetricTable.read(run.resolve("metrics.csv"));
        double[] lifetimes = metrics.column(CsvMetrics.LIFETIMES);
        double[] values = metrics.column(measure.name());
        if (values.length == 0) {
            throw new UserError(run.resolve("metrics.csv") + ": expected at least one row, found none");
        }
        // A row may be the mean of several lifetimes.
        int rows = (int) Math.max(1, Math.ceil(reproduction.window() / lifetimes[0]));
        RollingMean mean = new RollingMean(rows);
        OptionalLong reached = OptionalLong.empty();
        for (int i = 0; i < values.length; i++) {
            mean.add(values[i]);
            if (reached.isEmpty() && mean.isFull() && measure.isBetter(mean.mean(), reproduction.target())) {
                reached = OptionalLong.of((long) lifetimes[i]);
            }
        }
        return new RunResult(
                seed,
                RunFacts.read(run.resolve("run.json")),
                metrics,
                reached,
                mean.mean(),
                heldOut(run.resolve("eval-test.json")));
    }

    private static OptionalDouble heldOut(Path file) {
        if (!Files.isRegularFile(file)) {
            return OptionalDouble.empty();
        }
        try {
            JsonNode mean = new ObjectMapper().readTree(file.toFile()).path("mean");
            if (mean.isNumber()) {
                return OptionalDouble.of(mean.doubleValue());
            }
            throw new UserError(file + ": expected the result of an evaluation, found no mean in it");
        } catch (IOException e) {
            throw new UserError(file + ": expected the result of an evaluation in JSON, found something else", e);
        }
    }
}
