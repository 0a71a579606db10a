package org.plastic4j.core.kernel.vector;

import java.util.Arrays;

/**
 * The traces of one lifetime at one step, or their gradients: matrices in the layout of W, so that one index serves them
 * all.
 *
 * @param eligibility empty where the rule has no eligibility traces
 */
record BoundedTraces(float[] hebb, float[] eligibility) {

    /** Zeros. */
    static BoundedTraces of(LifetimeBuffers m, boolean hasEligibility) {
        return new BoundedTraces(new float[m.size], new float[hasEligibility ? m.size : 0]);
    }

    /** So many of them. */
    static BoundedTraces[] several(int count, LifetimeBuffers m, boolean hasEligibility) {
        BoundedTraces[] traces = new BoundedTraces[count];
        Arrays.setAll(traces, k -> of(m, hasEligibility));
        return traces;
    }

    void clear() {
        Arrays.fill(hebb, 0);
        Arrays.fill(eligibility, 0);
    }

    /** Copies a panel to the same place in others. */
    void copy(PanelLayout layout, int panel, BoundedTraces to) {
        int from = layout.at(layout.start(panel), 0);
        int length = layout.stripRows * layout.filled(panel);
        System.arraycopy(hebb, from, to.hebb, from, length);
        if (eligibility.length > 0) {
            System.arraycopy(eligibility, from, to.eligibility, from, length);
        }
    }
}
