package org.plastic4j.report.plot;

import java.util.Arrays;
import org.plastic4j.training.metric.RollingMean;

/**
 * A measure over lifetimes with its rolling mean, thinned out to what a picture can show.
 *
 * @param x the lifetimes
 * @param raw the single values
 * @param mean their rolling means
 */
public record Curve(double[] x, double[] raw, double[] mean) {
    private static final int MOST_POINTS = 2000;

    /**
     * How many rows a rolling mean should be of: of a long run, a short one would be as ragged as the values themselves.
     *
     * @param least the fewest
     * @param rows how many rows the run has
     * @return the window
     */
    public static int window(int least, int rows) {
        return Math.max(least, rows / 100);
    }

    /**
     * @param lifetimes one number a row
     * @param values one number a row
     * @param window how many rows the mean is of
     * @return at most 2,000 points, the last row among them
     */
    public static Curve of(double[] lifetimes, double[] values, int window) {
        RollingMean rolling = new RollingMean(window);
        double[] means = new double[values.length];
        for (int i = 0; i < values.length; i++) {
            rolling.add(values[i]);
            means[i] = rolling.mean();
        }
        int every = Math.max(1, (values.length + MOST_POINTS - 1) / MOST_POINTS);
        return new Curve(thin(lifetimes, every), thin(values, every), thin(means, every));
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

    /** @return the lowest point of the mean; 0 if there is none */
    public double smallestMean() {
        return Arrays.stream(mean).min().orElse(0);
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
