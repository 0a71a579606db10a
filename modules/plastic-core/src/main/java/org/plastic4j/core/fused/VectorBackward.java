package org.plastic4j.core.fused;

import static org.plastic4j.core.fused.PanelLayout.COLUMN_UNIT;
import static org.plastic4j.core.fused.VectorForward.LANES;

import jdk.incubator.vector.FloatVector;

/**
 * The backward loops of the fast kernel over one panel: one sweep over the matrices for each step, for what step t asks
 * of its input,
 *
 * <pre>c_i(t-1) = sum_j (W + A H(t)) g(t) + G(t+1) gain(t)</pre>
 *
 * With H as its segment's first trace and pairs of the steps before t beside it, and G as its base and pairs of the
 * steps behind t, that is
 *
 * <pre>sum_j W g + A (scale g H0 + sum_k x_i(k) C_j(k))  +  what G's base gives, known beforehand</pre>
 *
 * where k runs over all other steps of the segment: K - 1 pairs at any t.
 */
final class VectorBackward {
    /** Rows that are taken for one lifetime, then the next. */
    private static final int ROWS = 64;

    private VectorBackward() {}

    /**
     * The sweep of step t over one panel.
     *
     * @param first the first step of its segment, whose trace {@code source} is
     * @param scratch room for a vector for each row of a block
     */
    static void plastic(
            LifetimeBuffers m,
            SegmentBuffers s,
            int panel,
            int t,
            int first,
            float[] source,
            int from,
            int to,
            float[] scratch) {
        for (int i = 0; i < m.layout.rows; i += ROWS) {
            int end = Math.min(i + ROWS, m.layout.rows);
            for (int b = from; b < to; b++) {
                block(m, s, panel, b, t, first, i, end, source, scratch);
                int sums = m.gradients().rowSum(m, t - 1, b, panel) + i;
                int base = s.baseRow(b, panel, t - first) + i;
                sumLanes(scratch, 0, end - i, m.gradients().rowSums, sums);
                for (int r = 0; r < end - i; r++) {
                    m.gradients().rowSums[sums + r] += s.baseRows[base + r];
                }
            }
        }
    }

    /** Two rows at a time: their inputs at seven steps and their sums fill the registers. */
    private static void block(
            LifetimeBuffers m,
            SegmentBuffers s,
            int panel,
            int b,
            int t,
            int first,
            int from,
            int end,
            float[] source,
            float[] scratch) {
        GradientBuffers d = m.gradients();
        PanelLayout layout = m.layout;
        int width = layout.width(panel);
        int columns = layout.columns;
        int k = t - first;
        int q0 = s.step(b, 0) + layout.start(panel);
        int q1 = q0 + columns;
        int q2 = q1 + columns;
        int q3 = q2 + columns;
        int q4 = q3 + columns;
        int q5 = q4 + columns;
        int q6 = q5 + columns;
        int q7 = q6 + columns;
        int x1 = input(m, b, first, k, 0);
        int x2 = input(m, b, first, k, 1);
        int x3 = input(m, b, first, k, 2);
        int x4 = input(m, b, first, k, 3);
        int x5 = input(m, b, first, k, 4);
        int x6 = input(m, b, first, k, 5);
        int x7 = input(m, b, first, k, 6);
        int gradient = m.row(t, b) + layout.start(panel);
        int aStep = m.alphaStep(panel);
        float[] y = m.y;
        float[] w = m.w;
        float[] alpha = m.alpha;
        float[] g = d.g;
        float[] q = s.sweep;
        for (int i = from; i < end; i += 2) {
            FloatVector x01 = FloatVector.broadcast(LANES, y[x1 + i]);
            FloatVector x02 = FloatVector.broadcast(LANES, y[x2 + i]);
            FloatVector x03 = FloatVector.broadcast(LANES, y[x3 + i]);
            FloatVector x04 = FloatVector.broadcast(LANES, y[x4 + i]);
            FloatVector x05 = FloatVector.broadcast(LANES, y[x5 + i]);
            FloatVector x06 = FloatVector.broadcast(LANES, y[x6 + i]);
            FloatVector x07 = FloatVector.broadcast(LANES, y[x7 + i]);
            FloatVector x11 = FloatVector.broadcast(LANES, y[x1 + i + 1]);
            FloatVector x12 = FloatVector.broadcast(LANES, y[x2 + i + 1]);
            FloatVector x13 = FloatVector.broadcast(LANES, y[x3 + i + 1]);
            FloatVector x14 = FloatVector.broadcast(LANES, y[x4 + i + 1]);
            FloatVector x15 = FloatVector.broadcast(LANES, y[x5 + i + 1]);
            FloatVector x16 = FloatVector.broadcast(LANES, y[x6 + i + 1]);
            FloatVector x17 = FloatVector.broadcast(LANES, y[x7 + i + 1]);
            FloatVector fixed0 = FloatVector.zero(LANES);
            FloatVector fixed1 = FloatVector.zero(LANES);
            FloatVector plastic0 = FloatVector.zero(LANES);
            FloatVector plastic1 = FloatVector.zero(LANES);
            int w0 = layout.offset(panel) + i * width;
            int w1 = w0 + width;
            int a0 = m.alphaRow(panel, i);
            int a1 = a0 + aStep;
            int h0 = b * m.size + w0;
            int h1 = h0 + width;
            for (int c = 0; c < width; c += LANES.length()) {
                FloatVector factor = FloatVector.fromArray(LANES, q, q0 + c);
                FloatVector u0 = factor.mul(FloatVector.fromArray(LANES, source, h0 + c));
                FloatVector u1 = factor.mul(FloatVector.fromArray(LANES, source, h1 + c));
                factor = FloatVector.fromArray(LANES, q, q1 + c);
                u0 = factor.fma(x01, u0);
                u1 = factor.fma(x11, u1);
                factor = FloatVector.fromArray(LANES, q, q2 + c);
                u0 = factor.fma(x02, u0);
                u1 = factor.fma(x12, u1);
                factor = FloatVector.fromArray(LANES, q, q3 + c);
                u0 = factor.fma(x03, u0);
                u1 = factor.fma(x13, u1);
                factor = FloatVector.fromArray(LANES, q, q4 + c);
                u0 = factor.fma(x04, u0);
                u1 = factor.fma(x14, u1);
                factor = FloatVector.fromArray(LANES, q, q5 + c);
                u0 = factor.fma(x05, u0);
                u1 = factor.fma(x15, u1);
                factor = FloatVector.fromArray(LANES, q, q6 + c);
                u0 = factor.fma(x06, u0);
                u1 = factor.fma(x16, u1);
                factor = FloatVector.fromArray(LANES, q, q7 + c);
                u0 = factor.fma(x07, u0);
                u1 = factor.fma(x17, u1);
                FloatVector post = FloatVector.fromArray(LANES, g, gradient + c);
                fixed0 = post.fma(FloatVector.fromArray(LANES, w, w0 + c), fixed0);
                fixed1 = post.fma(FloatVector.fromArray(LANES, w, w1 + c), fixed1);
                plastic0 = u0.fma(FloatVector.fromArray(LANES, alpha, a0 + c), plastic0);
                plastic1 = u1.fma(FloatVector.fromArray(LANES, alpha, a1 + c), plastic1);
            }
            fixed0.add(plastic0).intoArray(scratch, (i - from) * COLUMN_UNIT);
            fixed1.add(plastic1).intoArray(scratch, (i - from + 1) * COLUMN_UNIT);
        }
    }

    /** Where x of the pair in a slot begins: every step of the segment but k has one. */
    private static int input(LifetimeBuffers m, int b, int first, int k, int slot) {
        return inputs(m, b, first, slot < k ? slot : slot + 1);
    }

    /**
     * Where x of step k of a segment begins. The last segment may be shorter: beyond it any x will do, its factors being
     * zero.
     */
    static int inputs(LifetimeBuffers m, int b, int first, int k) {
        return m.row(Math.min(first + k - 1, m.steps), b);
    }

    /** The same for a layer without plasticity: {@code sum_j W g(t)}. */
    static void fixed(LifetimeBuffers m, int panel, int t, int from, int to, float[] scratch) {
        GradientBuffers d = m.gradients();
        PanelLayout layout = m.layout;
        int width = layout.width(panel);
        for (int i = 0; i < layout.rows; i++) {
            int wRow = layout.offset(panel) + i * width;
            for (int b = from; b < to; b++) {
                FloatVector total = FloatVector.zero(LANES);
                int gradient = m.row(t, b) + layout.start(panel);
                for (int c = 0; c < width; c += LANES.length()) {
                    total = FloatVector.fromArray(LANES, m.w, wRow + c)
                            .fma(FloatVector.fromArray(LANES, d.g, gradient + c), total);
                }
                total.intoArray(scratch, 0);
                sumLanes(scratch, 0, 1, d.rowSums, d.rowSum(m, t - 1, b, panel) + i);
            }
        }
    }

    /**
     * Sums the lanes of vectors, in one fixed order: a reduction by the vector unit may be formed in another before the
     * code is compiled. A vector's halves are added by loading it twice, the second time from its middle; what stands
     * behind the sums then is of no use. (Shorter vectors would do, but once a second species is in use, the compiler
     * no longer knows what a FloatVector is and puts every one on the heap.)
     *
     * @param lanes where every vector has room for 16, and the last of them for 8 more; changed by this
     * @param first the first vector to sum
     */
    static void sumLanes(float[] lanes, int first, int vectors, float[] into, int from) {
        for (int half = LANES.length() / 2; half >= 4; half /= 2) {
            for (int v = 0; v < vectors; v++) {
                int at = (first + v) * COLUMN_UNIT;
                FloatVector.fromArray(LANES, lanes, at)
                        .add(FloatVector.fromArray(LANES, lanes, at + half))
                        .intoArray(lanes, at);
            }
        }
        for (int v = 0; v < vectors; v++) {
            int at = (first + v) * COLUMN_UNIT;
            float sum = lanes[at] + lanes[at + 1];
            into[from + v] = LANES.length() < 4 ? sum : sum + (lanes[at + 2] + lanes[at + 3]);
        }
    }
}
