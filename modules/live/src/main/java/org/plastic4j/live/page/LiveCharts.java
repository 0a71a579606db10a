package org.plastic4j.live.page;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.plastic4j.live.run.RunIndex;
import org.plastic4j.live.run.WatchedRun;
import org.plastic4j.report.comparison.SeedBand;
import org.plastic4j.report.page.Chart;
import org.plastic4j.report.plot.Curve;
import org.plastic4j.training.metric.ThinnedMetrics;
import org.plastic4j.training.metric.WindowMeans;
import org.plastic4j.training.trainer.PrimaryMetric;

/**
 * The charts of the page: one a measure, the primary metric first.
 *
 * @param version what they show
 * @param charts the charts
 */
record LiveCharts(long version, List<Shown> charts) {
    private static final int MOST_CHARTS = 12;
    /** What a screen can show of a curve. */
    private static final int MOST_POINTS = 500;

    private static final int LEAST_POINTS = 80;
    /** Points of all curves of a chart together. */
    private static final int ALL_POINTS = 60_000;

    private static final int MOST_LISTED = 16;

    /**
     * A chart.
     *
     * @param column the measure
     * @param caption what it shows
     * @param logX whether its horizontal axis is logarithmic
     * @param spec what the page's script draws
     */
    record Shown(
            String column,
            String caption,
            boolean logX,
            @JsonRawValue String spec) {}

    /** The curves of one measure while they are collected. */
    private record Lines(List<Chart.Line> lines, List<int[]> bands) {
        Lines() {
            this(new ArrayList<>(), new ArrayList<>());
        }
    }

    static LiveCharts of(RunIndex.View view, ChartSettings settings) {
        ShownRuns all = ShownRuns.of(view, settings.experiment());
        List<ShownRuns.Group> groups = all.groups().stream()
                .map(group -> new ShownRuns.Group(
                        group.number(),
                        group.seeds(),
                        group.runs().stream()
                                .filter(run -> !settings.hidden().contains(String.valueOf(run.id())))
                                .filter(run -> run.metrics()
                                        .filter(of -> of.rows() > 0)
                                        .isPresent())
                                .toList()))
                .filter(group -> !group.runs().isEmpty())
                .toList();
        Optional<PrimaryMetric> measure = all.measure();
        if (groups.isEmpty() || measure.isEmpty()) {
            return new LiveCharts(view.version(), List.of());
        }
        double end = runs(groups)
                .mapToDouble(run -> run.metrics().orElseThrow().lastLifetime())
                .max()
                .orElse(1);
        long window = settings.smoothing().isPresent()
                ? Math.max(1, Math.round(settings.smoothing().getAsDouble() * end))
                : all.window();
        LiveCharts.Maker maker = new Maker(settings, groups, measure.get(), window, grid(settings, groups, end));
        return new LiveCharts(
                view.version(), columns(groups, measure.get()).map(maker::chart).toList());
    }

    private static Stream<WatchedRun> runs(List<ShownRuns.Group> groups) {
        return groups.stream().flatMap(group -> group.runs().stream());
    }

    private static Stream<String> columns(List<ShownRuns.Group> groups, PrimaryMetric measure) {
        Set<String> columns = new LinkedHashSet<>(List.of(measure.name()));
        runs(groups)
                .forEach(run ->
                        run.metrics().orElseThrow().names().stream().skip(1).forEach(columns::add));
        return columns.stream().limit(MOST_CHARTS);
    }

    /** Lifetimes at which all curves have points: evenly on the axis, from the first row to the last. */
    private static double[] grid(ChartSettings settings, List<ShownRuns.Group> groups, double end) {
        long curves = runs(groups).count();
        double first = runs(groups)
                .mapToDouble(run -> run.metrics().orElseThrow().lifetimes()[0])
                .min()
                .orElse(1);
        int points = (int) Math.max(LEAST_POINTS, Math.min(MOST_POINTS, ALL_POINTS / curves));
        boolean log = settings.x() == ChartSettings.Axis.LOG;
        return DoubleStream.iterate(0, i -> i < points, i -> i + 1)
                .map(i -> i / (points - 1))
                .map(part -> log ? first * Math.pow(end / first, part) : first + part * (end - first))
                .map(Math::rint)
                .distinct()
                .toArray();
    }

    /**
     * Makes a chart of a measure.
     *
     * @param settings what the user has chosen
     * @param groups the runs that are shown
     * @param measure the primary metric
     * @param window over how many lifetimes means are taken
     * @param grid the lifetimes at which there are points
     */
    private record Maker(
            ChartSettings settings, List<ShownRuns.Group> groups, PrimaryMetric measure, long window, double[] grid) {
        Shown chart(String column) {
            boolean primary = column.equals(measure.name());
            Lines made = new Lines();
            for (ShownRuns.Group group : groups) {
                if (group.runs().size() > 1 && settings.seeds() == ChartSettings.Seeds.BAND) {
                    band(group, column, made);
                } else {
                    group.runs().forEach(run -> single(group, run, column, made));
                }
            }
            if (primary) {
                target(made);
            }
            String label = primary ? measure.label() : column.replace('_', ' ');
            Chart chart = new Chart(
                    label + ": "
                            + (isSmoothed() ? Curve.label(window, grid[grid.length - 1]) : "single rows")
                            + (made.bands.isEmpty() ? "" : "; of several seeds, the mean and the range"),
                    label,
                    primary && measure.unit() == PrimaryMetric.Unit.FRACTION,
                    floor(column, made.lines),
                    grid,
                    made.lines,
                    made.bands);
            return new Shown(column, chart.caption(), settings.x() == ChartSettings.Axis.LOG, chart.json());
        }

        private boolean isSmoothed() {
            return settings.smoothing().orElse(1) > 0;
        }

        private boolean isAlone() {
            return runs(groups).count() == 1;
        }

        private boolean areListed() {
            return groups.size() <= MOST_LISTED;
        }

        private void band(ShownRuns.Group group, String column, Lines made) {
            SeedBand band = SeedBand.of(
                    group.runs().stream()
                            .map(run -> curve(run, column, isSmoothed()))
                            .toList(),
                    grid);
            String name = group.seeds().name();
            made.bands.add(new int[] {made.lines.size(), made.lines.size() + 1});
            made.lines.add(new Chart.Line(name + ", greatest", group.color(), 0.6, false, false, band.greatest()));
            made.lines.add(new Chart.Line(name + ", least", group.color(), 0.6, false, false, band.least()));
            made.lines.add(new Chart.Line(
                    name + " (" + group.runs().size() + " seeds)",
                    group.color(),
                    2,
                    group.dashed(),
                    areListed(),
                    band.mean()));
        }

        private void single(ShownRuns.Group group, WatchedRun run, String column, Lines made) {
            if (isAlone() && isSmoothed()) {
                made.lines.add(Chart.Line.solid(
                        "single rows", "faint", 1, curve(run, column, false).on(grid)));
            }
            made.lines.add(new Chart.Line(
                    group.label(run),
                    group.color(),
                    isAlone() ? 2.2 : 1.4,
                    group.dashed(),
                    areListed() && runs(groups).count() <= MOST_LISTED,
                    curve(run, column, isSmoothed()).on(grid)));
        }

        private SeedBand.Curve curve(WatchedRun run, String column, boolean smoothed) {
            ThinnedMetrics metrics = run.metrics().orElseThrow();
            double[] x = metrics.lifetimes();
            double[] y = metrics.column(column);
            return new SeedBand.Curve(x, smoothed ? new WindowMeans(x, y, window).centred() : y);
        }

        private void target(Lines made) {
            runs(groups)
                    .flatMap(run -> run.record().stream())
                    .flatMap(record -> record.target().stream())
                    .findFirst()
                    .ifPresent(level -> {
                        double[] everywhere = new double[grid.length];
                        Arrays.fill(everywhere, level);
                        made.lines.add(new Chart.Line("target", "target", 1.4, true, true, everywhere));
                    });
        }

        /** The lower end of a logarithmic axis; 0 for a linear one. */
        private double floor(String column, List<Chart.Line> lines) {
            double[] values = lines.stream()
                    .flatMapToDouble(line -> Arrays.stream(line.values()))
                    .filter(Double::isFinite)
                    .toArray();
            double[] positive = Arrays.stream(values).filter(value -> value > 0).toArray();
            boolean fits = positive.length > 0 && Arrays.stream(values).allMatch(value -> value >= 0);
            boolean log = switch (settings.y()) {
                case LOG -> positive.length > 0;
                case LINEAR -> false;
                case AUTO ->
                    fits && column.equals(measure.name()) && measure.better() == PrimaryMetric.Better.LOWER
                            || fits && column.equals("loss");
            };
            return log ? Chart.decade(positive) : 0;
        }
    }

    String json() {
        return Json.text(this);
    }
}
