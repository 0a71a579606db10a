package org.plastic4j.core.kernel.reference;

/**
 * The traces H(t) of a lifetime, asked for from the last to the first, without keeping all T of them: every sqrt(T)-th
 * is kept, and those between are lived again from the recorded outputs. One thread's, used for one lifetime after
 * another.
 */
final class ReadoutTraces {
    private final ReadoutLifetimes lifetimes;
    private final double[][] outputs;
    private final int stride;
    /** H(1), H(1 + stride), H(1 + 2 stride), ... */
    private final double[][][] kept;
    /** H of the steps from {@code first} on. */
    private final double[][][] segment;

    private int b;
    private int first;

    ReadoutTraces(ReadoutLifetimes lifetimes, double[][] outputs) {
        this.lifetimes = lifetimes;
        this.outputs = outputs;
        stride = (int) Math.ceil(Math.sqrt(lifetimes.steps));
        kept = new double[(lifetimes.steps + stride - 1) / stride][lifetimes.n][lifetimes.m];
        segment = new double[stride][lifetimes.n][lifetimes.m];
    }

    /** Turns to lifetime b. */
    void begin(int lifetime) {
        b = lifetime;
        first = Integer.MAX_VALUE;
        lifetimes.firstTrace(b, kept[0]);
        for (int k = 1; k < kept.length; k++) {
            Rows.copy(kept[k - 1], kept[k]);
            for (int t = 1 + (k - 1) * stride; t <= k * stride; t++) {
                advance(kept[k], t);
            }
        }
    }

    /** H(t). */
    double[][] at(int t) {
        if (t < first) {
            int k = (t - 1) / stride;
            first = 1 + k * stride;
            Rows.copy(kept[k], segment[0]);
            for (int s = 1; s <= t - first; s++) {
                Rows.copy(segment[s - 1], segment[s]);
                advance(segment[s], first + s - 1);
            }
        }
        return segment[t - first];
    }

    private void advance(double[][] hebb, int t) {
        int row = lifetimes.row(t, b);
        lifetimes.advance(hebb, lifetimes.x[row], outputs[row]);
    }
}
