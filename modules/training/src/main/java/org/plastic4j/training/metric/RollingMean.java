package org.plastic4j.training.metric;

import java.util.Arrays;
import java.util.Locale;

/** The mean of the last few values. */
public final class RollingMean {
    private final double[] window;
    private long seen;

    /** @param window how many values, at least 1 */
    public RollingMean(int window) {
        if (window < 1) {
            throw new IllegalArgumentException("a window of " + window + " values");
        }
        this.window = new double[window];
    }

    /** @param value the newest value; the oldest falls out once the window is full */
    public void add(double value) {
        window[(int) (seen++ % window.length)] = value;
    }

    /** @return how many values the mean is of: the window's length, or fewer at the start */
    public int count() {
        return (int) Math.min(seen, window.length);
    }

    /** @return whether as many values have been seen as the window is long */
    public boolean isFull() {
        return seen >= window.length;
    }

    /** @return the mean of what is in the window; NaN if nothing is */
    public double mean() {
        // Summed anew each time: a running sum would drift, and keep a NaN for ever.
        double sum = 0;
        for (int i = 0; i < count(); i++) {
            sum += window[i];
        }
        return sum / count();
    }

    /** @return how many values were ever added */
    public long seen() {
        return seen;
    }

    /** @return a copy of the window, in the order in which it is summed, which the last bits of the mean depend on */
    public double[] values() {
        return Arrays.copyOf(window, count());
    }

    /**
     * Resumes where another one was. Of one of another length, the newest values are taken.
     *
     * @param seen what {@link #seen} was
     * @param values what {@link #values} was
     * @throws IllegalArgumentException if they do not belong together
     */
    public void restore(long seen, double[] values) {
        if (values.length > seen) {
            throw new IllegalArgumentException(String.format(Locale.ROOT, "%d values of %d", values.length, seen));
        }
        if (values.length == Math.min(seen, window.length)) {
            System.arraycopy(values, 0, window, 0, values.length);
            this.seen = seen;
            return;
        }
        this.seen = 0;
        for (int i = 0; i < values.length; i++) {
            add(values[(int) ((seen + i) % values.length)]);
        }
    }
}
