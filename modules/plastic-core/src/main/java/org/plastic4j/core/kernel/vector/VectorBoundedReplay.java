package org.plastic4j.core.kernel.vector;

import static org.plastic4j.core.kernel.vector.PanelLayout.PLACES;
import static org.plastic4j.core.kernel.vector.VectorForward.LANES;
import static org.plastic4j.core.kernel.vector.VectorForward.STRIP;

import java.util.Arrays;
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

    /**
     * From the traces before step {@code first} to those after each of {@code count} steps.
     *
     * @param to gets them, one after another
     */
    void replay(int panel, int b, int first, int count, BoundedTraces from, BoundedTraces[] to) {
        if (trace == BoundedTrace.HARD) {
            float[][] hebb = new float[count][];
            Arrays.setAll(hebb, k -> to[k].hebb());
            for (int c = 0; c < m.layout.filled(panel); c += LANES.length()) {
                for (int i = 0; i < m.layout.rows; i += ROWS) {
                    int column = m.layout.start(panel) + c;
                    hard(m.layout.at(column, i), m.row(first - 1, b) + i, m.row(first, b) + column, from.hebb(), hebb);
                }
            }
            return;
        }
        BoundedTraces source = from;
        for (int k = 0; k < count; k++) {
            for (int c = 0; c < m.layout.filled(panel); c += LANES.length()) {
                if (trace == BoundedTrace.SOFT) {
                    soft(panel, c, first + k, b, source.hebb(), to[k].hebb());
                } else {
                    retroactive(panel, c, first + k, b, source, to[k]);
                }
            }
            source = to[k];
        }
    }

    /**
     * All steps of a tile of four rows, which stays in registers: a row's trace waits for itself at every step, and other
     * rows are done meanwhile. A method of less than 325 bytes would be inlined into the loops around it, which makes the
     * compiler keep vectors in memory.
     */
    private void hard(int tile, int input, int step, float[] source, float[][] to) {
        int past = m.nextRow();
        float[] y = m.y;
        float[] steps = s.steps;
        int at = tile & PLACES;
        IntVector limit = VectorClip.limit(bound);
        IntVector magnitude = VectorClip.magnitude();
        FloatVector h0 = FloatVector.fromArray(LANES, source, at);
        FloatVector h1 = FloatVector.fromArray(LANES, source, at + STRIP);
        FloatVector h2 = FloatVector.fromArray(LANES, source, at + 2 * STRIP);
        FloatVector h3 = FloatVector.fromArray(LANES, source, at + 3 * STRIP);
        for (int k = 0; k < to.length; k++) {
            int x = (input + k * past) & PLACES;
            FloatVector r = FloatVector.fromArray(LANES, steps, (step + k * past) & PLACES);
            float[] target = to[k];
            h0 = VectorClip.clip(r.fma(FloatVector.broadcast(LANES, y[x]), h0), limit, magnitude);
            h1 = VectorClip.clip(r.fma(FloatVector.broadcast(LANES, y[x + 1]), h1), limit, magnitude);
            h2 = VectorClip.clip(r.fma(FloatVector.broadcast(LANES, y[x + 2]), h2), limit, magnitude);
            h3 = VectorClip.clip(r.fma(FloatVector.broadcast(LANES, y[x + 3]), h3), limit, magnitude);
            h0.intoArray(target, at);
            h1.intoArray(target, at + STRIP);
            h2.intoArray(target, at + 2 * STRIP);
            h3.intoArray(target, at + 3 * STRIP);
        }
    }

    private void soft(int panel, int c, int t, int b, float[] source, float[] target) {
        int rows = m.layout.rows;
        int row = m.layout.at(m.layout.start(panel) + c, 0);
        int x = m.row(t - 1, b);
        float[] y = m.y;
        IntVector limit = VectorClip.limit(bound);
        IntVector magnitude = VectorClip.magnitude();
        FloatVector r = FloatVector.fromArray(LANES, s.steps, m.row(t, b) + m.layout.start(panel) + c);
        FloatVector bounds = FloatVector.broadcast(LANES, bound);
        for (int i = 0; i < rows; i++) {
            int at = (row + i * STRIP) & PLACES;
            FloatVector change = r.mul(FloatVector.broadcast(LANES, y[x + i]));
            FloatVector h = FloatVector.fromArray(LANES, source, at);
            VectorClip.clip(VectorBoundedForward.softened(h, change, bounds), limit, magnitude)
                    .intoArray(target, at);
        }
    }

    private void retroactive(int panel, int c, int t, int b, BoundedTraces from, BoundedTraces to) {
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
        for (int i = 0; i < rows; i++) {
            int at = (row + i * STRIP) & PLACES;
            FloatVector e = FloatVector.fromArray(LANES, eligibilitySource, at);
            VectorClip.clip(signal.fma(e, FloatVector.fromArray(LANES, source, at)), limit, magnitude)
                    .intoArray(target, at);
            r.fma(FloatVector.broadcast(LANES, y[x + i]), e.mul(fading)).intoArray(eligibilityTarget, at);
        }
    }
}
