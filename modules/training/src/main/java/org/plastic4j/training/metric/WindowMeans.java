package org.plastic4j.training.metric;

import java.util.Arrays;
import java.util.OptionalLong;
import java.util.function.DoublePredicate;

/**
 * A measure over windows of lifetimes, from a run's rows: what a run's result, its curve and "until" are made of. A window is
 * rounded to whole rows, at least one; a row counts as much as it has lifetimes.
 */
public final class WindowMeans {
    private static final int PARTS = 4;
    private static final int LEAST = 2 * PARTS;

    private final double[] lifetimes;
    private final double[] values;
    private final long window;

    /**
     * @param lifetimes the rows' lifetimes, ascending
     * @param values the measure, one a row
     * @param window how many lifetimes a mean is of, at least 1
     */
    public WindowMeans(double[] lifetimes, double[] values, long window) {
        if (window < 1) {
            throw new IllegalArgumentException("a window of " + window + " lifetimes");
        }
        this.lifetimes = lifetimes.clone();
        this.values = values.clone();
        this.window = window;
    }

    /**
     * @param table a run's metrics
     * @param measure the column's name
     * @param window how many lifetimes a mean is of
     */
    public WindowMeans(MetricTable table, String measure, long window) {
        this(table.column(CsvMetrics.LIFETIMES), table.column(measure), window);
    }

    /** The first row of the window that ends with a row. */
    private int from(int end) {
        int from = end;
        while (from > 0 && lifetimes[from - 1] > lifetimes[end] - window) {
            from--;
        }
        return from;
    }

    /**
     * Over how many lifetimes the means of a curve are: a run that is shorter than one window has a curve too.
     *
     * @param window how many lifetimes a mean is of
     * @param lifetimes how many there are so far
     * @return the window; where there is less than one, a quarter of what there is, or all where that is next to nothing
     */
    public static long drawn(long window, double lifetimes) {
        if (lifetimes >= window) {
            return window;
        }
        return lifetimes < LEAST ? Math.max(1, (long) lifetimes) : (long) lifetimes / PARTS;
    }

    private boolean isFull(int end) {
        return lifetimes[end] >= window;
    }

    private double mean(int from, int end) {
        double sum = 0;
        for (int i = from; i <= end; i++) {
            sum += values[i] * (lifetimes[i] - before(i));
        }
        return sum / (lifetimes[end] - before(from));
    }

    private double before(int row) {
        return row == 0 ? 0 : lifetimes[row - 1];
    }

    /** @return the mean of the last window, or of all rows where they are fewer; NaN if there are none */
    public double last() {
        int end = values.length - 1;
        return end < 0 ? Double.NaN : mean(from(end), end);
    }

    /**
     * @param reached what a mean has to satisfy
     * @return at how many lifetimes the mean of a whole window first did; empty if never
     */
    public OptionalLong first(DoublePredicate reached) {
        for (int end = 0; end < values.length; end++) {
            if (isFull(end) && reached.test(mean(from(end), end))) {
                return OptionalLong.of((long) lifetimes[end]);
            }
        }
        return OptionalLong.empty();
    }

    /**
     * The means of whole windows, each at the row in its middle, so that a curve of them neither lags nor begins with fewer
     * values. The last of them is {@link #last}. Where there is no whole window, the means of {@link #drawn} shorter ones.
     *
     * @return one value a row; NaN where no window has its middle
     */
    public double[] centred() {
        double[] means = new double[values.length];
        long whole = values.length == 0 ? window : drawn(window, lifetimes[values.length - 1]);
        if (whole < window) {
            return new WindowMeans(lifetimes, values, whole).centred();
        }
        Arrays.fill(means, Double.NaN);
        for (int end = 0; end < values.length; end++) {
            if (isFull(end) || end == values.length - 1) {
                int from = from(end);
                means[(from + end + 1) / 2] = mean(from, end);
            }
        }
        return means;
    }
}
