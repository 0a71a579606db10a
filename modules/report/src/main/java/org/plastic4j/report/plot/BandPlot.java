package org.plastic4j.report.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.XYSeries.XYSeriesRenderStyle;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.plastic4j.training.metric.Aggregate;
import org.plastic4j.training.run.AtomicFiles;
import org.plastic4j.training.stat.Spread;
import org.plastic4j.training.trainer.PrimaryMetric;

/**
 * Draws the primary metric of several runs over lifetimes: their mean as a line, their quartiles and their least and
 * greatest as bands. The form of the paper's figure 2.
 */
public final class BandPlot {
    private static final Color MEAN = new Color(0x1f, 0x5f, 0xa8);
    private static final Color QUARTILES = new Color(0x9c, 0xbf, 0xe3);
    private static final Color EXTREMES = new Color(0xdb, 0xe8, 0xf5);
    private static final Color TARGET = new Color(0xb0, 0x4a, 0x2f);
    private static final int MOST_POINTS = 1000;

    private final String title;
    private final PrimaryMetric measure;
    private final Optional<Double> target;

    /**
     * @param title what was trained on what
     * @param measure what is drawn
     * @param target where to draw a line, if anywhere
     */
    public BandPlot(String title, PrimaryMetric measure, Optional<Double> target) {
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
        return PlotStyle.tryToDraw(() -> draw(aggregate, png));
    }

    private void draw(Aggregate aggregate, Path png) throws IOException {
        Aggregate shown = thinned(aggregate);
        double[] x = shown.lifetimes().stream().mapToDouble(Long::doubleValue).toArray();
        List<Spread> spreads = shown.spreads();
        XYChart chart = PlotStyle.chart(title, measure);
        int runs = spreads.stream().mapToInt(Spread::count).max().orElse(0);
        if (runs > 1) {
            drawBands(chart, x, spreads);
        }
        PlotStyle.line(
                chart,
                runs == 1 ? "one run" : String.format(Locale.ROOT, "mean of %d runs", runs),
                x,
                values(spreads, Spread::mean),
                MEAN,
                new BasicStroke(2f));
        double end = x[x.length - 1];
        target.ifPresent(level -> PlotStyle.line(
                chart,
                "target " + measure.text(level),
                new double[] {0, 1.02 * end},
                new double[] {level, level},
                TARGET,
                PlotStyle.dashes()));
        if (measure.better() == PrimaryMetric.Better.LOWER) {
            chart.getStyler().setYAxisMin(0.0);
        }
        chart.getStyler().setXAxisMax(1.02 * end);
        AtomicFiles.write(png, out -> PlotStyle.write(chart, out));
    }

    private static void drawBands(XYChart chart, double[] x, List<Spread> spreads) {
        band(chart, "least to greatest", x, values(spreads, Spread::min), values(spreads, Spread::max), EXTREMES);
        band(chart, "quartiles", x, values(spreads, Spread::q25), values(spreads, Spread::q75), QUARTILES);
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
}
