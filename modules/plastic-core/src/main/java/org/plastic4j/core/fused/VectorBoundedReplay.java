package org.plastic4j.core.fused;

import static org.plastic4j.core.fused.VectorForward.LANES;
import static org.plastic4j.core.fused.VectorForward.STRIP;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/** Lives traces that add up within a bound again from recorded outputs. */
final class VectorBoundedReplay {
    private static final int ROWS = 4;

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
        if (trace == BoundedTrace.HARD) {
            for (int i = 0; i < m.layout.rows; i += ROWS) {
                for (int c = 0; c < m.layout.filled(panel); c += LANES.length()) {
                    hard(panel, i, c, b, first, count, from, to, apart);
                }
            }
            return;
        }
        Place source = from;
        for (int k = 0; k < count; k++) {
            Place target = to.further(k * apart);
            for (int c = 0; c < m.layout.filled(panel); c += LANES.length()) {
                if (trace == BoundedTrace.SOFT) {
                    soft(panel, c, first + k, b, source, target);
                } else {
                    retroactive(panel, c, first + k, b, source, target);
                }
            }
            source = target;
        }
    }

    /**
     * All steps of a tile of four rows, which stays in registers: a row's trace waits for itself at every step, and other
     * rows are done meanwhile. A method of less than 325 bytes would be inlined into the loops around it, which makes the
     * compiler keep vectors in memory.
     */
    private void hard(int panel, int i, int c, int b, int first, int count, Place from, Place to, int apart) {
        int tile = m.layout.at(m.layout.start(panel) + c, i);
        int past = m.nextRow();
        float[] y = m.y;
        float[] steps = s.steps;
        float[] source = from.hebb();
        float[] target = to.hebb();
        IntVector limit = VectorClip.limit(bound);
        IntVector magnitude = VectorClip.magnitude();
        int read = from.at() + tile;
        FloatVector h0 = FloatVector.fromArray(LANES, source, read);
        FloatVector h1 = FloatVector.fromArray(LANES, source, read + STRIP);
        FloatVector h2 = FloatVector.fromArray(LANES, source, read + 2 * STRIP);
        FloatVector h3 = FloatVector.fromArray(LANES, source, read + 3 * STRIP);
        int x = m.row(first - 1, b) + i;
        int r = m.row(first, b) + m.layout.start(panel) + c;
        int write = to.at() + tile;
        for (int k = 0; k < count; k++, x += past, r += past, write += apart) {
            FloatVector step = FloatVector.fromArray(LANES, steps, r);
            h0 = VectorClip.clip(step.fma(FloatVector.broadcast(LANES, y[x]), h0), limit, magnitude);
            h1 = VectorClip.clip(step.fma(FloatVector.broadcast(LANES, y[x + 1]), h1), limit, magnitude);
            h2 = VectorClip.clip(step.fma(FloatVector.broadcast(LANES, y[x + 2]), h2), limit, magnitude);
            h3 = VectorClip.clip(step.fma(FloatVector.broadcast(LANES, y[x + 3]), h3), limit, magnitude);
            h0.intoArray(target, write);
            h1.intoArray(target, write + STRIP);
            h2.intoArray(target, write + 2 * STRIP);
            h3.intoArray(target, write + 3 * STRIP);
        }
    }

    private void soft(int panel, int c, int t, int b, Place from, Place to) {
        int rows = m.layout.rows;
        int row = m.layout.at(m.layout.start(panel) + c, 0);
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
        for (int i = 0; i < rows; i++, read += STRIP, write += STRIP) {
            FloatVector change = r.mul(FloatVector.broadcast(LANES, y[x + i]));
            FloatVector h = FloatVector.fromArray(LANES, source, read);
            VectorClip.clip(VectorBoundedForward.softened(h, change, bounds), limit, magnitude)
                    .intoArray(target, write);
        }
    }

    private void retroactive(int panel, int c, int t, int b, Place from, Place to) {
        int rows = m.layout.rows;
        int row = m.layout.at(m.layout.start(panel) + c, 0);
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
        for (int i = 0; i < rows; i++, read += STRIP, write += STRIP) {
            FloatVector e = FloatVector.fromArray(LANES, eligibilitySource, read);
            VectorClip.clip(signal.fma(e, FloatVector.fromArray(LANES, source, read)), limit, magnitude)
                    .intoArray(target, write);
            r.fma(FloatVector.broadcast(LANES, y[x + i]), e.mul(fading)).intoArray(eligibilityTarget, write);
        }
    }
}
