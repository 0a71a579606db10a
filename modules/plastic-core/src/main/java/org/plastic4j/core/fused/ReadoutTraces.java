package org.plastic4j.core.fused;

/**
 * The traces H(t) of a lifetime, asked for from the last to the first, without keeping all T of them: every sqrt(T)-th
 * is kept, and those between are lived again from the recorded outputs. One thread's, used for one lifetime after
 * another.
 */
final class ReadoutTraces {
    private final ReadoutLifetimes lifetimes;
    private final double[] outputs;
    private final int stride;
    /** H(1), H(1 + stride), H(1 + 2 stride), ... */
    private final double[][] kept;
    /** H of the steps from {@code first} on. */
    private final double[][] segment;

    private int b;
    private int first;

    ReadoutTraces(ReadoutLifetimes lifetimes, double[] outputs) {
        this.lifetimes = lifetimes;
        this.outputs = outputs;
        stride = (int) Math.ceil(Math.sqrt(lifetimes.steps));
        kept = new double[(lifetimes.steps + stride - 1) / stride][lifetimes.size];
        segment = new double[stride][lifetimes.size];
    }

    /** Turns to lifetime b. */
    void begin(int lifetime) {
        b = lifetime;
        first = Integer.MAX_VALUE;
        lifetimes.firstTrace(b, kept[0]);
        for (int k = 1; k < kept.length; k++) {
            copy(kept[k - 1], kept[k]);
            for (int t = 1 + (k - 1) * stride; t <= k * stride; t++) {
                lifetimes.advance(kept[k], outputs, t, b);
            }
        }
    }

    /** H(t). */
    double[] at(int t) {
        if (t < first) {
            int k = (t - 1) / stride;
            first = 1 + k * stride;
            copy(kept[k], segment[0]);
            for (int s = 1; s <= t - first; s++) {
                copy(segment[s - 1], segment[s]);
                lifetimes.advance(segment[s], outputs, first + s - 1, b);
            }
        }
        return segment[t - first];
    }

    private void copy(double[] from, double[] to) {
        System.arraycopy(from, 0, to, 0, lifetimes.size);
    }
}
