package org.plastic4j.report.plot;

import java.awt.AWTError;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.plastic4j.training.trainer.PrimaryMetric;

/** What all pictures of curves look like. */
final class PlotStyle {
    private static final Color INK = new Color(0x33, 0x33, 0x33);
    private static final int BAND_ALPHA = 45;
    private static final Font LEGEND = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    /** What a legend's entry takes besides its text: the line before it and the space around both. */
    private static final int BESIDE_LABEL = 60;

    private PlotStyle() {}

    /** An empty chart of a measure over lifetimes. */
    static XYChart chart(String title, PrimaryMetric measure) {
        XYChart chart = new XYChartBuilder()
                .width(900)
                .height(520)
                .title(title)
                .xAxisTitle("lifetimes")
                .yAxisTitle(measure.label())
                .build();
        apply(chart.getStyler(), measure);
        return chart;
    }

    private static void apply(XYStyler styler, PrimaryMetric measure) {
        styler.setLocale(Locale.ROOT);
        styler.setYAxisTickLabelsFormattingFunction(value -> label(measure, value));
        styler.setChartBackgroundColor(Color.WHITE)
                .setChartFontColor(INK)
                .setChartPadding(16)
                .setChartTitleBoxVisible(false)
                .setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 17))
                .setLegendPosition(Styler.LegendPosition.OutsideS)
                .setLegendLayout(Styler.LegendLayout.Horizontal)
                .setLegendFont(LEGEND)
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

    /** Draws a picture and writes its file. */
    interface Drawing {
        void draw() throws IOException;
    }

    /**
     * Draws if it can be done here: a Java runtime without fonts cannot, and no run may fail for that.
     *
     * @return why there is no picture; nothing if there is
     */
    static Optional<Throwable> tryToDraw(Drawing drawing) {
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
        try {
            drawing.draw();
            return Optional.empty();
        } catch (IOException | RuntimeException | LinkageError | AWTError | InternalError e) {
            return Optional.of(e);
        }
    }

    static String label(PrimaryMetric measure, double value) {
        return switch (measure.unit()) {
            case FRACTION -> number(100 * value) + "%";
            case NUMBER -> number(value);
        };
    }

    private static String number(double value) {
        String text = String.format(Locale.ROOT, "%.4g", value);
        return text.contains(".") && !text.contains("e") ? text.replaceAll("\\.?0+$", "") : text;
    }

    /** Where values are evenly spaced, XChart would label some of them (11, 22, 33) and not round numbers. */
    static void roundTicks(XYChart chart, double[] ends, double anywhere) {
        line(chart, "uneven", ends, new double[] {anywhere, anywhere}, new Color(0, 0, 0, 0), dashes())
                .setShowInLegend(false);
    }

    static XYSeries line(XYChart chart, String name, double[] x, double[] y, Color color, BasicStroke stroke) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setMarker(x.length == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
        series.setMarkerColor(color);
        series.setLineColor(color);
        series.setLineStyle(stroke);
        return series;
    }

    /** A line through the points that have a value. */
    static XYSeries knownLine(XYChart chart, String name, double[] x, double[] y, Color color, BasicStroke stroke) {
        int[] known =
                IntStream.range(0, y.length).filter(i -> Double.isFinite(y[i])).toArray();
        return line(
                chart,
                name,
                Arrays.stream(known).mapToDouble(i -> x[i]).toArray(),
                Arrays.stream(known).mapToDouble(i -> y[i]).toArray(),
                color,
                stroke);
    }

    /** A translucent band between two curves, where both are known. */
    static XYSeries band(XYChart chart, String name, double[] x, double[] low, double[] high, Color color) {
        int[] known = IntStream.range(0, x.length)
                .filter(i -> Double.isFinite(low[i]) && Double.isFinite(high[i]))
                .toArray();
        int count = known.length;
        double[] around = new double[2 * count];
        double[] edge = new double[2 * count];
        for (int k = 0; k < count; k++) {
            around[k] = x[known[k]];
            edge[k] = low[known[k]];
            around[2 * count - 1 - k] = x[known[k]];
            edge[2 * count - 1 - k] = high[known[k]];
        }
        XYSeries series = chart.addSeries(name, around, edge);
        series.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.PolygonArea);
        series.setMarker(SeriesMarkers.NONE);
        series.setFillColor(new Color(color.getRed(), color.getGreen(), color.getBlue(), BAND_ALPHA));
        series.setLineColor(new Color(0, 0, 0, 0));
        return series;
    }

    /** A single value as a diamond. */
    static XYSeries mark(XYChart chart, String name, double x, double y, Color color) {
        XYSeries series = chart.addSeries(name, new double[] {x}, new double[] {y});
        series.setMarker(SeriesMarkers.DIAMOND);
        series.setMarkerColor(color);
        series.setLineColor(color);
        series.setLineStyle(SeriesLines.NONE);
        return series;
    }

    static BasicStroke dashes() {
        return new BasicStroke(1.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 1f, new float[] {7f, 5f}, 0f);
    }

    /** In memory: through a file, ImageIO needs a shutdown hook, which an interrupted process can no longer have. */
    static void write(XYChart chart, OutputStream out) throws IOException {
        if (legendWidth(chart) > chart.getWidth()) {
            chart.getStyler().setLegendLayout(Styler.LegendLayout.Vertical);
        }
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            ImageIO.write(BitmapEncoder.getBufferedImage(chart), "png", stream);
        }
    }

    private static double legendWidth(XYChart chart) {
        FontRenderContext context = new FontRenderContext(null, true, true);
        return chart.getSeriesCollection().stream()
                .filter(XYSeries::isShowInLegend)
                .mapToDouble(series -> BESIDE_LABEL
                        + LEGEND.getStringBounds(series.getLabel(), context).getWidth())
                .sum();
    }
}
