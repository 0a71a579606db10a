package org.plastic4j.report.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.knowm.xchart.XYChart;
import org.plastic4j.training.metric.CsvMetrics;
import org.plastic4j.training.metric.MetricTable;
import org.plastic4j.training.run.AtomicFiles;
import org.plastic4j.training.trainer.PrimaryMetric;

/** Draws the primary metric over lifetimes: every row faintly, their rolling mean strongly, and the target as a line. */
public final class LossPlot {
    private static final Color STRONG = new Color(0x1f, 0x5f, 0xa8);
    private static final Color FAINT = new Color(0xb4, 0xcd, 0xe8);
    private static final Color TARGET = new Color(0xb0, 0x4a, 0x2f);

    private final String title;
    private final PrimaryMetric measure;
    private final int window;
    private final Optional<Double> target;

    /**
     * @param title what was trained on what
     * @param measure what is drawn
     * @param window how many lifetimes a mean is of
     * @param target where to draw a line, if anywhere
     */
    public LossPlot(String title, PrimaryMetric measure, int window, Optional<Double> target) {
        this.title = title;
        this.measure = measure;
        this.window = window;
        this.target = target;
    }

    /**
     * Draws the picture if it can be done here: a Java runtime without fonts cannot, and no run may fail for that.
     *
     * @param table the metrics
     * @param png the file to write
     * @return why it was not written; nothing if it was
     */
    public Optional<Throwable> tryDraw(MetricTable table, Path png) {
        return PlotStyle.tryToDraw(() -> draw(table, png));
    }

    private void draw(MetricTable table, Path png) throws IOException {
        Curve curve = Curve.of(table.column(CsvMetrics.LIFETIMES), table.column(measure.name()), window);
        XYChart chart = PlotStyle.chart(title, measure);
        boolean logarithmic = measure.better() == PrimaryMetric.Better.LOWER && curve.smallestMean() > 0;
        double floor = logarithmic ? decade(Math.min(curve.smallestMean(), target.orElse(1.0))) : 0;
        chart.getStyler().setYAxisLogarithmic(logarithmic);
        if (logarithmic) {
            chart.getStyler().setYAxisMin(floor).setYAxisMax(curve.largest(floor) * 1.2);
        }
        PlotStyle.line(chart, "single values", curve.x(), curve.raised(floor), FAINT, new BasicStroke(1f));
        PlotStyle.knownLine(
                chart, Curve.label(window, curve.last()), curve.x(), curve.mean(), STRONG, new BasicStroke(2.4f));
        double[] ends = {0, 1.02 * curve.x()[curve.x().length - 1]};
        target.ifPresent(level -> PlotStyle.line(
                chart,
                "target " + PlotStyle.label(measure, level),
                ends,
                new double[] {level, level},
                TARGET,
                PlotStyle.dashes()));
        PlotStyle.roundTicks(chart, ends, curve.raised(floor)[0]);
        AtomicFiles.write(png, out -> PlotStyle.write(chart, out));
    }

    private static double decade(double value) {
        return Math.pow(10, Math.floor(Math.log10(value)));
    }
}
