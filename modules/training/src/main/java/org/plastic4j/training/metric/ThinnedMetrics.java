package org.plastic4j.training.metric;

import java.util.Arrays;
import java.util.List;

/**
 * The measures of a run, thinned out as its rows come, for pictures of runs of any length: rows in a row are taken together
 * in buckets, whose values are the rows' means, weighted with their lifetimes. When there are too many buckets, they are
 * merged in pairs, so that memory does not grow with the run.
 */
public final class ThinnedMetrics {
    /** At most so many buckets; even, so that all of them have partners. */
    static final int MOST = 2048;

    private final List<String> names;
    private final double[] ends = new double[MOST];
    /** Sums of a column's values times their lifetimes, and of these lifetimes, [column][bucket]. */
    private final double[][] sums;

    private final double[][] weights;
    private double[] last = {};
    private int buckets;
    private long rowsABucket = 1;
    private long rows;

    /** @param names the columns' names, {@code lifetimes} first */
    public ThinnedMetrics(List<String> names) {
        this.names = List.copyOf(names);
        sums = new double[names.size() - 1][MOST];
        weights = new double[names.size() - 1][MOST];
    }

    /**
     * @param row a value for every column; its lifetimes are more than those of the row before
     * @throws IllegalArgumentException if it has another number of values, or is not behind the last row
     */
    public void add(double[] row) {
        if (row.length != names.size() || !(row[0] > lastLifetime())) {
            throw new IllegalArgumentException("a row that does not follow the last one: " + Arrays.toString(row));
        }
        if (rows % rowsABucket == 0) {
            if (buckets == MOST) {
                merge();
            }
            buckets++;
        }
        int bucket = buckets - 1;
        double lifetimes = row[0] - lastLifetime();
        for (int column = 0; column < sums.length; column++) {
            double value = row[column + 1];
            if (Double.isFinite(value)) {
                sums[column][bucket] += lifetimes * value;
                weights[column][bucket] += lifetimes;
            }
        }
        ends[bucket] = row[0];
        last = row.clone();
        rows++;
    }

    private void merge() {
        for (int k = 0; k < MOST / 2; k++) {
            ends[k] = ends[2 * k + 1];
        }
        for (double[][] of : List.of(sums, weights)) {
            for (double[] column : of) {
                for (int k = 0; k < MOST / 2; k++) {
                    column[k] = column[2 * k] + column[2 * k + 1];
                }
                Arrays.fill(column, MOST / 2, MOST, 0);
            }
        }
        buckets /= 2;
        rowsABucket *= 2;
    }

    /** @return the columns' names, {@code lifetimes} first */
    public List<String> names() {
        return names;
    }

    /** @return how many rows there were */
    public long rows() {
        return rows;
    }

    /** @return the lifetimes of the last row; 0 if there is none */
    public double lastLifetime() {
        return last.length == 0 ? 0 : last[0];
    }

    /** @return at how many lifetimes each bucket ends, ascending */
    public double[] lifetimes() {
        return Arrays.copyOf(ends, buckets);
    }

    /**
     * @param name a measure's name
     * @return its mean in each bucket; NaN where no row had a number, and everywhere if there is no such measure
     */
    public double[] column(String name) {
        double[] means = new double[buckets];
        int column = names.indexOf(name) - 1;
        for (int k = 0; k < buckets; k++) {
            means[k] = column >= 0 && weights[column][k] > 0 ? sums[column][k] / weights[column][k] : Double.NaN;
        }
        return means;
    }
}
