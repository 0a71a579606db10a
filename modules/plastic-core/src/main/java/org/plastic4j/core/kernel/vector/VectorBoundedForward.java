package org.plastic4j.core.kernel.vector;

import static org.plastic4j.core.kernel.vector.PanelLayout.PLACES;
import static org.plastic4j.core.kernel.vector.PanelLayout.START;
import static org.plastic4j.core.kernel.vector.VectorForward.LANES;
import static org.plastic4j.core.kernel.vector.VectorForward.STRIP;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * The forward loops of the fast kernel for traces that add up within a bound. The sweep of step t over a panel of one
 * lifetime makes up for the update of step t - 1, so that memory is passed once a step:
 *
 * <pre>
 * H(t)   = rule(H(t-1), x(t-1), r(t-1))
 * pre(t) = pre(t) + x(t) (W + alpha * H(t)),    x(t) = y(t-1)
 * </pre>
 */
final class VectorBoundedForward {
    /** Where in {@link #strip} the vectors of r(t-1) and pre(t) stand. */
    private static final int STEP = START;

    private static final int PRE = STEP + PanelLayout.COLUMN_UNIT;

    private final BoundedBuffers s;
    private final LifetimeBuffers m;
    private final BoundedTrace trace;
    private final float bound;
    private final float keep;
    /** y(t-2) and y(t-1), for the hard bound. */
    private final OutputPairs outputs;
    /** What a loop needs of a strip's columns, and what it makes of them. */
    private final float[] strip = new float[PanelLayout.padded(2 * PanelLayout.COLUMN_UNIT)];

    /** @param eta of no effect where the rule has no eligibility */
    VectorBoundedForward(BoundedBuffers s, BoundedTrace trace, double bound, float eta) {
        this.s = s;
        m = s.m;
        this.trace = trace;
        this.bound = (float) bound;
        keep = 1 - eta;
        outputs = new OutputPairs(m.layout);
    }

    /** The sweep of step t, in strips of one vector of columns; t = T + 1 only makes up for the last update. */
    void sweep(int panel, int t, int b) {
        if (trace == BoundedTrace.HARD) {
            outputs.put(m.y, beforeLast(t, b), m.row(t - 1, b));
        }
        for (int c = 0; c < m.layout.filled(panel); c += LANES.length()) {
            switch (trace) {
                case HARD -> hard(panel, c, t, b);
                case SOFT -> soft(panel, c, t, b);
                case RETROACTIVE -> retroactive(panel, c, t, b);
            }
        }
    }

    /** Where y(t-2) begins, which was x in the step before t; before the first step r(0) = 0 makes up for it. */
    private int beforeLast(int t, int b) {
        return m.row(Math.max(t, 2) - 2, b);
    }

    /** Before the first step nothing is updated, not even cut off at the bound. */
    private float bound(int t) {
        return t == 1 ? Float.POSITIVE_INFINITY : bound;
    }

    private IntVector limit(int t) {
        return VectorClip.limit(bound(t));
    }

    /** The pre-activations of a strip begin with what drives it; after the last step there are none. */
    private FloatVector drive(int t, int b, int column) {
        return t > m.steps ? FloatVector.zero(LANES) : FloatVector.fromArray(LANES, m.y, m.row(t, b) + column);
    }

    private void store(FloatVector pre, int t, int b, int column) {
        if (t <= m.steps) {
            pre.intoArray(m.y, m.row(t, b) + column);
        }
    }

    private void hard(int panel, int c, int t, int b) {
        int first = m.layout.start(panel) + c;
        FloatVector.fromArray(LANES, s.steps, m.row(t - 1, b) + first).intoArray(strip, STEP);
        drive(t, b, first).intoArray(strip, PRE);
        hard(m.layout.at(first, 0), s.traces[b].hebb(), bound(t));
        store(FloatVector.fromArray(LANES, strip, PRE), t, b, first);
    }

    /**
     * The loop of a strip, in a method of its own with little besides what it needs: where addresses have to share
     * registers, it takes a third longer.
     */
    private void hard(int from, float[] hebb, float bound) {
        int rows = m.layout.rows;
        float[] x = outputs.values;
        float[] w = m.w;
        float[] alpha = m.alpha;
        IntVector limit = VectorClip.limit(bound);
        IntVector magnitude = VectorClip.magnitude();
        FloatVector r = FloatVector.fromArray(LANES, strip, STEP);
        FloatVector pre = FloatVector.fromArray(LANES, strip, PRE);
        FloatVector odd = FloatVector.zero(LANES);
        for (int i = 0; i < rows; i += 2) {
            int at = (from + i * STRIP) & PLACES;
            int f = i * OutputPairs.SIDE & PLACES;
            FloatVector h0 = FloatVector.fromArray(LANES, hebb, at);
            h0 = VectorClip.clip(r.fma(FloatVector.broadcast(LANES, x[f]), h0), limit, magnitude);
            h0.intoArray(hebb, at);
            pre = FloatVector.fromArray(LANES, alpha, at)
                    .fma(h0, FloatVector.fromArray(LANES, w, at))
                    .fma(FloatVector.broadcast(LANES, x[f + 1]), pre);
            FloatVector h1 = FloatVector.fromArray(LANES, hebb, at + STRIP);
            h1 = VectorClip.clip(r.fma(FloatVector.broadcast(LANES, x[f + OutputPairs.SIDE]), h1), limit, magnitude);
            h1.intoArray(hebb, at + STRIP);
            odd = FloatVector.fromArray(LANES, alpha, at + STRIP)
                    .fma(h1, FloatVector.fromArray(LANES, w, at + STRIP))
                    .fma(FloatVector.broadcast(LANES, x[f + OutputPairs.SIDE + 1]), odd);
        }
        pre.add(odd).intoArray(strip, PRE);
    }

    private void soft(int panel, int c, int t, int b) {
        int rows = m.layout.rows;
        int first = m.layout.start(panel) + c;
        int row = m.layout.at(first, 0);
        int beforeLast = beforeLast(t, b);
        int before = m.row(t - 1, b);
        FloatVector towards = FloatVector.broadcast(LANES, t == 1 ? 0 : bound);
        float[] y = m.y;
        float[] w = m.w;
        float[] alpha = m.alpha;
        float[] hebb = s.traces[b].hebb();
        IntVector limit = limit(t);
        IntVector magnitude = VectorClip.magnitude();
        FloatVector r = FloatVector.fromArray(LANES, s.steps, before + first);
        FloatVector pre = drive(t, b, first);
        for (int i = 0; i < rows; i++) {
            int at = (row + i * STRIP) & PLACES;
            FloatVector h = FloatVector.fromArray(LANES, hebb, at);
            FloatVector change = r.mul(FloatVector.broadcast(LANES, y[beforeLast + i]));
            h = VectorClip.clip(softened(h, change, towards), limit, magnitude);
            h.intoArray(hebb, at);
            FloatVector connection =
                    FloatVector.fromArray(LANES, alpha, at).fma(h, FloatVector.fromArray(LANES, w, at));
            pre = connection.fma(FloatVector.broadcast(LANES, y[before + i]), pre);
        }
        store(pre, t, b, first);
    }

    /** {@code H + b D - |D| H}; where b = 0 and D = 0, H. */
    static FloatVector softened(FloatVector hebb, FloatVector change, FloatVector bound) {
        return hebb.sub(change.abs().mul(hebb)).add(change.mul(bound));
    }

    private void retroactive(int panel, int c, int t, int b) {
        int rows = m.layout.rows;
        int first = m.layout.start(panel) + c;
        int row = m.layout.at(first, 0);
        int beforeLast = beforeLast(t, b);
        int before = m.row(t - 1, b);
        float[] y = m.y;
        float[] w = m.w;
        float[] alpha = m.alpha;
        float[] hebb = s.traces[b].hebb();
        float[] eligibility = s.traces[b].eligibility();
        IntVector limit = limit(t);
        IntVector magnitude = VectorClip.magnitude();
        FloatVector signal = FloatVector.broadcast(LANES, s.signal[s.signalAt(t - 1, b)]);
        FloatVector fading = FloatVector.broadcast(LANES, t == 1 ? 1 : keep);
        FloatVector r = FloatVector.fromArray(LANES, s.steps, before + first);
        FloatVector pre = drive(t, b, first);
        for (int i = 0; i < rows; i++) {
            int at = (row + i * STRIP) & PLACES;
            FloatVector e = FloatVector.fromArray(LANES, eligibility, at);
            FloatVector h = VectorClip.clip(signal.fma(e, FloatVector.fromArray(LANES, hebb, at)), limit, magnitude);
            h.intoArray(hebb, at);
            r.fma(FloatVector.broadcast(LANES, y[beforeLast + i]), e.mul(fading))
                    .intoArray(eligibility, at);
            FloatVector connection =
                    FloatVector.fromArray(LANES, alpha, at).fma(h, FloatVector.fromArray(LANES, w, at));
            pre = connection.fma(FloatVector.broadcast(LANES, y[before + i]), pre);
        }
        store(pre, t, b, first);
    }
}
