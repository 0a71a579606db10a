package org.plastic4j.training.stat;

import org.hipparchus.stat.inference.MannWhitneyUTest;

/**
 * The rank-sum test of Mann, Whitney and Wilcoxon: whether values of one group tend to be larger than those of another.
 *
 * @param u how many of all pairs of one value of each group have the larger value in the first; equal ones count half
 * @param pairs how many pairs there are
 * @param p how probable a u at least as far from the middle is if there is no difference: two-sided, and exact unless values
 *     are equal or there are more than 50 of them
 */
public record RankSum(double u, long pairs, double p) {
    /** What the test is, for people. */
    public static final String METHOD = "Mann–Whitney rank-sum test, two-sided";

    /**
     * @param first at least one value
     * @param second at least one value
     * @return the test
     */
    public static RankSum of(double[] first, double[] second) {
        double u = 0;
        for (double one : first) {
            for (double other : second) {
                u += one > other ? 1 : one == other ? 0.5 : 0;
            }
        }
        return new RankSum(
                u, (long) first.length * second.length, new MannWhitneyUTest().mannWhitneyUTest(first, second));
    }
}
