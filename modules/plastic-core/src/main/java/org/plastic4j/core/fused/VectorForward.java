package org.plastic4j.core.fused;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The forward loops of the fast kernel over one panel. The trace is held as
 *
 * <pre>H[i, j] = scale[j] H0[i, j] + sum_s x_s[i] q_s[j]</pre>
 *
 * with H0 in memory and up to K later updates beside it, so that memory is written once in K steps.
 */
final class VectorForward {
    static final VectorSpecies<Float> LANES = FloatVector.SPECIES_PREFERRED.length() > PanelLayout.COLUMN_UNIT
            ? FloatVector.SPECIES_512
            : FloatVector.SPECIES_PREFERRED;

    private VectorForward() {}

    /** Adds {@code x (W + alpha * H)} of one panel to the pre-activations of lifetimes {@code from} to {@code to}. */
    static void plastic(LifetimeBuffers m, int panel, int t, int rank, boolean store, int from, int to) {
        PanelLayout layout = m.layout;
        int width = layout.width(panel);
        int first = layout.start(panel);
        int columns = layout.columns;
        int past = m.batch * columns;
        float[] y = m.y;
        float[] w = m.w;
        float[] alpha = m.alpha;
        float[] hebb = m.hebb;
        float[] scale = m.scale;
        float[] q = m.q;
        boolean back = (t & 1) != 0;
        for (int done = 0; done < layout.rows; done += PanelLayout.ROW_UNIT) {
            int i = back ? layout.rows - PanelLayout.ROW_UNIT - done : done;
            int wRow = layout.offset(panel) + i * width;
            int aRow = m.alphaRow(panel, i);
            int aStep = m.alphaStep(panel);
            for (int b = from; b < to; b++) {
                int xs = m.row(t - 1, b) + i;
                FloatVector x0 = FloatVector.broadcast(LANES, y[xs]);
                FloatVector x1 = FloatVector.broadcast(LANES, y[xs + 1]);
                FloatVector x2 = FloatVector.broadcast(LANES, y[xs + 2]);
                FloatVector x3 = FloatVector.broadcast(LANES, y[xs + 3]);
                int hRow = b * m.size + wRow;
                int vector = b * columns + first;
                int pre = m.row(t, b) + first;
                int oldest = m.row(t - 1 - rank, b) + i;
                int factors = m.factor(b, 0) + first;
                for (int c = 0; c < width; c += LANES.length()) {
                    int w0 = wRow + c;
                    int h0 = hRow + c;
                    FloatVector s = FloatVector.fromArray(LANES, scale, vector + c);
                    FloatVector t0 = s.mul(FloatVector.fromArray(LANES, hebb, h0));
                    FloatVector t1 = s.mul(FloatVector.fromArray(LANES, hebb, h0 + width));
                    FloatVector t2 = s.mul(FloatVector.fromArray(LANES, hebb, h0 + 2 * width));
                    FloatVector t3 = s.mul(FloatVector.fromArray(LANES, hebb, h0 + 3 * width));
                    int xp = oldest;
                    int qp = factors + c;
                    for (int k = 0; k < rank; k++, xp += past, qp += columns) {
                        FloatVector f = FloatVector.fromArray(LANES, q, qp);
                        t0 = f.fma(FloatVector.broadcast(LANES, y[xp]), t0);
                        t1 = f.fma(FloatVector.broadcast(LANES, y[xp + 1]), t1);
                        t2 = f.fma(FloatVector.broadcast(LANES, y[xp + 2]), t2);
                        t3 = f.fma(FloatVector.broadcast(LANES, y[xp + 3]), t3);
                    }
                    if (store) {
                        t0.intoArray(hebb, h0);
                        t1.intoArray(hebb, h0 + width);
                        t2.intoArray(hebb, h0 + 2 * width);
                        t3.intoArray(hebb, h0 + 3 * width);
                    }
                    int a0 = aRow + c;
                    FloatVector sum = FloatVector.fromArray(LANES, y, pre + c);
                    sum = x0.fma(connection(alpha, a0, t0, w, w0), sum);
                    sum = x1.fma(connection(alpha, a0 + aStep, t1, w, w0 + width), sum);
                    sum = x2.fma(connection(alpha, a0 + 2 * aStep, t2, w, w0 + 2 * width), sum);
                    sum = x3.fma(connection(alpha, a0 + 3 * aStep, t3, w, w0 + 3 * width), sum);
                    sum.intoArray(y, pre + c);
                }
            }
        }
    }

    /** W + alpha H. */
    private static FloatVector connection(float[] alpha, int a, FloatVector hebb, float[] w, int at) {
        return FloatVector.fromArray(LANES, alpha, a).fma(hebb, FloatVector.fromArray(LANES, w, at));
    }

    /** Adds {@code x W} of one panel to the pre-activations. */
    static void fixed(LifetimeBuffers m, int panel, int t, int from, int to) {
        PanelLayout layout = m.layout;
        int width = layout.width(panel);
        float[] y = m.y;
        float[] w = m.w;
        for (int i = 0; i < layout.rows; i++) {
            int wRow = layout.offset(panel) + i * width;
            for (int b = from; b < to; b++) {
                FloatVector x = FloatVector.broadcast(LANES, y[m.row(t - 1, b) + i]);
                int pre = m.row(t, b) + layout.start(panel);
                for (int c = 0; c < width; c += LANES.length()) {
                    x.fma(FloatVector.fromArray(LANES, w, wRow + c), FloatVector.fromArray(LANES, y, pre + c))
                            .intoArray(y, pre + c);
                }
            }
        }
    }

    /**
     * Writes {@code scale H0 + sum_s x_s q_s} of one panel and lifetime, where x_s are the outputs of {@code rank} steps
     * from {@code step} on.
     */
    static void materialise(LifetimeBuffers m, int panel, int b, int step, int rank, float[] source, float[] target) {
        PanelLayout layout = m.layout;
        int width = layout.width(panel);
        int columns = layout.columns;
        int past = m.batch * columns;
        int vector = b * columns + layout.start(panel);
        int factors = m.factor(b, 0) + layout.start(panel);
        float[] y = m.y;
        float[] q = m.q;
        for (int i = 0; i < layout.rows; i++) {
            int row = b * m.size + layout.offset(panel) + i * width;
            int oldest = m.row(step, b) + i;
            for (int c = 0; c < width; c += LANES.length()) {
                FloatVector trace = FloatVector.fromArray(LANES, m.scale, vector + c)
                        .mul(FloatVector.fromArray(LANES, source, row + c));
                int xp = oldest;
                int qp = factors + c;
                for (int k = 0; k < rank; k++, xp += past, qp += columns) {
                    trace = FloatVector.fromArray(LANES, q, qp).fma(FloatVector.broadcast(LANES, y[xp]), trace);
                }
                trace.intoArray(target, row + c);
            }
        }
    }
}
