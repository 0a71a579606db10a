package org.plastic4j.core.fused;

import static org.plastic4j.core.fused.VectorForward.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/** Lives traces that add up within a bound again from recorded outputs. */
final class VectorBoundedReplay {
    private final BoundedBuffers s;
    private final LifetimeBuffers m;
    private final BoundedTrace trace;
    private final float bound;
    private final float keep;

    VectorBoundedReplay(BoundedBuffers s, BoundedTrace trace, double bound, float eta) {
        this.s = s;
        m = s.m;
        this.trace = trace;
        this.bound = (float) bound;
        keep = 1 - eta;
    }

    /** Where the traces of one step stand. */
    record Place(float[] hebb, float[] eligibility, int at) {
        Place further(int by) {
            return new Place(hebb, eligibility, at + by);
        }
    }

    /**
     * From the traces at step {@code first} to those of the {@code count} steps after it.
     *
     * @param apart how far apart the results lie; 0 keeps the last alone
     */
    void replay(int panel, int b, int first, int count, Place from, Place to, int apart) {
        Place source = from;
        for (int k = 0; k < count; k++) {
            Place target = to.further(k * apart);
            for (int c = 0; c < m.layout.width(panel); c += LANES.length()) {
                switch (trace) {
                    case HARD -> hard(panel, c, first + k, b, source, target);
                    case SOFT -> soft(panel, c, first + k, b, source, target);
                    case RETROACTIVE -> retroactive(panel, c, first + k, b, source, target);
                }
            }
            source = target;
        }
    }

    private void hard(int panel, int c, int t, int b, Place from, Place to) {
        int width = m.layout.width(panel);
        int rows = m.layout.rows;
        int row = m.layout.offset(panel) + c;
        int x = m.row(t - 1, b);
        float[] y = m.y;
        float[] source = from.hebb();
        float[] target = to.hebb();
        IntVector limit = VectorClip.limit(bound);
        IntVector magnitude = VectorClip.magnitude();
        FloatVector r = FloatVector.fromArray(LANES, s.steps, m.row(t, b) + m.layout.start(panel) + c);
        int read = from.at() + row;
        int write = to.at() + row;
        for (int i = 0; i < rows; i++, read += width, write += width) {
            FloatVector h = FloatVector.fromArray(LANES, source, read);
            VectorClip.clip(r.fma(FloatVector.broadcast(LANES, y[x + i]), h), limit, magnitude)
                    .intoArray(target, write);
        }
    }

    private void soft(int panel, int c, int t, int b, Place from, Place to) {
        int width = m.layout.width(panel);
        int rows = m.layout.rows;
        int row = m.layout.offset(panel) + c;
        int x = m.row(t - 1, b);
        float[] y = m.y;
        float[] source = from.hebb();
        float[] target = to.hebb();
        IntVector limit = VectorClip.limit(bound);
        IntVector magnitude = VectorClip.magnitude();
        FloatVector r = FloatVector.fromArray(LANES, s.steps, m.row(t, b) + m.layout.start(panel) + c);
        FloatVector bounds = FloatVector.broadcast(LANES, bound);
        int read = from.at() + row;
        int write = to.at() + row;
        for (int i = 0; i < rows; i++, read += width, write += width) {
            FloatVector change = r.mul(FloatVector.broadcast(LANES, y[x + i]));
            FloatVector h = FloatVector.fromArray(LANES, source, read);
            VectorClip.clip(VectorBoundedForward.softened(h, change, bounds), limit, magnitude)
                    .intoArray(target, write);
        }
    }

    private void retroactive(int panel, int c, int t, int b, Place from, Place to) {
        int width = m.layout.width(panel);
        int rows = m.layout.rows;
        int row = m.layout.offset(panel) + c;
        int x = m.row(t - 1, b);
        float[] y = m.y;
        float[] source = from.hebb();
        float[] target = to.hebb();
        float[] eligibilitySource = from.eligibility();
        float[] eligibilityTarget = to.eligibility();
        IntVector limit = VectorClip.limit(bound);
        IntVector magnitude = VectorClip.magnitude();
        FloatVector signal = FloatVector.broadcast(LANES, s.signal[s.signalAt(t, b)]);
        FloatVector fading = FloatVector.broadcast(LANES, keep);
        FloatVector r = FloatVector.fromArray(LANES, s.steps, m.row(t, b) + m.layout.start(panel) + c);
        int read = from.at() + row;
        int write = to.at() + row;
        for (int i = 0; i < rows; i++, read += width, write += width) {
            FloatVector e = FloatVector.fromArray(LANES, eligibilitySource, read);
            VectorClip.clip(signal.fma(e, FloatVector.fromArray(LANES, source, read)), limit, magnitude)
                    .intoArray(target, write);
            r.fma(FloatVector.broadcast(LANES, y[x + i]), e.mul(fading)).intoArray(eligibilityTarget, write);
        }
    }
}
