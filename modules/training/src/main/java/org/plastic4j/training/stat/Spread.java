package org.plastic4j.training.stat;

import java.util.Arrays;

/**
 * How values lie.
 *
 * @param count how many there are
 * @param mean their mean
 * @param median the middle one
 * @param q25 the lower quartile, interpolated linearly between the values around it (type 7 of Hyndman and Fan)
 * @param q75 the upper quartile
 * @param min the least
 * @param max the greatest
 */
public record Spread(int count, double mean, double median, double q25, double q75, double min, double max) {
    /**
     * @param values at least one value
     * @return how they lie
     */
    public static Spread of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return new Spread(
                sorted.length,
                Arrays.stream(sorted).sum() / sorted.length,
                quantile(sorted, 0.5),
                quantile(sorted, 0.25),
                quantile(sorted, 0.75),
                sorted[0],
                sorted[sorted.length - 1]);
    }

    private static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
