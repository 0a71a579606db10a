package org.plastic4j.report.comparison;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Several curves taken together, at so many lifetimes; NaN where no curve is.
 *
 * @param least the least of those that got so far
 * @param mean their mean
 * @param greatest the greatest of them
 */
public record SeedBand(double[] least, double[] mean, double[] greatest) {
    /**
     * A curve with straight lines between its points.
     *
     * @param x the lifetimes, ascending
     * @param y a value for each; NaN where there is none
     */
    public record Curve(double[] x, double[] y) {
        /**
         * @param grid lifetimes, ascending
         * @return the values there; NaN before the first point and after the last
         */
        public double[] on(double[] grid) {
            int[] known = IntStream.range(0, y.length)
                    .filter(i -> Double.isFinite(y[i]))
                    .toArray();
            double[] at = Arrays.stream(known).mapToDouble(i -> x[i]).toArray();
            double[] values = Arrays.stream(known).mapToDouble(i -> y[i]).toArray();
            double[] found = new double[grid.length];
            for (int i = 0; i < grid.length; i++) {
                found[i] = between(at, values, grid[i]);
            }
            return found;
        }

        private static double between(double[] x, double[] y, double at) {
            int found = Arrays.binarySearch(x, at);
            if (found >= 0) {
                return y[found];
            }
            int next = -found - 1;
            if (next == 0 || next == x.length) {
                return Double.NaN;
            }
            return y[next - 1] + (at - x[next - 1]) / (x[next] - x[next - 1]) * (y[next] - y[next - 1]);
        }
    }

    /**
     * @param curves one a seed
     * @param grid the lifetimes at which they are taken together, ascending
     * @return what they give
     */
    public static SeedBand of(List<Curve> curves, double[] grid) {
        SeedBand band = new SeedBand(new double[grid.length], new double[grid.length], new double[grid.length]);
        List<double[]> each = curves.stream().map(curve -> curve.on(grid)).toList();
        for (int i = 0; i < grid.length; i++) {
            int at = i;
            double[] values = each.stream()
                    .mapToDouble(curve -> curve[at])
                    .filter(Double::isFinite)
                    .toArray();
            band.least[i] = Arrays.stream(values).min().orElse(Double.NaN);
            band.mean[i] = Arrays.stream(values).average().orElse(Double.NaN);
            band.greatest[i] = Arrays.stream(values).max().orElse(Double.NaN);
        }
        return band;
    }
}
