package org.plastic4j.report.plot;

import java.util.Arrays;
import java.util.Locale;
import org.plastic4j.training.metric.WindowMeans;

/**
 * A measure over lifetimes with the means of windows, thinned out to what a picture can show.
 *
 * @param x the lifetimes
 * @param raw the single values
 * @param mean the means of the windows around them; NaN where there is none
 */
public record Curve(double[] x, double[] raw, double[] mean) {
    private static final int MOST_POINTS = 2000;

    /**
     * @param lifetimes one number a row
     * @param values one number a row
     * @param window how many lifetimes a mean is of
     * @return at most 2,000 points, the last row among them
     */
    public static Curve of(double[] lifetimes, double[] values, long window) {
        double[] means = new WindowMeans(lifetimes, values, window).centred();
        int every = Math.max(1, (values.length + MOST_POINTS - 1) / MOST_POINTS);
        return new Curve(thin(lifetimes, every), thin(values, every), thin(means, every));
    }

    /**
     * What a legend calls the means.
     *
     * @param window how many lifetimes a mean is of
     * @param all how many there are
     * @return as in "mean of 9,000 lifetimes"; fewer where there is no whole window
     */
    public static String label(long window, double all) {
        return String.format(Locale.ROOT, "mean of %,d lifetimes", WindowMeans.drawn(window, all));
    }

    /** Keeps every k-th value, counted from the end so that the last one stays. */
    private static double[] thin(double[] values, int every) {
        int count = (values.length + every - 1) / every;
        double[] kept = new double[count];
        for (int i = 0; i < count; i++) {
            kept[count - 1 - i] = values[values.length - 1 - i * every];
        }
        return kept;
    }

    /** @return the last of the lifetimes */
    public double last() {
        return x[x.length - 1];
    }

    /** @return the lowest point of the mean; 0 if there is none */
    public double smallestMean() {
        return Arrays.stream(mean).filter(Double::isFinite).min().orElse(0);
    }

    double largest(double atLeast) {
        return Math.max(atLeast, Arrays.stream(raw).max().orElse(0));
    }

    /** The single values, where a logarithmic axis can show them: an error of exactly zero lies at its lower end. */
    double[] raised(double floor) {
        return floor == 0
                ? raw
                : Arrays.stream(raw).map(value -> Math.max(value, floor)).toArray();
    }
}
