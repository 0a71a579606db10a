package org.plastic4j.experiment.plot;

import java.awt.AWTError;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.knowm.xchart.BitmapEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.plastic4j.experiment.metric.Aggregate;
import org.plastic4j.experiment.run.AtomicFiles;
import org.plastic4j.experiment.stat.Spread;
import org.plastic4j.experiment.train.MainMeasure;

/**
 * Draws the main measure of several runs over lifetimes: their mean as a line, their quartiles and their least and
 * greatest as bands. The form of the paper's figure 2.
 */
public final class BandPlot {
    private static final Color INK = new Color(0x33, 0x33, 0x33);
    private static final Color MEAN = new Color(0x1f, 0x5f, 0xa8);
    private static final Color QUARTILES = new Color(0x9c, 0xbf, 0xe3);
    private static final Color EXTREMES = new Color(0xdb, 0xe8, 0xf5);
    private static final Color TARGET = new Color(0xb0, 0x4a, 0x2f);
    private static final int MOST_POINTS = 1000;

    private final String title;
    private final MainMeasure measure;
    private final Optional<Double> target;

    /**
     * @param title what was trained on what
     * @param measure what is drawn
     * @param target where to draw a line, if anywhere
     */
    public BandPlot(String title, MainMeasure measure, Optional<Double> target) {
        this.title = title;
        this.measure = measure;
        this.target = target;
    }

    /**
     * Draws the picture if it can be done here: a Java runtime without fonts cannot.
     *
     * @param aggregate the measure over the runs
     * @param png the file to write
     * @return why it was not written; nothing if it was
     */
    public Optional<Throwable> tryDraw(Aggregate aggregate, Path png) {
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
        try {
            draw(aggregate, png);
            return Optional.empty();
        } catch (IOException | RuntimeException | LinkageError | AWTError | InternalError e) {
            return Optional.of(e);
        }
    }

    private void draw(Aggregate aggregate, Path png) throws IOException {
        Aggregate shown = thinned(aggregate);
        double[] x = shown.lifetimes().stream().mapToDouble(Long::doubleValue).toArray();
        List<Spread> spreads = shown.spreads();
        XYChart chart = new XYChartBuilder()
                .width(900)
                .height(520)
                .title(title)
                .xAxisTitle("lifetimes")
                .yAxisTitle(measure.label())
                .build();
        style(chart.getStyler());
        band(chart, "least to greatest", x, values(spreads, Spread::min), values(spreads, Spread::max), EXTREMES);
        band(chart, "quartiles", x, values(spreads, Spread::q25), values(spreads, Spread::q75), QUARTILES);
        int runs = spreads.stream().mapToInt(Spread::count).max().orElse(0);
        line(
                chart,
                "mean of %d run%s".formatted(runs, runs == 1 ? "" : "s"),
                x,
                values(spreads, Spread::mean),
                MEAN,
                new BasicStroke(2f));
        double end = x[x.length - 1];
        target.ifPresent(level -> line(
                chart,
                "target " + measure.text(level),
                new double[] {0, 1.02 * end},
                new double[] {level, level},
                TARGET,
                new BasicStroke(1.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_BEVEL, 1f, new float[] {7f, 5f}, 0f)));
        if (measure.better() == MainMeasure.Better.LOWER) {
            chart.getStyler().setYAxisMin(0.0);
        }
        chart.getStyler().setXAxisMax(1.02 * end);
        AtomicFiles.write(png, out -> {
            // In memory: through a file, ImageIO needs a shutdown hook, which an interrupted process cannot have.
            try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
                ImageIO.write(BitmapEncoder.getBufferedImage(chart), "png", stream);
            }
        });
    }

    /** Of a long run every k-th row, counted from the end so that the last one stays. */
    private static Aggregate thinned(Aggregate aggregate) {
        int rows = aggregate.lifetimes().size();
        int every = Math.max(1, (rows + MOST_POINTS - 1) / MOST_POINTS);
        List<Long> lifetimes = new ArrayList<>();
        List<Spread> spreads = new ArrayList<>();
        for (int i = (rows - 1) % every; i < rows; i += every) {
            lifetimes.add(aggregate.lifetimes().get(i));
            spreads.add(aggregate.spreads().get(i));
        }
        return new Aggregate(lifetimes, spreads);
    }

    private static double[] values(List<Spread> spreads, ToDoubleFunction<Spread> which) {
        return spreads.stream().mapToDouble(which).toArray();
    }

    /** Along the lower edge and back along the upper one. */
    private static void band(XYChart chart, String name, double[] x, double[] low, double[] high, Color color) {
        int count = x.length;
        double[] around = new double[2 * count];
        double[] edge = new double[2 * count];
        for (int i = 0; i < count; i++) {
            around[i] = x[i];
            edge[i] = low[i];
            around[2 * count - 1 - i] = x[i];
            edge[2 * count - 1 - i] = high[i];
        }
        XYSeries series = chart.addSeries(name, around, edge);
        series.setXYSeriesRenderStyle(XYSeriesRenderStyle.PolygonArea);
        series.setMarker(SeriesMarkers.NONE);
        series.setFillColor(color);
        series.setLineColor(color);
        series.setLineStyle(new BasicStroke(0.5f));
    }

    private static void line(XYChart chart, String name, double[] x, double[] y, Color color, BasicStroke stroke) {
        XYSeries series = chart.addSeries(name, x, y);
        series.setMarker(x.length == 1 ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE);
        series.setMarkerColor(color);
        series.setLineColor(color);
        series.setLineStyle(stroke);
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
                        value -> value == Math.rint(value) ? String.format(Locale.ROOT, "%,.0f", value) : "");
    }

    private String label(double value) {
        double shown = measure.unit() == MainMeasure.Unit.SHARE ? 100 * value : value;
        String text = String.format(Locale.ROOT, "%.4g", shown);
        String number = text.contains(".") && !text.contains("e") ? text.replaceAll("\\.?0+$", "") : text;
        return measure.unit() == MainMeasure.Unit.SHARE ? number + "%" : number;
    }
}
