package org.plastic4j.report.reproduction;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.plastic4j.training.UserError;
import org.plastic4j.training.metric.CsvMetrics;
import org.plastic4j.training.metric.MetricTable;
import org.plastic4j.training.metric.TimeMetrics;
import org.plastic4j.training.metric.WindowMeans;
import org.plastic4j.training.run.HeldOut;
import org.plastic4j.training.run.RunFacts;
import org.plastic4j.training.trainer.PrimaryMetric;

/**
 * What one run gave, read from its directory.
 *
 * @param seed the run's seed, as its folder says
 * @param facts what the run says of itself
 * @param metrics its curve
 * @param times when it got to each row of the curve; empty for a run that has not recorded it
 * @param reached after how many lifetimes the mean first was better than the target; empty if never
 * @param last the mean over the last lifetimes
 * @param heldOut the mean over held-out lifetimes; empty if it was not evaluated
 */
record RunResult(
        long seed,
        RunFacts facts,
        MetricTable metrics,
        Optional<MetricTable> times,
        OptionalLong reached,
        double last,
        OptionalDouble heldOut) {
    static RunResult read(Path run, long seed, Reproduction reproduction, PrimaryMetric measure, long window) {
        MetricTable metrics = MetricTable.read(run.resolve("metrics.csv"));
        if (metrics.rows().isEmpty()) {
            throw new UserError(run.resolve("metrics.csv") + ": expected at least one row, found none");
        }
        WindowMeans means = new WindowMeans(metrics, measure.name(), window);
        OptionalLong reached = reproduction
                .target()
                .map(level -> means.first(mean -> measure.isBetter(mean, level)))
                .orElseGet(OptionalLong::empty);
        RunFacts facts = RunFacts.read(run.resolve("run.json"));
        double last = facts.result()
                .filter(result -> result.window() == window)
                .map(RunFacts.Result::mean)
                .orElseGet(means::last);
        Path times = run.resolve("times.csv");
        return new RunResult(
                seed,
                facts,
                metrics,
                Files.exists(times) ? Optional.of(MetricTable.read(times)) : Optional.empty(),
                reached,
                last,
                heldOut(run, facts, reproduction.evaluationLifetimes()));
    }

    /** When the target was reached, in seconds; NaN if never. Of a run that has recorded its times only. */
    double reachedSeconds() {
        return reached.isPresent() ? seconds().get(reached.getAsLong()) : Double.NaN;
    }

    /** How many seconds it took to get to each row of the metrics, by its lifetimes. */
    Map<Long, Double> seconds() {
        double[] at = times.orElseThrow(() -> new UserError(String.format(
                        Locale.ROOT,
                        "seed %d: expected a run with times.csv, found one from before there was such a file",
                        seed)))
                .column(CsvMetrics.LIFETIMES);
        double[] seconds = times.orElseThrow().column(TimeMetrics.SECONDS);
        Map<Long, Double> all = new HashMap<>();
        for (int i = 0; i < at.length; i++) {
            all.put((long) at[i], seconds[i]);
        }
        return all;
    }

    /** The means of whole windows, each at its middle, up to so many lifetimes. */
    MetricTable means(PrimaryMetric measure, long window, long upTo) {
        double[] lifetimes = metrics.column(CsvMetrics.LIFETIMES);
        double[] means = new WindowMeans(metrics, measure.name(), window).centred();
        List<double[]> rows = new ArrayList<>();
        for (int i = 0; i < means.length && lifetimes[i] <= upTo; i++) {
            if (Double.isFinite(means[i])) {
                rows.add(new double[] {lifetimes[i], means[i]});
            }
        }
        return new MetricTable(List.of(CsvMetrics.LIFETIMES, measure.name()), rows);
    }

    private static OptionalDouble heldOut(Path run, RunFacts facts, int lifetimes) {
        Optional<HeldOut> found = HeldOut.read(run);
        found.filter(evaluation -> !evaluation.isOf(lifetimes, facts)).ifPresent(other -> {
            throw new UserError(String.format(
                            Locale.ROOT,
                            "%s: expected the newest checkpoint, of %d lifetimes, on %d held-out ones, found the %s,",
                            HeldOut.file(run),
                            facts.lifetimes(),
                            lifetimes,
                            other.checkpoint())
                    + String.format(Locale.ROOT, " of %d, on %d", other.trainedLifetimes(), other.lifetimes()));
        });
        return found.map(evaluation -> OptionalDouble.of(evaluation.mean())).orElseGet(OptionalDouble::empty);
    }
}
