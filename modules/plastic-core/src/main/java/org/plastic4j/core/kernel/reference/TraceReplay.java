package org.plastic4j.core.kernel.reference;

import java.util.Arrays;

/**
 * The traces of a lifetime from the last step to the first, without keeping all T of them: every sqrt(T)-th is a checkpoint,
 * and those between are recomputed from the recorded outputs. One thread's, used for one lifetime after another.
 */
final class TraceReplay {
    private final ReferenceLifetimes lifetimes;
    private final double[][] outputs;
    private final int stride;
    /** The traces of steps 1, 1 + stride, 1 + 2 stride, ... */
    private final ReferenceTraces[] checkpoints;
    /** Those of the steps from {@code first} on. */
    private final ReferenceTraces[] chunk;

    private int b;
    private int first;

    TraceReplay(ReferenceLifetimes lifetimes, double[][] outputs) {
        this.lifetimes = lifetimes;
        this.outputs = outputs;
        stride = (int) Math.ceil(Math.sqrt(lifetimes.steps));
        checkpoints = new ReferenceTraces[(lifetimes.steps + stride - 1) / stride];
        chunk = new ReferenceTraces[stride];
        Arrays.setAll(checkpoints, k -> ReferenceTraces.zeros(lifetimes.spec.layer()));
        Arrays.setAll(chunk, k -> ReferenceTraces.zeros(lifetimes.spec.layer()));
    }

    /** Turns to lifetime b. */
    void begin(int lifetime) {
        b = lifetime;
        first = Integer.MAX_VALUE;
        lifetimes.begin(b, checkpoints[0]);
        for (int k = 1; k < checkpoints.length; k++) {
            checkpoints[k].copyFrom(checkpoints[k - 1]);
            for (int t = 1 + (k - 1) * stride; t <= k * stride; t++) {
                advance(checkpoints[k], t);
            }
        }
    }

    /** The traces at step t. */
    ReferenceTraces at(int t) {
        if (t < first) {
            int k = (t - 1) / stride;
            first = 1 + k * stride;
            chunk[0].copyFrom(checkpoints[k]);
            for (int s = 1; s <= t - first; s++) {
                chunk[s].copyFrom(chunk[s - 1]);
                advance(chunk[s], first + s - 1);
            }
        }
        return chunk[t - first];
    }

    private void advance(ReferenceTraces traces, int t) {
        lifetimes.advance(traces, lifetimes.before(outputs, t, b), outputs[lifetimes.row(t, b)]);
    }
}
