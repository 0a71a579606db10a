package org.plastic4j.report.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.knowm.xchart.XYChart;
import org.plastic4j.training.run.AtomicFiles;
import org.plastic4j.training.trainer.PrimaryMetric;

/** Draws the primary metric of several runs: one colour each, with a band for the range of several seeds. */
public final class ComparisonPlot {
    private static final int[] COLORS = {0x1f5fa8, 0xc4572b, 0x2f8553, 0x8250b4, 0xa87500, 0x1c8a99, 0xc03a78, 0x64707f
    };

    /**
     * One run's curve, or that of several.
     *
     * @param label its name
     * @param lifetimes where it is known
     * @param mean a value at each; NaN where there is none
     * @param low the least of several runs at each; empty for one run
     * @param high the greatest
     */
    public record Curve(String label, double[] lifetimes, double[] mean, double[] low, double[] high) {}

    /**
     * A value beside the curves.
     *
     * @param label what it is
     * @param value where it lies
     * @param curve the number of the curve whose colour it has
     * @param atEnd whether it is a mark at the curve's end, and not a line
     */
    public record Level(String label, double value, int curve, boolean atEnd) {}

    private final String title;
    private final List<Level> levels;
    private final PrimaryMetric measure;
    private final Optional<Double> target;
    private final double floor;

    /**
     * @param title what was trained on what
     * @param measure what is drawn
     * @param target where to draw a line, if anywhere
     * @param floor the lower end of a logarithmic axis; 0 for a linear one
     * @param levels values beside the curves
     */
    public ComparisonPlot(
            String title, PrimaryMetric measure, Optional<Double> target, double floor, List<Level> levels) {
        this.title = title;
        this.levels = List.copyOf(levels);
        this.measure = measure;
        this.target = target;
        this.floor = floor;
    }

    /**
     * Draws the picture if it can be done here.
     *
     * @param curves what to draw, at least one
     * @param png the file to write
     * @return why it was not written; nothing if it was
     */
    public Optional<Throwable> tryDraw(List<Curve> curves, Path png) {
        return PlotStyle.tryToDraw(() -> draw(curves, png));
    }

    /** What the curve of this number is drawn in. */
    static Color color(int number) {
        return new Color(COLORS[number % COLORS.length]);
    }

    private void draw(List<Curve> curves, Path png) throws IOException {
        XYChart chart = PlotStyle.chart(title, measure);
        chart.getStyler().setYAxisLogarithmic(floor > 0);
        if (floor == 0 && measure.better() == PrimaryMetric.Better.LOWER) {
            chart.getStyler().setYAxisMin(0.0);
        }
        if (floor > 0) {
            double highest = curves.stream()
                    .flatMap(curve -> Stream.of(curve.mean, curve.high))
                    .flatMapToDouble(Arrays::stream)
                    .filter(Double::isFinite)
                    .max()
                    .orElse(floor);
            chart.getStyler().setYAxisMin(floor).setYAxisMax(Math.max(highest, 2 * floor) * 1.2);
        }
        for (int i = 0; i < curves.size(); i++) {
            Curve curve = curves.get(i);
            Color color = color(i);
            if (curve.low.length > 0) {
                PlotStyle.band(chart, i + " range", curve.lifetimes, curve.low, curve.high, color)
                        .setShowInLegend(false);
            }
            PlotStyle.knownLine(chart, curve.label, curve.lifetimes, curve.mean, color, new BasicStroke(2.2f));
        }
        for (Level level : levels) {
            double end = curves.get(level.curve).lifetimes[curves.get(level.curve).lifetimes.length - 1];
            if (level.atEnd) {
                PlotStyle.mark(chart, level.label, end, level.value, color(level.curve));
            } else {
                PlotStyle.line(
                        chart,
                        level.label,
                        new double[] {0, end},
                        new double[] {level.value, level.value},
                        color(level.curve),
                        PlotStyle.dashes());
            }
        }
        double[] ends = {0, curves.get(0).lifetimes[curves.get(0).lifetimes.length - 1]};
        target.ifPresent(level -> PlotStyle.line(
                chart,
                "target " + PlotStyle.label(measure, level),
                ends,
                new double[] {level, level},
                new Color(0x55, 0x55, 0x55),
                PlotStyle.dashes()));
        PlotStyle.roundTicks(
                chart,
                new double[] {0, 1.02 * ends[1]},
                Arrays.stream(curves.get(0).mean)
                        .filter(Double::isFinite)
                        .findFirst()
                        .orElse(0));
        AtomicFiles.write(png, out -> PlotStyle.write(chart, out));
    }
}
