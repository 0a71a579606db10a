package org.plastic4j.report.reproduction;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.plastic4j.report.plot.ComparisonPlot;
import org.plastic4j.report.reproduction.Reproduction.Summary;
import org.plastic4j.training.metric.Aggregate;
import org.plastic4j.training.metric.MetricTable;
import org.plastic4j.training.stat.Interval;
import org.plastic4j.training.stat.Spread;
import org.plastic4j.training.trainer.PrimaryMetric;

/**
 * What the finished runs of one protocol gave, read from their directories and from nothing else.
 *
 * @param protocol what was run
 * @param runs the finished runs, by seed
 */
record ProtocolResult(Reproduction.Protocol protocol, List<RunResult> runs) {
    static Optional<ProtocolResult> read(
            Path folder,
            Reproduction reproduction,
            Reproduction.Protocol protocol,
            PrimaryMetric measure,
            long window) {
        List<RunResult> results = new ArrayList<>();
        FinishedRuns.of(folder.resolve(protocol.config()))
                .forEach((seed, run) -> results.add(RunResult.read(run, seed, reproduction, measure, window)));
        return results.isEmpty() ? Optional.empty() : Optional.of(new ProtocolResult(protocol, results));
    }

    /** The curves together, as far as the picture shows them. */
    Aggregate curve(PrimaryMetric measure) {
        List<MetricTable> shown = runs.stream()
                .map(run -> new MetricTable(
                        run.metrics().names(),
                        run.metrics().rows().stream()
                                .filter(row -> row[0] <= protocol.shown())
                                .toList()))
                .toList();
        return Aggregate.of(shown, measure.name());
    }

    /** The rolling means of the runs together, as far as the picture shows them, for a picture with other protocols. */
    ComparisonPlot.Curve smooth(PrimaryMetric measure, long window, Summary summary) {
        boolean medians = summary == Summary.MEDIAN;
        List<MetricTable> means = runs.stream()
                .map(run -> run.means(measure, window, protocol.shown()))
                .toList();
        Aggregate together = Aggregate.of(means, measure.name());
        boolean several = runs.size() > 1;
        return new ComparisonPlot.Curve(
                several ? String.format(Locale.ROOT, "%s (%d seeds)", protocol.title(), runs.size()) : protocol.title(),
                together.lifetimes().stream().mapToDouble(Long::doubleValue).toArray(),
                values(together, medians ? Spread::median : Spread::mean),
                several ? values(together, medians ? Spread::q25 : Spread::min) : new double[0],
                several ? values(together, medians ? Spread::q75 : Spread::max) : new double[0]);
    }

    /**
     * The same over seconds: of several runs the mean of the seconds at each row that all of them have.
     *
     * @param smooth what {@link #smooth} gave
     */
    ComparisonPlot.Curve overSeconds(ComparisonPlot.Curve smooth) {
        List<Map<Long, Double>> seconds = runs.stream().map(RunResult::seconds).toList();
        double[] x = smooth.lifetimes();
        int[] common = IntStream.range(0, x.length)
                .filter(i -> seconds.stream().allMatch(run -> run.containsKey((long) x[i])))
                .toArray();
        UnaryOperator<double[]> of = values -> values.length == 0
                ? values
                : Arrays.stream(common).mapToDouble(i -> values[i]).toArray();
        double[] means = Arrays.stream(common)
                .mapToDouble(i -> seconds.stream()
                        .mapToDouble(run -> run.get((long) x[i]))
                        .average()
                        .orElseThrow())
                .toArray();
        return new ComparisonPlot.Curve(
                smooth.label(), means, of.apply(smooth.mean()), of.apply(smooth.low()), of.apply(smooth.high()));
    }

    private static double[] values(Aggregate aggregate, ToDoubleFunction<Spread> which) {
        return aggregate.spreads().stream().mapToDouble(which).toArray();
    }

    /**
     * The protocol's line of the table, without the bars at its ends: with a target, when it was reached; in a race, after
     * how many seconds.
     */
    String row(PrimaryMetric measure, boolean withTarget, boolean race, Summary summary) {
        List<String> cells = new ArrayList<>(
                List.of(String.format(Locale.ROOT, "%s (`%s.yaml`)", protocol.title(), protocol.config()), seeds()));
        cells.add(withTarget ? reached() + (race ? reachedSeconds() : "") : lifetimes());
        cells.add(summary(measure, summary, lastMeans()));
        cells.addAll(List.of(heldOut(measure, summary), time(), protocol.paper()));
        return String.join(" | ", cells);
    }

    private String lifetimes() {
        Spread spread = Spread.of(
                runs.stream().mapToDouble(run -> run.facts().lifetimes()).toArray());
        return spread.min() == spread.max()
                ? String.format(Locale.ROOT, "%,.0f", spread.min())
                : String.format(Locale.ROOT, "%,.0f–%,.0f", spread.min(), spread.max());
    }

    private String seeds() {
        long first = runs.get(0).seed();
        long last = runs.get(runs.size() - 1).seed();
        return last - first + 1 == runs.size() && runs.size() > 1
                ? String.format(Locale.ROOT, "%d (%d–%d)", runs.size(), first, last)
                : String.format(
                        Locale.ROOT,
                        "%d (%s)",
                        runs.size(),
                        runs.stream().map(run -> Long.toString(run.seed())).collect(Collectors.joining(", ")));
    }

    private String reached() {
        double[] lifetimes = runs.stream()
                .filter(run -> run.reached().isPresent())
                .mapToDouble(run -> run.reached().getAsLong())
                .toArray();
        if (lifetimes.length == 0) {
            return "never";
        }
        Spread spread = Spread.of(lifetimes);
        String text = String.format(Locale.ROOT, "%,.0f (%,.0f–%,.0f)", spread.mean(), spread.min(), spread.max());
        return lifetimes.length == runs.size()
                ? text
                : String.format(Locale.ROOT, "%s, in %d runs", text, lifetimes.length);
    }

    private String reachedSeconds() {
        double[] seconds = runs.stream()
                .filter(run -> run.reached().isPresent())
                .mapToDouble(RunResult::reachedSeconds)
                .toArray();
        if (seconds.length == 0) {
            return " within " + lifetimes();
        }
        Spread spread = Spread.of(seconds);
        return String.format(Locale.ROOT, "; %,.1f s (%,.1f–%,.1f)", spread.mean(), spread.min(), spread.max());
    }

    /** Of every run, the mean over its last lifetimes. */
    double[] lastMeans() {
        return runs.stream().mapToDouble(RunResult::last).toArray();
    }

    private static String summary(PrimaryMetric measure, Summary summary, double[] values) {
        if (summary == Summary.MEDIAN && values.length > 1) {
            Spread spread = Spread.of(values);
            return String.format(
                    Locale.ROOT,
                    "%s (%s–%s)",
                    measure.text(spread.median()),
                    measure.text(spread.q25()),
                    measure.text(spread.q75()));
        }
        Interval interval = Interval.of(values);
        return values.length == 1
                ? measure.text(interval.mean())
                : String.format(Locale.ROOT, "%s ± %s", measure.text(interval.mean()), measure.text(interval.half()));
    }

    private double[] heldOutMeans() {
        return runs.stream()
                .filter(run -> run.heldOut().isPresent())
                .mapToDouble(run -> run.heldOut().getAsDouble())
                .toArray();
    }

    /** The paper's value, and what held-out lifetimes gave, for the picture with the curve of this number. */
    List<ComparisonPlot.Level> levels(PrimaryMetric measure, Summary summary, int curve) {
        List<ComparisonPlot.Level> levels = new ArrayList<>();
        protocol.level()
                .ifPresent(level -> levels.add(new ComparisonPlot.Level(
                        String.format(Locale.ROOT, "paper, %s: %s", protocol.title(), measure.text(level)),
                        level,
                        curve,
                        false)));
        double[] means = heldOutMeans();
        if (means.length > 0) {
            Spread spread = Spread.of(means);
            double value = summary == Summary.MEDIAN ? spread.median() : spread.mean();
            levels.add(new ComparisonPlot.Level(
                    String.format(Locale.ROOT, "held out, %s: %s", protocol.title(), measure.text(value)),
                    value,
                    curve,
                    true));
        }
        return levels;
    }

    private String heldOut(PrimaryMetric measure, Summary summary) {
        double[] means = heldOutMeans();
        if (means.length == 0) {
            return "not evaluated";
        }
        String text = summary(measure, summary, means);
        return means.length == runs.size() ? text : String.format(Locale.ROOT, "%s, of %d runs", text, means.length);
    }

    private String time() {
        double seconds = Spread.of(
                        runs.stream().mapToDouble(run -> run.facts().seconds()).toArray())
                .median();
        return seconds < 120
                ? String.format(Locale.ROOT, "%.0f s", seconds)
                : String.format(Locale.ROOT, "%.1f min", seconds / 60);
    }
}
