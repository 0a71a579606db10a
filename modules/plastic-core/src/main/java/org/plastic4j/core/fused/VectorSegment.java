package org.plastic4j.core.fused;

import static org.plastic4j.core.fused.SegmentBuffers.RANK;
import static org.plastic4j.core.fused.SegmentBuffers.ROWS;
import static org.plastic4j.core.fused.VectorForward.LANES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * Entering a segment on the way back, over one panel. The trace's gradient G is made up to date in memory, and all that
 * the segment's steps ask of it is summed up while a block of rows is in the cache:
 *
 * <pre>
 * G      = scale G + A sum_k x(k) q(k)         k: the steps of the segment left
 * rows:    sum_j G baseGain(k)                 k: those of the one entered, here and below
 * columns: sum_i A x(k) x(l),  sum_i A H x(k),  sum_i G x(k),  sum_i G H
 * </pre>
 */
final class VectorSegment {
    /** The sums of A x(k) x(l) are formed in four parts, each few enough for the registers of any machine. */
    private static final int QUARTER = SegmentBuffers.PAIRS / 4;

    private VectorSegment() {}

    /**
     * Takes a panel through it.
     *
     * @param first the first step of the segment entered, whose trace {@code source} is
     * @param scratch room for K vectors for each row of a block
     */
    static void enter(
            LifetimeBuffers m,
            SegmentBuffers s,
            int panel,
            int first,
            float[] source,
            int from,
            int to,
            float[] scratch) {
        PanelLayout layout = m.layout;
        int width = layout.width(panel);
        for (int b = from; b < to; b++) {
            for (int which = 0; which < s.sumsPerLifetime(); which++) {
                int sums = s.sum(b, which) + layout.start(panel);
                Arrays.fill(s.sums, sums, sums + width, 0);
            }
        }
        for (int i = 0; i < layout.rows; i += ROWS) {
            int end = Math.min(i + ROWS, layout.rows);
            for (int b = from; b < to; b++) {
                update(m, s, panel, b, first + RANK, i, end);
                rows(m, s, panel, b, i, end, source, scratch);
                for (int k = 0; k < RANK; k++) {
                    VectorBackward.sumLanes(scratch, k * ROWS, end - i, s.baseRows, s.baseRow(b, panel, k) + i);
                }
                products(m, b, first, i, scratch);
                int column = layout.start(panel);
                int alphaStep = m.alphaStep(panel);
                for (int c = 0; c < width; c += LANES.length(), column += LANES.length()) {
                    int matrix = layout.offset(panel) + i * width + c;
                    int a = m.alphaRow(panel, i) + c;
                    for (int pair = 0; pair < SegmentBuffers.PAIRS; pair += QUARTER) {
                        pairs(m, s, b, pair, column, a, alphaStep, end - i, scratch);
                    }
                    base(m, s, b, first, i, end - i, column, matrix, width);
                    traces(m, s, b, first, i, end - i, column, a, alphaStep, matrix, width, source);
                }
            }
        }
    }

    /** Brings a panel of G up to date at the end of the way back. */
    static void finish(LifetimeBuffers m, SegmentBuffers s, int panel, int b) {
        update(m, s, panel, b, 1, 0, m.layout.rows);
    }

    /** Brings rows of G up to date. */
    private static void update(LifetimeBuffers m, SegmentBuffers s, int panel, int b, int left, int from, int end) {
        PanelLayout layout = m.layout;
        int width = layout.width(panel);
        int start = layout.start(panel);
        int columns = layout.columns;
        float[] y = m.y;
        float[] q = s.q;
        float[] alpha = m.alpha;
        float[] trace = m.gradients().trace;
        for (int i = from; i < end; i++) {
            FloatVector x0 = FloatVector.broadcast(LANES, y[VectorBackward.inputs(m, b, left, 0) + i]);
            FloatVector x1 = FloatVector.broadcast(LANES, y[VectorBackward.inputs(m, b, left, 1) + i]);
            FloatVector x2 = FloatVector.broadcast(LANES, y[VectorBackward.inputs(m, b, left, 2) + i]);
            FloatVector x3 = FloatVector.broadcast(LANES, y[VectorBackward.inputs(m, b, left, 3) + i]);
            FloatVector x4 = FloatVector.broadcast(LANES, y[VectorBackward.inputs(m, b, left, 4) + i]);
            FloatVector x5 = FloatVector.broadcast(LANES, y[VectorBackward.inputs(m, b, left, 5) + i]);
            FloatVector x6 = FloatVector.broadcast(LANES, y[VectorBackward.inputs(m, b, left, 6) + i]);
            FloatVector x7 = FloatVector.broadcast(LANES, y[VectorBackward.inputs(m, b, left, 7) + i]);
            int at = b * m.size + layout.offset(panel) + i * width;
            int a = m.alphaRow(panel, i);
            int scale = b * columns + start;
            int f = s.step(b, 0) + start;
            for (int c = 0; c < width; c += LANES.length(), f += LANES.length()) {
                FloatVector late = FloatVector.fromArray(LANES, q, f).mul(x0);
                late = FloatVector.fromArray(LANES, q, f + columns).fma(x1, late);
                late = FloatVector.fromArray(LANES, q, f + 2 * columns).fma(x2, late);
                late = FloatVector.fromArray(LANES, q, f + 3 * columns).fma(x3, late);
                late = FloatVector.fromArray(LANES, q, f + 4 * columns).fma(x4, late);
                late = FloatVector.fromArray(LANES, q, f + 5 * columns).fma(x5, late);
                late = FloatVector.fromArray(LANES, q, f + 6 * columns).fma(x6, late);
                late = FloatVector.fromArray(LANES, q, f + 7 * columns).fma(x7, late);
                FloatVector base = FloatVector.fromArray(LANES, trace, at + c)
                        .mul(FloatVector.fromArray(LANES, s.scale, scale + c));
                late.fma(FloatVector.fromArray(LANES, alpha, a + c), base).intoArray(trace, at + c);
            }
        }
    }

    /**
     * Forms the sums over columns of rows of G, and adds G H to the one over rows: the trace, too, is to be met row by
     * row at first, as memory streams.
     */
    private static void rows(
            LifetimeBuffers m, SegmentBuffers s, int panel, int b, int from, int end, float[] source, float[] scratch) {
        PanelLayout layout = m.layout;
        int width = layout.width(panel);
        int columns = layout.columns;
        float[] gain = s.baseGain;
        float[] trace = m.gradients().trace;
        float[] sums = s.sums;
        int ofBase = s.sum(b, SegmentBuffers.baseTrace()) + layout.start(panel);
        for (int i = from; i < end; i++) {
            FloatVector r0 = FloatVector.zero(LANES);
            FloatVector r1 = FloatVector.zero(LANES);
            FloatVector r2 = FloatVector.zero(LANES);
            FloatVector r3 = FloatVector.zero(LANES);
            FloatVector r4 = FloatVector.zero(LANES);
            FloatVector r5 = FloatVector.zero(LANES);
            FloatVector r6 = FloatVector.zero(LANES);
            FloatVector r7 = FloatVector.zero(LANES);
            int at = b * m.size + layout.offset(panel) + i * width;
            int f = s.step(b, 0) + layout.start(panel);
            for (int c = 0; c < width; c += LANES.length(), f += LANES.length()) {
                FloatVector g = FloatVector.fromArray(LANES, trace, at + c);
                g.fma(FloatVector.fromArray(LANES, source, at + c), FloatVector.fromArray(LANES, sums, ofBase + c))
                        .intoArray(sums, ofBase + c);
                r0 = g.fma(FloatVector.fromArray(LANES, gain, f), r0);
                r1 = g.fma(FloatVector.fromArray(LANES, gain, f + columns), r1);
                r2 = g.fma(FloatVector.fromArray(LANES, gain, f + 2 * columns), r2);
                r3 = g.fma(FloatVector.fromArray(LANES, gain, f + 3 * columns), r3);
                r4 = g.fma(FloatVector.fromArray(LANES, gain, f + 4 * columns), r4);
                r5 = g.fma(FloatVector.fromArray(LANES, gain, f + 5 * columns), r5);
                r6 = g.fma(FloatVector.fromArray(LANES, gain, f + 6 * columns), r6);
                r7 = g.fma(FloatVector.fromArray(LANES, gain, f + 7 * columns), r7);
            }
            int lanes = (i - from) * ROWS;
            r0.intoArray(scratch, lanes);
            r1.intoArray(scratch, lanes + ROWS * ROWS);
            r2.intoArray(scratch, lanes + 2 * ROWS * ROWS);
            r3.intoArray(scratch, lanes + 3 * ROWS * ROWS);
            r4.intoArray(scratch, lanes + 4 * ROWS * ROWS);
            r5.intoArray(scratch, lanes + 5 * ROWS * ROWS);
            r6.intoArray(scratch, lanes + 6 * ROWS * ROWS);
            r7.intoArray(scratch, lanes + 7 * ROWS * ROWS);
        }
    }

    /** x(k) x(l) of a block of rows, [pair, row]. */
    private static void products(LifetimeBuffers m, int b, int first, int i, float[] into) {
        for (int l = 1; l < RANK; l++) {
            int xl = VectorBackward.inputs(m, b, first, l) + i;
            for (int k = 0; k < l; k++) {
                int xk = VectorBackward.inputs(m, b, first, k) + i;
                int at = SegmentBuffers.pair(k, l) * ROWS;
                for (int r = 0; r < ROWS; r += LANES.length()) {
                    FloatVector.fromArray(LANES, m.y, xk + r)
                            .mul(FloatVector.fromArray(LANES, m.y, xl + r))
                            .intoArray(into, at + r);
                }
            }
        }
    }

    /** Adds A x(k) x(l) of a block of rows for one vector of columns, a quarter of the pairs. */
    private static void pairs(
            LifetimeBuffers m,
            SegmentBuffers s,
            int b,
            int pair,
            int column,
            int alphaRow,
            int alphaStep,
            int rows,
            float[] products) {
        float[] sums = s.sums;
        float[] alpha = m.alpha;
        int n = m.layout.columns;
        int at = s.sum(b, pair) + column;
        FloatVector s0 = FloatVector.fromArray(LANES, sums, at);
        FloatVector s1 = FloatVector.fromArray(LANES, sums, at + n);
        FloatVector s2 = FloatVector.fromArray(LANES, sums, at + 2 * n);
        FloatVector s3 = FloatVector.fromArray(LANES, sums, at + 3 * n);
        FloatVector s4 = FloatVector.fromArray(LANES, sums, at + 4 * n);
        FloatVector s5 = FloatVector.fromArray(LANES, sums, at + 5 * n);
        FloatVector s6 = FloatVector.fromArray(LANES, sums, at + 6 * n);
        int a = alphaRow;
        int x = pair * ROWS;
        for (int r = 0; r < rows; r++, a += alphaStep, x++) {
            FloatVector row = FloatVector.fromArray(LANES, alpha, a);
            s0 = row.fma(FloatVector.broadcast(LANES, products[x]), s0);
            s1 = row.fma(FloatVector.broadcast(LANES, products[x + ROWS]), s1);
            s2 = row.fma(FloatVector.broadcast(LANES, products[x + 2 * ROWS]), s2);
            s3 = row.fma(FloatVector.broadcast(LANES, products[x + 3 * ROWS]), s3);
            s4 = row.fma(FloatVector.broadcast(LANES, products[x + 4 * ROWS]), s4);
            s5 = row.fma(FloatVector.broadcast(LANES, products[x + 5 * ROWS]), s5);
            s6 = row.fma(FloatVector.broadcast(LANES, products[x + 6 * ROWS]), s6);
        }
        s0.intoArray(sums, at);
        s1.intoArray(sums, at + n);
        s2.intoArray(sums, at + 2 * n);
        s3.intoArray(sums, at + 3 * n);
        s4.intoArray(sums, at + 4 * n);
        s5.intoArray(sums, at + 5 * n);
        s6.intoArray(sums, at + 6 * n);
    }

    /** Adds G x(k) of a block of rows for one vector of columns. */
    private static void base(
            LifetimeBuffers m, SegmentBuffers s, int b, int first, int i, int rows, int column, int matrix, int width) {
        float[] y = m.y;
        float[] sums = s.sums;
        float[] trace = m.gradients().trace;
        int n = m.layout.columns;
        int at = s.sum(b, SegmentBuffers.base(0)) + column;
        int x0 = VectorBackward.inputs(m, b, first, 0) + i;
        int x1 = VectorBackward.inputs(m, b, first, 1) + i;
        int x2 = VectorBackward.inputs(m, b, first, 2) + i;
        int x3 = VectorBackward.inputs(m, b, first, 3) + i;
        int x4 = VectorBackward.inputs(m, b, first, 4) + i;
        int x5 = VectorBackward.inputs(m, b, first, 5) + i;
        int x6 = VectorBackward.inputs(m, b, first, 6) + i;
        int x7 = VectorBackward.inputs(m, b, first, 7) + i;
        FloatVector s0 = FloatVector.fromArray(LANES, sums, at);
        FloatVector s1 = FloatVector.fromArray(LANES, sums, at + n);
        FloatVector s2 = FloatVector.fromArray(LANES, sums, at + 2 * n);
        FloatVector s3 = FloatVector.fromArray(LANES, sums, at + 3 * n);
        FloatVector s4 = FloatVector.fromArray(LANES, sums, at + 4 * n);
        FloatVector s5 = FloatVector.fromArray(LANES, sums, at + 5 * n);
        FloatVector s6 = FloatVector.fromArray(LANES, sums, at + 6 * n);
        FloatVector s7 = FloatVector.fromArray(LANES, sums, at + 7 * n);
        int g = b * m.size + matrix;
        for (int r = 0; r < rows; r++, g += width) {
            FloatVector row = FloatVector.fromArray(LANES, trace, g);
            s0 = row.fma(FloatVector.broadcast(LANES, y[x0 + r]), s0);
            s1 = row.fma(FloatVector.broadcast(LANES, y[x1 + r]), s1);
            s2 = row.fma(FloatVector.broadcast(LANES, y[x2 + r]), s2);
            s3 = row.fma(FloatVector.broadcast(LANES, y[x3 + r]), s3);
            s4 = row.fma(FloatVector.broadcast(LANES, y[x4 + r]), s4);
            s5 = row.fma(FloatVector.broadcast(LANES, y[x5 + r]), s5);
            s6 = row.fma(FloatVector.broadcast(LANES, y[x6 + r]), s6);
            s7 = row.fma(FloatVector.broadcast(LANES, y[x7 + r]), s7);
        }
        s0.intoArray(sums, at);
        s1.intoArray(sums, at + n);
        s2.intoArray(sums, at + 2 * n);
        s3.intoArray(sums, at + 3 * n);
        s4.intoArray(sums, at + 4 * n);
        s5.intoArray(sums, at + 5 * n);
        s6.intoArray(sums, at + 6 * n);
        s7.intoArray(sums, at + 7 * n);
    }

    /** Adds A H x(k) of a block of rows for one vector of columns. */
    private static void traces(
            LifetimeBuffers m,
            SegmentBuffers s,
            int b,
            int first,
            int i,
            int rows,
            int column,
            int alphaRow,
            int alphaStep,
            int matrix,
            int width,
            float[] source) {
        float[] y = m.y;
        float[] sums = s.sums;
        float[] alpha = m.alpha;
        int n = m.layout.columns;
        int at = s.sum(b, SegmentBuffers.trace(1)) + column;
        int x1 = VectorBackward.inputs(m, b, first, 1) + i;
        int x2 = VectorBackward.inputs(m, b, first, 2) + i;
        int x3 = VectorBackward.inputs(m, b, first, 3) + i;
        int x4 = VectorBackward.inputs(m, b, first, 4) + i;
        int x5 = VectorBackward.inputs(m, b, first, 5) + i;
        int x6 = VectorBackward.inputs(m, b, first, 6) + i;
        int x7 = VectorBackward.inputs(m, b, first, 7) + i;
        FloatVector s1 = FloatVector.fromArray(LANES, sums, at);
        FloatVector s2 = FloatVector.fromArray(LANES, sums, at + n);
        FloatVector s3 = FloatVector.fromArray(LANES, sums, at + 2 * n);
        FloatVector s4 = FloatVector.fromArray(LANES, sums, at + 3 * n);
        FloatVector s5 = FloatVector.fromArray(LANES, sums, at + 4 * n);
        FloatVector s6 = FloatVector.fromArray(LANES, sums, at + 5 * n);
        FloatVector s7 = FloatVector.fromArray(LANES, sums, at + 6 * n);
        int a = alphaRow;
        int h = b * m.size + matrix;
        for (int r = 0; r < rows; r++, a += alphaStep, h += width) {
            FloatVector row = FloatVector.fromArray(LANES, source, h).mul(FloatVector.fromArray(LANES, alpha, a));
            s1 = row.fma(FloatVector.broadcast(LANES, y[x1 + r]), s1);
            s2 = row.fma(FloatVector.broadcast(LANES, y[x2 + r]), s2);
            s3 = row.fma(FloatVector.broadcast(LANES, y[x3 + r]), s3);
            s4 = row.fma(FloatVector.broadcast(LANES, y[x4 + r]), s4);
            s5 = row.fma(FloatVector.broadcast(LANES, y[x5 + r]), s5);
            s6 = row.fma(FloatVector.broadcast(LANES, y[x6 + r]), s6);
            s7 = row.fma(FloatVector.broadcast(LANES, y[x7 + r]), s7);
        }
        s1.intoArray(sums, at);
        s2.intoArray(sums, at + n);
        s3.intoArray(sums, at + 2 * n);
        s4.intoArray(sums, at + 3 * n);
        s5.intoArray(sums, at + 4 * n);
        s6.intoArray(sums, at + 5 * n);
        s7.intoArray(sums, at + 6 * n);
    }
}
