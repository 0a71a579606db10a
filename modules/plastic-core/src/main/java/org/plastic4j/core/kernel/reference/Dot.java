package org.plastic4j.core.kernel.reference;

/** Sums of products. */
final class Dot {
    private Dot() {}

    /**
     * The sum of {@code a[k] b[k]}, in four sums side by side: one alone would wait for each addition to end before the
     * next, since Java keeps to the order that is written.
     */
    static double of(double[] a, double[] b) {
        double sum0 = 0;
        double sum1 = 0;
        double sum2 = 0;
        double sum3 = 0;
        int k = 0;
        for (; k < a.length - 3; k += 4) {
            sum0 += a[k] * b[k];
            sum1 += a[k + 1] * b[k + 1];
            sum2 += a[k + 2] * b[k + 2];
            sum3 += a[k + 3] * b[k + 3];
        }
        for (; k < a.length; k++) {
            sum0 += a[k] * b[k];
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }
}
