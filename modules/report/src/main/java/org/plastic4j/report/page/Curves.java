package org.plastic4j.report.page;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.plastic4j.report.plot.Curve;
import org.plastic4j.training.Decimals;
import org.plastic4j.training.metric.CsvMetrics;
import org.plastic4j.training.metric.MetricTable;
import org.plastic4j.training.trainer.PrimaryMetric;

/** A run's measures over its lifetimes, the main one first. */
final class Curves {
    private static final int LISTED_ROWS = 20;

    private final MetricTable table;
    private final PrimaryMetric measure;
    private final long window;
    private final Optional<Double> target;

    Curves(MetricTable table, PrimaryMetric measure, long window, Optional<Double> target) {
        this.table = table;
        this.measure = measure;
        this.window = window;
        this.target = target;
    }

    /** Parameters that are recorded, such as eta, have no noise to take a mean of. */
    String html(Collection<String> parameters) {
        StringBuilder html = new StringBuilder(main().html());
        html.append("<div class=\"pair\">\n");
        table.names().stream()
                .skip(1)
                .filter(name -> !name.equals(measure.name()) && !isTheSame(name))
                .map(name -> parameters.contains(name) ? parameter(name) : other(name))
                .forEach(chart -> html.append(chart.html()));
        html.append("</div>\n");
        return html.append("<details><summary>The same in numbers</summary>\n")
                .append(numbers())
                .append("</details>\n")
                .toString();
    }

    /** Whether a column is the primary metric again, as a loss can be, perhaps by another factor. */
    private boolean isTheSame(String name) {
        double[] one = table.column(measure.name());
        double[] other = table.column(name);
        double factor = one.length > 1 ? other[0] / one[0] : Double.NaN;
        return Double.isFinite(factor)
                && IntStream.range(0, one.length)
                        .allMatch(i -> Math.abs(other[i] - factor * one[i]) <= 1e-6 * Math.abs(other[i]));
    }

    private Chart main() {
        Curve curve = curve(measure.name());
        boolean logarithmic = measure.better() == PrimaryMetric.Better.LOWER && curve.smallestMean() > 0;
        double floor = logarithmic
                ? Chart.decade(curve.smallestMean(), target.filter(t -> t > 0).orElse(1.0))
                : 0;
        List<Chart.Line> lines = lines(curve);
        target.ifPresent(level -> {
            double[] everywhere = new double[curve.x().length];
            Arrays.fill(everywhere, level);
            lines.add(new Chart.Line("target", "target", 1.4, true, true, everywhere));
        });
        return new Chart(
                measure.label(),
                measure.label(),
                measure.unit() == PrimaryMetric.Unit.FRACTION,
                floor,
                curve.x(),
                lines,
                List.of());
    }

    private Chart other(String name) {
        Curve curve = curve(name);
        // A single value of zero can be raised to the axis's lower end, one below it cannot.
        boolean positive =
                curve.smallestMean() > 0 && Arrays.stream(curve.raw()).allMatch(value -> value >= 0);
        return new Chart(
                name.replace('_', ' '),
                name,
                false,
                positive ? Chart.decade(curve.smallestMean()) : 0,
                curve.x(),
                lines(curve),
                List.of());
    }

    private Chart parameter(String name) {
        Curve curve = curve(name);
        List<Chart.Line> lines = List.of(Chart.Line.solid(name, "strong", 2, curve.raw()));
        return new Chart(name + " over time", name, false, 0, curve.x(), lines, List.of());
    }

    private List<Chart.Line> lines(Curve curve) {
        return new ArrayList<>(List.of(
                Chart.Line.solid("single values", "faint", 1, curve.raw()),
                Chart.Line.solid(Curve.label(window, curve.last()), "strong", 2.2, curve.mean())));
    }

    private Curve curve(String name) {
        return Curve.of(table.column(CsvMetrics.LIFETIMES), table.column(name), window);
    }

    private String numbers() {
        int rows = table.rows().size();
        List<List<String>> listed = new ArrayList<>();
        int count = Math.min(rows, LISTED_ROWS);
        for (int i = 0; i < count; i++) {
            // Evenly, the first and the last row among them.
            int at = count == 1 ? 0 : (int) Math.round((double) i * (rows - 1) / (count - 1));
            listed.add(
                    Arrays.stream(table.rows().get(at)).mapToObj(Curves::text).toList());
        }
        String caption =
                count == rows ? "All rows of metrics.csv" : count + " of the rows of metrics.csv, evenly spaced";
        return Html.table(caption, table.names(), listed);
    }

    private static String text(double value) {
        return value == Math.rint(value) ? Decimals.shortest(value) : String.format(Locale.ROOT, "%.5g", value);
    }
}
