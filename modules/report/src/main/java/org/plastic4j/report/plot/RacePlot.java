package org.plastic4j.report.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import org.plastic4j.training.run.AtomicFiles;
import org.plastic4j.training.trainer.PrimaryMetric;

/**
 * Draws how fast several networks learn: their curves on logarithmic axes, over lifetimes or over seconds. Each goes as far
 * as it was run, and no further.
 */
public final class RacePlot {
    private static final int POINTS_A_DECADE = 150;

    private final String title;
    private final PrimaryMetric measure;
    private final Optional<Double> target;
    private final String xTitle;

    /**
     * @param title what was trained on what
     * @param measure what is drawn
     * @param target where to draw a line, if anywhere
     * @param xTitle what the horizontal axis is
     */
    public RacePlot(String title, PrimaryMetric measure, Optional<Double> target, String xTitle) {
        this.title = title;
        this.measure = measure;
        this.target = target;
        this.xTitle = xTitle;
    }

    /**
     * Draws the picture if it can be done here.
     *
     * @param curves what to draw, at least one with a positive value; their {@code lifetimes} are what the horizontal axis
     *     is, and ascend
     * @param png the file to write
     * @return why it was not written; nothing if it was
     */
    public Optional<Throwable> tryDraw(List<ComparisonPlot.Curve> curves, Path png) {
        return PlotStyle.tryToDraw(
                () -> draw(curves.stream().map(RacePlot::thinned).toList(), png));
    }

    private void draw(List<ComparisonPlot.Curve> curves, Path png) throws IOException {
        double[] values = all(curves, ComparisonPlot.Curve::mean, target.orElse(Double.NaN));
        double[] places = all(curves, ComparisonPlot.Curve::lifetimes, Double.NaN);
        double floor =
                Math.pow(10, Math.floor(Math.log10(Arrays.stream(values).min().orElseThrow())));
        double start = Arrays.stream(places).min().orElseThrow();
        double end = Arrays.stream(places).max().orElseThrow();
        XYChart chart = PlotStyle.chart(title, measure);
        chart.setXAxisTitle(xTitle);
        chart.getStyler()
                .setXAxisLogarithmic(true)
                .setYAxisLogarithmic(true)
                .setXAxisMin(start)
                .setXAxisMax(end * 1.1)
                .setYAxisMin(floor)
                .setYAxisMax(Arrays.stream(values).max().orElseThrow() * 1.3)
                .setXAxisTickLabelsFormattingFunction(RacePlot::label);
        for (int i = 0; i < curves.size(); i++) {
            ComparisonPlot.Curve curve = curves.get(i);
            Color color = ComparisonPlot.color(i);
            if (curve.low().length > 0) {
                PlotStyle.band(
                                chart,
                                i + " range",
                                curve.lifetimes(),
                                raised(curve.low(), floor),
                                raised(curve.high(), floor),
                                color)
                        .setShowInLegend(false);
            }
            line(chart, curve.label(), curve.lifetimes(), curve.mean(), floor, color, 2.2f);
        }
        target.ifPresent(level -> PlotStyle.line(
                chart,
                "target " + PlotStyle.label(measure, level),
                new double[] {start, end * 1.1},
                new double[] {level, level},
                new Color(0x55, 0x55, 0x55),
                PlotStyle.dashes()));
        AtomicFiles.write(png, out -> PlotStyle.write(chart, out));
    }

    /** A mean of exactly zero lies at the axis's lower end. */
    private static org.knowm.xchart.XYSeries line(
            XYChart chart, String name, double[] x, double[] y, double floor, Color color, float width) {
        return PlotStyle.line(chart, name, x, raised(y, floor), color, new BasicStroke(width));
    }

    private static double[] raised(double[] y, double floor) {
        return Arrays.stream(y).map(value -> Math.max(value, floor)).toArray();
    }

    /** All that a logarithmic axis can show. */
    private static double[] all(
            List<ComparisonPlot.Curve> curves, Function<ComparisonPlot.Curve, double[]> which, double besides) {
        return DoubleStream.concat(
                        DoubleStream.of(besides), curves.stream().map(which).flatMapToDouble(Arrays::stream))
                .filter(value -> value > 0)
                .toArray();
    }

    private static String label(double x) {
        double power = Math.log10(x);
        if (Math.abs(power - Math.rint(power)) > 1e-6) {
            return "";
        }
        return x >= 1
                ? String.format(Locale.ROOT, "%,.0f", x)
                : String.format(Locale.ROOT, "%.4g", x).replaceAll("0+$", "");
    }

    /** Rows that lie evenly on the axis, the last one among them. */
    static ComparisonPlot.Curve thinned(ComparisonPlot.Curve curve) {
        double[] x = curve.lifetimes();
        double step = Math.pow(10, 1.0 / POINTS_A_DECADE);
        double[] next = {0};
        int[] kept = IntStream.range(0, x.length)
                .filter(i -> {
                    boolean keep = x[i] > 0 && (x[i] >= next[0] || i == x.length - 1);
                    next[0] = keep ? x[i] * step : next[0];
                    return keep;
                })
                .toArray();
        Function<double[], double[]> of = values -> values.length == 0
                ? values
                : Arrays.stream(kept).mapToDouble(i -> values[i]).toArray();
        return new ComparisonPlot.Curve(
                curve.label(), of.apply(x), of.apply(curve.mean()), of.apply(curve.low()), of.apply(curve.high()));
    }
}
