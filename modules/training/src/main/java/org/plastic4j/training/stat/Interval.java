package org.plastic4j.training.stat;

import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.StatUtils;

/**
 * A mean and how well it is known.
 *
 * @param mean the mean
 * @param half half the width of its 95% interval, by Student's t distribution; NaN for fewer than two values
 * @param count how many values it is of
 */
public record Interval(double mean, double half, int count) {
    /** What the interval is, for people. */
    public static final String METHOD = "95% interval of the mean, Student's t";

    private static final double UPPER = 0.975;

    /**
     * @param values independent values, at least one
     * @return their mean with its interval
     */
    public static Interval of(double... values) {
        double mean = StatUtils.mean(values);
        int freedom = values.length - 1;
        double half = freedom == 0
                ? Double.NaN
                : new TDistribution(freedom).inverseCumulativeProbability(UPPER)
                        * Math.sqrt(StatUtils.variance(values, mean) / values.length);
        return new Interval(mean, half, values.length);
    }

    /** @return the lower end */
    public double low() {
        return mean - half;
    }

    /** @return the upper end */
    public double high() {
        return mean + half;
    }
}
