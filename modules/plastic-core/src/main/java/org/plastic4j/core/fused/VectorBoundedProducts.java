package org.plastic4j.core.fused;

import static org.plastic4j.core.fused.VectorForward.LANES;
import static org.plastic4j.core.fused.VectorForward.STRIP;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;

/**
 * The gradients of W and alpha for traces that add up within a bound, gathered when all g(t) are known:
 *
 * <pre>dW = sum_t x(t)^T g(t),    dalpha = sum_t H(t) * x(t)^T g(t),    x(t) = y(t-1)</pre>
 *
 * tile by tile over all steps and lifetimes, H being lived again in registers.
 */
final class VectorBoundedProducts {
    private static final int ROWS = PanelLayout.ROW_UNIT;

    private final BoundedBuffers s;
    private final LifetimeBuffers m;
    private final BoundedBuffers.Gradients d;
    private final BoundedTrace trace;
    private final float bound;
    private final float keep;

    VectorBoundedProducts(BoundedBuffers s, BoundedTrace trace, double bound, float eta) {
        this.s = s;
        m = s.m;
        d = s.gradients();
        this.trace = trace;
        this.bound = (float) bound;
        keep = 1 - eta;
    }

    /**
     * A range of columns, whole vectors of them. Lifetimes come one after another, so that what one of them recorded
     * stays in the cache for all of its tiles.
     */
    void columns(int from, int to) {
        PanelLayout layout = m.layout;
        boolean shared = d.alpha.length == 0;
        float[] alpha = shared ? d.sharedTile : d.alpha;
        for (int b = 0; b < m.batch; b++) {
            for (int column = from; column < to; column += LANES.length()) {
                for (int i = 0; i < layout.rows; i += ROWS) {
                    int tile = layout.at(column, i);
                    // A shared alpha is gathered in one tile for all rows of a strip.
                    int alphaTile = shared ? column * ROWS : tile;
                    if (b == 0) {
                        clear(d.w, tile);
                        if (!shared || i == 0) {
                            clear(alpha, alphaTile);
                        }
                    }
                    tile(b, i, column, tile, alpha, alphaTile);
                }
            }
        }
        if (shared) {
            for (int column = from; column < to; column += LANES.length()) {
                for (int lane = 0; lane < ROWS * LANES.length(); lane++) {
                    d.sharedAlpha[column] += alpha[column * ROWS + lane];
                }
            }
        }
    }

    private static void clear(float[] matrix, int tile) {
        for (int row = 0; row < ROWS; row++) {
            FloatVector.zero(LANES).intoArray(matrix, tile + row * STRIP);
        }
    }

    private void tile(int b, int i, int column, int tile, float[] alpha, int alphaTile) {
        for (int row = 0; row < ROWS; row += 2) {
            int at = tile + row * STRIP;
            int alphaAt = alphaTile + row * STRIP;
            switch (trace) {
                case HARD -> hard(b, i + row, column, at, alpha, alphaAt);
                case SOFT -> soft(b, i + row, column, at, alpha, alphaAt);
                case RETROACTIVE -> retroactive(b, i + row, column, at, alpha, alphaAt);
            }
        }
    }

    // What one lifetime adds to two rows. Four would be too much code for the compiler to inline; and a method of less
    // than 325 bytes would itself be inlined into the loops around it, which makes it keep vectors in memory.

    private void hard(int b, int i, int column, int tile, float[] alpha, int alphaTile) {
        float[] y = m.y;
        float[] g = d.g;
        float[] steps = s.steps;
        float[] w = d.w;
        int past = m.nextRow();
        int matrix = b * m.size + tile;
        IntVector limit = VectorClip.limit(bound);
        IntVector magnitude = VectorClip.magnitude();
        FloatVector w0 = FloatVector.fromArray(LANES, w, tile);
        FloatVector w1 = FloatVector.fromArray(LANES, w, tile + STRIP);
        FloatVector a0 = FloatVector.fromArray(LANES, alpha, alphaTile);
        FloatVector a1 = FloatVector.fromArray(LANES, alpha, alphaTile + STRIP);
        FloatVector h0 = FloatVector.fromArray(LANES, m.hebb, matrix);
        FloatVector h1 = FloatVector.fromArray(LANES, m.hebb, matrix + STRIP);
        int xp = m.row(0, b) + i;
        int vp = m.row(1, b) + column;
        for (int t = 1; t <= m.steps; t++, xp += past, vp += past) {
            FloatVector gradient = FloatVector.fromArray(LANES, g, vp);
            FloatVector step = FloatVector.fromArray(LANES, steps, vp);
            FloatVector x0 = FloatVector.broadcast(LANES, y[xp]);
            FloatVector x1 = FloatVector.broadcast(LANES, y[xp + 1]);
            FloatVector xg0 = x0.mul(gradient);
            FloatVector xg1 = x1.mul(gradient);
            w0 = w0.add(xg0);
            w1 = w1.add(xg1);
            a0 = h0.fma(xg0, a0);
            a1 = h1.fma(xg1, a1);
            h0 = VectorClip.clip(step.fma(x0, h0), limit, magnitude);
            h1 = VectorClip.clip(step.fma(x1, h1), limit, magnitude);
        }
        w0.intoArray(w, tile);
        w1.intoArray(w, tile + STRIP);
        a0.intoArray(alpha, alphaTile);
        a1.intoArray(alpha, alphaTile + STRIP);
    }

    private void soft(int b, int i, int column, int tile, float[] alpha, int alphaTile) {
        float[] y = m.y;
        float[] g = d.g;
        float[] steps = s.steps;
        float[] w = d.w;
        int past = m.nextRow();
        int matrix = b * m.size + tile;
        IntVector limit = VectorClip.limit(bound);
        IntVector magnitude = VectorClip.magnitude();
        FloatVector w0 = FloatVector.fromArray(LANES, w, tile);
        FloatVector w1 = FloatVector.fromArray(LANES, w, tile + STRIP);
        FloatVector a0 = FloatVector.fromArray(LANES, alpha, alphaTile);
        FloatVector a1 = FloatVector.fromArray(LANES, alpha, alphaTile + STRIP);
        FloatVector h0 = FloatVector.fromArray(LANES, m.hebb, matrix);
        FloatVector h1 = FloatVector.fromArray(LANES, m.hebb, matrix + STRIP);
        FloatVector bounds = FloatVector.broadcast(LANES, bound);
        int xp = m.row(0, b) + i;
        int vp = m.row(1, b) + column;
        for (int t = 1; t <= m.steps; t++, xp += past, vp += past) {
            FloatVector gradient = FloatVector.fromArray(LANES, g, vp);
            FloatVector step = FloatVector.fromArray(LANES, steps, vp);
            FloatVector x0 = FloatVector.broadcast(LANES, y[xp]);
            FloatVector x1 = FloatVector.broadcast(LANES, y[xp + 1]);
            FloatVector xg0 = x0.mul(gradient);
            FloatVector xg1 = x1.mul(gradient);
            w0 = w0.add(xg0);
            w1 = w1.add(xg1);
            a0 = h0.fma(xg0, a0);
            a1 = h1.fma(xg1, a1);
            h0 = VectorClip.clip(VectorBoundedForward.softened(h0, step.mul(x0), bounds), limit, magnitude);
            h1 = VectorClip.clip(VectorBoundedForward.softened(h1, step.mul(x1), bounds), limit, magnitude);
        }
        w0.intoArray(w, tile);
        w1.intoArray(w, tile + STRIP);
        a0.intoArray(alpha, alphaTile);
        a1.intoArray(alpha, alphaTile + STRIP);
    }

    private void retroactive(int b, int i, int column, int tile, float[] alpha, int alphaTile) {
        float[] y = m.y;
        float[] g = d.g;
        float[] steps = s.steps;
        float[] w = d.w;
        int past = m.nextRow();
        int matrix = b * m.size + tile;
        IntVector limit = VectorClip.limit(bound);
        IntVector magnitude = VectorClip.magnitude();
        FloatVector w0 = FloatVector.fromArray(LANES, w, tile);
        FloatVector w1 = FloatVector.fromArray(LANES, w, tile + STRIP);
        FloatVector a0 = FloatVector.fromArray(LANES, alpha, alphaTile);
        FloatVector a1 = FloatVector.fromArray(LANES, alpha, alphaTile + STRIP);
        FloatVector h0 = FloatVector.fromArray(LANES, m.hebb, matrix);
        FloatVector h1 = FloatVector.fromArray(LANES, m.hebb, matrix + STRIP);
        FloatVector e0 = FloatVector.fromArray(LANES, s.eligibility, matrix);
        FloatVector e1 = FloatVector.fromArray(LANES, s.eligibility, matrix + STRIP);
        FloatVector fading = FloatVector.broadcast(LANES, keep);
        float[] signal = s.signal;
        int xp = m.row(0, b) + i;
        int vp = m.row(1, b) + column;
        for (int t = 1; t <= m.steps; t++, xp += past, vp += past) {
            FloatVector gradient = FloatVector.fromArray(LANES, g, vp);
            FloatVector step = FloatVector.fromArray(LANES, steps, vp);
            FloatVector x0 = FloatVector.broadcast(LANES, y[xp]);
            FloatVector x1 = FloatVector.broadcast(LANES, y[xp + 1]);
            FloatVector xg0 = x0.mul(gradient);
            FloatVector xg1 = x1.mul(gradient);
            w0 = w0.add(xg0);
            w1 = w1.add(xg1);
            a0 = h0.fma(xg0, a0);
            a1 = h1.fma(xg1, a1);
            FloatVector modulator = FloatVector.broadcast(LANES, signal[s.signalAt(t, b)]);
            h0 = VectorClip.clip(modulator.fma(e0, h0), limit, magnitude);
            h1 = VectorClip.clip(modulator.fma(e1, h1), limit, magnitude);
            e0 = step.fma(x0, e0.mul(fading));
            e1 = step.fma(x1, e1.mul(fading));
        }
        w0.intoArray(w, tile);
        w1.intoArray(w, tile + STRIP);
        a0.intoArray(alpha, alphaTile);
        a1.intoArray(alpha, alphaTile + STRIP);
    }
}
