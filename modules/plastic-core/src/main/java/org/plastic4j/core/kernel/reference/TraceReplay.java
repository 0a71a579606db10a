package org.plastic4j.core.kernel.reference;

/**
 * The traces of one lifetime, asked for from the last step to the first, without keeping all T of them: every
 * sqrt(T)-th is kept, and those between are lived again from the recorded outputs.
 */
final class TraceReplay {
    private final PlainLifetimes lifetimes;
    private final int b;
    private final double[] outputs;
    private final int stride;
    /** The traces of steps 1, 1 + stride, 1 + 2 stride, ... */
    private final PlainTraces[] kept;
    /** Those of the steps from {@code first} on. */
    private final PlainTraces[] segment;

    private int first = Integer.MAX_VALUE;

    TraceReplay(PlainLifetimes lifetimes, int b, double[] outputs) {
        this.lifetimes = lifetimes;
        this.b = b;
        this.outputs = outputs;
        stride = (int) Math.ceil(Math.sqrt(lifetimes.steps));
        kept = new PlainTraces[(lifetimes.steps + stride - 1) / stride];
        segment = new PlainTraces[stride];
        PlainTraces traces = lifetimes.firstTraces(b);
        if (traces == null) {
            return;
        }
        for (int t = 1; t <= lifetimes.steps; t++) {
            if ((t - 1) % stride == 0) {
                kept[(t - 1) / stride] = traces.copy();
            }
            lifetimes.advance(traces, outputs, t, b);
        }
    }

    /** The traces at step t; null where the layer is not plastic. */
    PlainTraces at(int t) {
        if (!lifetimes.spec.isPlastic()) {
            return null;
        }
        if (t < first) {
            first = 1 + (t - 1) / stride * stride;
            segment[0] = kept[(t - 1) / stride];
            for (int s = 1; s <= t - first; s++) {
                segment[s] = segment[s - 1].copy();
                lifetimes.advance(segment[s], outputs, first + s - 1, b);
            }
        }
        return segment[t - first];
    }
}
