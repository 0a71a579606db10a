package org.plastic4j.training.stat;

import org.hipparchus.stat.StatUtils;
import org.hipparchus.stat.descriptive.rank.Percentile;
import org.hipparchus.stat.descriptive.rank.Percentile.EstimationType;

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
        Percentile quantiles = new Percentile().withEstimationType(EstimationType.R_7);
        quantiles.setData(values);
        return new Spread(
                values.length,
                StatUtils.mean(values),
                quantiles.evaluate(50),
                quantiles.evaluate(25),
                quantiles.evaluate(75),
                StatUtils.min(values),
                StatUtils.max(values));
    }
}
