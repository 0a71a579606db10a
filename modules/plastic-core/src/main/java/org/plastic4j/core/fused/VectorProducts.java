package org.plastic4j.core.fused;

import static org.plastic4j.core.fused.VectorForward.LANES;

import jdk.incubator.vector.FloatVector;

/**
 * The gradients of W and alpha, gathered when all g(t) are known:
 *
 * <pre>dW = sum_t y(t-1)^T g(t),    dalpha = sum_t H(t) * y(t-1)^T g(t)</pre>
 *
 * tile by tile over all steps and lifetimes, H being rebuilt in registers, so that the matrices are touched once.
 */
final class VectorProducts {
    private VectorProducts() {}

    /** The columns from {@code column} on, one vector of them, of a plastic layer's dW and dalpha. */
    static void plastic(LifetimeBuffers m, int column, float[] firstTrace, float eta, boolean squared) {
        GradientBuffers d = m.gradients();
        PanelLayout layout = m.layout;
        int panel = layout.panelOf(column);
        int width = layout.width(panel);
        float[] alpha = d.alpha.length > 0 ? d.alpha : d.sharedTile;
        for (int i = 0; i < layout.rows; i += PanelLayout.ROW_UNIT) {
            int tile = layout.offset(panel) + i * width + column - layout.start(panel);
            boolean shared = alpha == d.sharedTile;
            int alphaTile = shared ? column * PanelLayout.ROW_UNIT : tile;
            int alphaWidth = shared ? LANES.length() : width;
            for (int b = 0; b < m.batch; b++) {
                tile(m, b, i, column, tile, width, alpha, alphaTile, alphaWidth, firstTrace, eta, squared);
            }
            if (shared) {
                for (int lane = 0; lane < PanelLayout.ROW_UNIT * LANES.length(); lane++) {
                    d.sharedAlpha[column] += alpha[alphaTile + lane];
                }
            }
        }
    }

    /** What one lifetime adds to a tile of four rows and one vector of columns; the first lifetime sets it. */
    private static void tile(
            LifetimeBuffers m,
            int b,
            int i,
            int column,
            int tile,
            int width,
            float[] alpha,
            int alphaTile,
            int alphaWidth,
            float[] firstTrace,
            float eta,
            boolean squared) {
        float[] y = m.y;
        float[] g = m.gradients().g;
        float[] w = m.gradients().w;
        int past = m.batch * m.layout.columns;
        int matrix = b * m.size + tile;
        FloatVector one = FloatVector.broadcast(LANES, 1f);
        FloatVector minusEta = FloatVector.broadcast(LANES, -eta);
        FloatVector fade = squared ? FloatVector.zero(LANES) : minusEta;
        FloatVector fadeSquared = squared ? one : FloatVector.zero(LANES);
        float[] before = b == 0 ? m.zeros : w;
        float[] alphaBefore = b == 0 ? m.zeros : alpha;
        int at = b == 0 ? 0 : tile;
        int step = b == 0 ? 0 : width;
        int alphaAt = b == 0 ? 0 : alphaTile;
        int alphaStep = b == 0 ? 0 : alphaWidth;
        FloatVector w0 = FloatVector.fromArray(LANES, before, at);
        FloatVector w1 = FloatVector.fromArray(LANES, before, at + step);
        FloatVector w2 = FloatVector.fromArray(LANES, before, at + 2 * step);
        FloatVector w3 = FloatVector.fromArray(LANES, before, at + 3 * step);
        FloatVector a0 = FloatVector.fromArray(LANES, alphaBefore, alphaAt);
        FloatVector a1 = FloatVector.fromArray(LANES, alphaBefore, alphaAt + alphaStep);
        FloatVector a2 = FloatVector.fromArray(LANES, alphaBefore, alphaAt + 2 * alphaStep);
        FloatVector a3 = FloatVector.fromArray(LANES, alphaBefore, alphaAt + 3 * alphaStep);
        FloatVector h0 = FloatVector.fromArray(LANES, firstTrace, matrix);
        FloatVector h1 = FloatVector.fromArray(LANES, firstTrace, matrix + width);
        FloatVector h2 = FloatVector.fromArray(LANES, firstTrace, matrix + 2 * width);
        FloatVector h3 = FloatVector.fromArray(LANES, firstTrace, matrix + 3 * width);
        int xp = m.row(0, b) + i;
        int vp = m.row(1, b) + column;
        for (int t = 1; t <= m.steps; t++, xp += past, vp += past) {
            FloatVector post = FloatVector.fromArray(LANES, y, vp);
            FloatVector gradient = FloatVector.fromArray(LANES, g, vp);
            FloatVector gain = minusEta.mul(post);
            // 1 - eta, or 1 - eta y^2
            FloatVector keep = gain.mul(post).fma(fadeSquared, one.add(fade));
            FloatVector x0 = FloatVector.broadcast(LANES, y[xp]);
            FloatVector x1 = FloatVector.broadcast(LANES, y[xp + 1]);
            FloatVector x2 = FloatVector.broadcast(LANES, y[xp + 2]);
            FloatVector x3 = FloatVector.broadcast(LANES, y[xp + 3]);
            FloatVector xg0 = x0.mul(gradient);
            FloatVector xg1 = x1.mul(gradient);
            FloatVector xg2 = x2.mul(gradient);
            FloatVector xg3 = x3.mul(gradient);
            w0 = w0.add(xg0);
            w1 = w1.add(xg1);
            w2 = w2.add(xg2);
            w3 = w3.add(xg3);
            a0 = h0.fma(xg0, a0);
            a1 = h1.fma(xg1, a1);
            a2 = h2.fma(xg2, a2);
            a3 = h3.fma(xg3, a3);
            h0 = keep.mul(h0).sub(x0.mul(gain));
            h1 = keep.mul(h1).sub(x1.mul(gain));
            h2 = keep.mul(h2).sub(x2.mul(gain));
            h3 = keep.mul(h3).sub(x3.mul(gain));
        }
        w0.intoArray(w, tile);
        w1.intoArray(w, tile + width);
        w2.intoArray(w, tile + 2 * width);
        w3.intoArray(w, tile + 3 * width);
        a0.intoArray(alpha, alphaTile);
        a1.intoArray(alpha, alphaTile + alphaWidth);
        a2.intoArray(alpha, alphaTile + 2 * alphaWidth);
        a3.intoArray(alpha, alphaTile + 3 * alphaWidth);
    }

    /** The same columns of dW for a layer without plasticity. */
    static void fixed(LifetimeBuffers m, int column) {
        GradientBuffers d = m.gradients();
        PanelLayout layout = m.layout;
        int panel = layout.panelOf(column);
        int width = layout.width(panel);
        int vectors = m.steps * m.batch;
        for (int i = 0; i < layout.rows; i++) {
            FloatVector total = FloatVector.zero(LANES);
            int xp = m.row(0, 0) + i;
            int vp = m.row(1, 0) + column;
            for (int v = 0; v < vectors; v++, xp += layout.columns, vp += layout.columns) {
                total = FloatVector.fromArray(LANES, d.g, vp).fma(FloatVector.broadcast(LANES, m.y[xp]), total);
            }
            total.intoArray(d.w, layout.offset(panel) + i * width + column - layout.start(panel));
        }
    }
}
