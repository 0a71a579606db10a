package org.plastic4j.training.stat;

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

    /** The 0.975 quantile of Student's t with 1 to 30 degrees of freedom. */
    private static final double[] T = {
        12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281, 2.2010, 2.1788, 2.1604, 2.1448,
        2.1314, 2.1199, 2.1098, 2.1009, 2.0930, 2.0860, 2.0796, 2.0739, 2.0687, 2.0639, 2.0595, 2.0555, 2.0518, 2.0484,
        2.0452, 2.0423
    };

    private static final double Z = 1.959964;

    /**
     * @param values independent values, at least one
     * @return their mean with its interval
     */
    public static Interval of(double... values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        double mean = sum / values.length;
        double squares = 0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        int freedom = values.length - 1;
        double half = freedom == 0 ? Double.NaN : t(freedom) * Math.sqrt(squares / freedom / values.length);
        return new Interval(mean, half, values.length);
    }

    /** Beyond the table, the first terms of the expansion in 1 / freedom (Abramowitz and Stegun, 26.7.5). */
    static double t(int freedom) {
        if (freedom <= T.length) {
            return T[freedom - 1];
        }
        double cube = Z * Z * Z;
        return Z + (cube + Z) / (4 * freedom) + (5 * cube * Z * Z + 16 * cube + 3 * Z) / (96.0 * freedom * freedom);
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
