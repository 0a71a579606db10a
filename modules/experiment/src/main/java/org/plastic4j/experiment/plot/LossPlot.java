package org.plastic4j.experiment.plot;

import java.awt.AWTError;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.plastic4j.experiment.metric.CsvMetrics;
import org.plastic4j.experiment.metric.MetricTable;
import org.plastic4j.experiment.run.AtomicFiles;
import org.plastic4j.experiment.train.MainMeasure;

/** Draws the main measure over lifetimes: every row faintly, their rolling mean strongly, and the target as a line. */
public final class LossPlot {
    private static final Color INK = new Color(0x33, 0x33, 0x33);
    private static final Color STRONG = new Color(0x1f, 0x5f, 0xa8);
    private static final Color FAINT = new Color(0xb4, 0xcd, 0xe8);
    private static final Color TARGET = new Color(0xb0, 0x4a, 0x2f);

    private final String title;
    private final MainMeasure measure;
    private final int window;
    private final Optional<Double> target;

    /**
     * @param title what was trained on what
     * @param measure what is drawn
     * @param window how many rows the rolling mean is of, at least; of a long run it is of more
     * @param target where to draw a line, if anywhere
     */
    public LossPlot(String title, MainMeasure measure, int window, Optional<Double> target) {
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
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
        try {
            draw(table, png);
            return Optional.empty();
        } catch (IOException | RuntimeException | LinkageError | AWTError | InternalError e) {
            return Optional.of(e);
        }
    }

    private void draw(MetricTable table, Path png) throws IOException {
        int wide = Curve.window(window, table.rows().size());
        Curve curve = Curve.of(table.column(CsvMetrics.LIFETIMES), table.column(measure.name()), wide);
        XYChart chart = new XYChartBuilder()
                .width(900)
                .height(520)
                .title(title)
                .xAxisTitle("lifetimes")
                .yAxisTitle(measure.label())
                .build();
        style(chart.getStyler());
        boolean logarithmic = measure.better() == MainMeasure.Better.LOWER && curve.smallestMean() > 0;
        double floor = logarithmic ? decade(Math.min(curve.smallestMean(), target.orElse(1.0))) : 0;
        chart.getStyler().setYAxisLogarithmic(logarithmic);
        if (logarithmic) {
            chart.getStyler().setYAxisMin(floor).setYAxisMax(curve.largest(floor) * 1.2);
        }
        line(chart, "single values", curve.x(), curve.raised(floor), FAINT, new BasicStroke(1f));
        line(
                chart,
                String.format(Locale.ROOT, "mean of %,d", wide),
                curve.x(),
                curve.mean(),
                STRONG,
                new BasicStroke(2.4f));
        double[] ends = {0, 1.02 * curve.x()[curve.x().length - 1]};
        target.ifPresent(
                level -> line(chart, "target " + label(level), ends, new double[] {level, level}, TARGET, dashes()));
        double[] nowhere = {curve.mean()[0], curve.mean()[0]};
        // Where values are evenly spaced, XChart would label some of them (11, 22, 33) and not round numbers.
        line(chart, "uneven", ends, nowhere, new Color(0, 0, 0, 0), dashes()).setShowInLegend(false);
        AtomicFiles.write(png, out -> write(BitmapEncoder.getBufferedImage(chart), out));
    }

    /** In memory: through a file, ImageIO needs a shutdown hook, which an interrupted process can no longer have. */
    private static void write(BufferedImage image, OutputStream out) throws IOException {
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            ImageIO.write(image, "png", stream);
        }
    }

    private static double decade(double value) {
        return Math.pow(10, Math.floor(Math.log10(value)));
    }

    private static XYSeries line(XYChart chart, String name, double[] x, double[] y, Color color, BasicStroke stroke) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setMarker(x.length == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
        series.setMarkerColor(color);
        series.setLineColor(color);
        series.setLineStyle(stroke);
        return series;
    }

    private static BasicStroke dashes() {
        return new BasicStroke(1.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 1f, new float[] {7f, 5f}, 0f);
    }

    private String label(double value) {
        return switch (measure.unit()) {
            case SHARE -> number(100 * value) + "%";
            case NUMBER -> number(value);
        };
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.4g", value);
        return text.contains(".") && !text.contains("e") ? text.replaceAll("\\.?0+$", "") : text;
    }

    private void style(XYStyler styler) {
        styler.setLocale(Locale.ROOT);
        styler.setYAxisTickLabelsFormattingFunction(this::label);
        styler.setChartBackgroundColor(Color.WHITE)
                .setChartFontColor(INK)
                .setChartPadding(16)
                .setChartTitleBoxVisible(false)
                .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 17))
                .setLegendPosition(Styler.LegendPosition.OutsideS)
                .setLegendLayout(Styler.LegendLayout.Horizontal)
                .setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13))
                .setLegendBorderColor(Color.WHITE)
                .setPlotBorderVisible(false)
                .setPlotBackgroundColor(Color.WHITE)
                .setAntiAlias(true);
        styler.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 14))
                .setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13))
                .setPlotGridLinesColor(new Color(0xe4, 0xe4, 0xe4))
                .setPlotGridLinesStroke(new BasicStroke(1f))
                .setXAxisMin(0.0)
                .setXAxisTickMarkSpacingHint(90)
                .setXAxisTickLabelsFormattingFunction(
                        x -> x == Math.rint(x) ? String.format(Locale.ROOT, "%,.0f", x) : "");
    }
}
