package org.plastic4j.core.kernel.vector;

import static org.plastic4j.core.kernel.vector.PanelLayout.COLUMN_UNIT;
import static org.plastic4j.core.kernel.vector.PanelLayout.PLACES;
import static org.plastic4j.core.kernel.vector.PanelLayout.START;
import static org.plastic4j.core.kernel.vector.SegmentBuffers.RANK;
import static org.plastic4j.core.kernel.vector.VectorForward.LANES;
import static org.plastic4j.core.kernel.vector.VectorForward.STRIP;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The sums over inputs that are formed on entering a segment on the way back, along the rows of transposed matrices: for
 * each output, of G x(k), A H x(k) and G H, when {@link VectorSegment} has brought G up to date.
 */
final class VectorRowSums {
    /** Columns that sums along a row go through at a time: their inputs stay in the nearest cache beside the sums. */
    private static final int COLUMNS = 256;
    /** Rows, or pairs of rows, that are gone through before their sums over lanes are formed. */
    private static final int BLOCK = 16;
    /** Room for their vectors. */
    static final int SCRATCH = PanelLayout.padded(BLOCK * COLUMN_UNIT * COLUMN_UNIT);

    private VectorRowSums() {}

    /**
     * The sums over inputs of G x(k), for a panel's outputs.
     *
     * @param scratch room for {@link #SCRATCH} numbers
     */
    static void bases(LifetimeBuffers m, SegmentBuffers s, int panel, int b, float[] scratch) {
        int end = Math.min(m.layout.rows, m.layout.start(panel + 1));
        for (int j = m.layout.start(panel); j < end; j += 2 * BLOCK) {
            int pairs = Math.min(BLOCK, (end - j) / 2);
            Arrays.fill(scratch, 0);
            for (int column = 0; column < m.layout.columns; column += COLUMNS) {
                for (int pair = 0; pair < pairs; pair++) {
                    twoBases(m, s, b, j + 2 * pair, column, scratch, vectors(pair));
                }
            }
            int to = s.sum(b, SegmentBuffers.base(0)) + j;
            for (int k = 0; k < RANK; k++, to += s.nextSum) {
                for (int pair = 0; pair < pairs; pair++) {
                    s.sums[to + 2 * pair] = VectorLanes.sum(scratch, vectors(pair) + k * COLUMN_UNIT);
                    s.sums[to + 2 * pair + 1] = VectorLanes.sum(scratch, vectors(pair) + (RANK + k) * COLUMN_UNIT);
                }
            }
        }
    }

    /**
     * The sums over inputs of G x(k), A H x(k), k > 0, and G H, for a panel's outputs.
     *
     * @param source H
     * @param scratch room for {@link #SCRATCH} numbers
     */
    static void basesAndTraces(LifetimeBuffers m, SegmentBuffers s, int panel, int b, float[] source, float[] scratch) {
        for (int j = m.layout.start(panel); j < m.layout.end(panel); j += BLOCK) {
            int rows = Math.min(BLOCK, m.layout.end(panel) - j);
            Arrays.fill(scratch, 0);
            for (int column = 0; column < m.layout.columns; column += COLUMNS) {
                for (int r = 0; r < rows; r++) {
                    row(m, s, b, j + r, column, source, scratch, vectors(r));
                }
            }
            int to = s.sum(b, SegmentBuffers.base(0)) + j;
            for (int which = 0; which < COLUMN_UNIT; which++, to += s.nextSum) {
                for (int r = 0; r < rows; r++) {
                    s.sums[to + r] = VectorLanes.sum(scratch, vectors(r) + which * COLUMN_UNIT);
                }
            }
        }
    }

    /** Where the vectors of the sums of one of a block's rows, or pairs of rows, stand. */
    private static int vectors(int row) {
        return START + row * COLUMN_UNIT * COLUMN_UNIT;
    }

    private static void twoBases(
            LifetimeBuffers m, SegmentBuffers s, int b, int j, int column, float[] scratch, int at) {
        PanelLayout layout = m.layout;
        int stripRows = layout.stripRows;
        int width = Math.min(COLUMNS, layout.columns - column);
        int gradients = m.matrix(b) + layout.at(column, j);
        int inputs = s.step(b, column, 0);
        float[] gradient = m.gradients().trace;
        float[] x = s.inputs;
        FloatVector s0 = FloatVector.fromArray(LANES, scratch, at);
        FloatVector t0 = FloatVector.fromArray(LANES, scratch, at + 8 * COLUMN_UNIT);
        FloatVector s1 = FloatVector.fromArray(LANES, scratch, at + COLUMN_UNIT);
        FloatVector t1 = FloatVector.fromArray(LANES, scratch, at + 9 * COLUMN_UNIT);
        FloatVector s2 = FloatVector.fromArray(LANES, scratch, at + 2 * COLUMN_UNIT);
        FloatVector t2 = FloatVector.fromArray(LANES, scratch, at + 10 * COLUMN_UNIT);
        FloatVector s3 = FloatVector.fromArray(LANES, scratch, at + 3 * COLUMN_UNIT);
        FloatVector t3 = FloatVector.fromArray(LANES, scratch, at + 11 * COLUMN_UNIT);
        FloatVector s4 = FloatVector.fromArray(LANES, scratch, at + 4 * COLUMN_UNIT);
        FloatVector t4 = FloatVector.fromArray(LANES, scratch, at + 12 * COLUMN_UNIT);
        FloatVector s5 = FloatVector.fromArray(LANES, scratch, at + 5 * COLUMN_UNIT);
        FloatVector t5 = FloatVector.fromArray(LANES, scratch, at + 13 * COLUMN_UNIT);
        FloatVector s6 = FloatVector.fromArray(LANES, scratch, at + 6 * COLUMN_UNIT);
        FloatVector t6 = FloatVector.fromArray(LANES, scratch, at + 14 * COLUMN_UNIT);
        FloatVector s7 = FloatVector.fromArray(LANES, scratch, at + 7 * COLUMN_UNIT);
        FloatVector t7 = FloatVector.fromArray(LANES, scratch, at + 15 * COLUMN_UNIT);
        for (int c = 0; c < width; c += STRIP) {
            int d = (gradients + c * stripRows) & PLACES;
            int p = (inputs + c * RANK) & PLACES;
            FloatVector g0 = FloatVector.fromArray(LANES, gradient, d);
            FloatVector g1 = FloatVector.fromArray(LANES, gradient, d + STRIP);
            FloatVector v = FloatVector.fromArray(LANES, x, p);
            s0 = g0.fma(v, s0);
            t0 = g1.fma(v, t0);
            v = FloatVector.fromArray(LANES, x, p + STRIP);
            s1 = g0.fma(v, s1);
            t1 = g1.fma(v, t1);
            v = FloatVector.fromArray(LANES, x, p + 2 * STRIP);
            s2 = g0.fma(v, s2);
            t2 = g1.fma(v, t2);
            v = FloatVector.fromArray(LANES, x, p + 3 * STRIP);
            s3 = g0.fma(v, s3);
            t3 = g1.fma(v, t3);
            v = FloatVector.fromArray(LANES, x, p + 4 * STRIP);
            s4 = g0.fma(v, s4);
            t4 = g1.fma(v, t4);
            v = FloatVector.fromArray(LANES, x, p + 5 * STRIP);
            s5 = g0.fma(v, s5);
            t5 = g1.fma(v, t5);
            v = FloatVector.fromArray(LANES, x, p + 6 * STRIP);
            s6 = g0.fma(v, s6);
            t6 = g1.fma(v, t6);
            v = FloatVector.fromArray(LANES, x, p + 7 * STRIP);
            s7 = g0.fma(v, s7);
            t7 = g1.fma(v, t7);
        }
        s0.intoArray(scratch, at);
        s1.intoArray(scratch, at + COLUMN_UNIT);
        s2.intoArray(scratch, at + 2 * COLUMN_UNIT);
        s3.intoArray(scratch, at + 3 * COLUMN_UNIT);
        s4.intoArray(scratch, at + 4 * COLUMN_UNIT);
        s5.intoArray(scratch, at + 5 * COLUMN_UNIT);
        s6.intoArray(scratch, at + 6 * COLUMN_UNIT);
        s7.intoArray(scratch, at + 7 * COLUMN_UNIT);
        t0.intoArray(scratch, at + 8 * COLUMN_UNIT);
        t1.intoArray(scratch, at + 9 * COLUMN_UNIT);
        t2.intoArray(scratch, at + 10 * COLUMN_UNIT);
        t3.intoArray(scratch, at + 11 * COLUMN_UNIT);
        t4.intoArray(scratch, at + 12 * COLUMN_UNIT);
        t5.intoArray(scratch, at + 13 * COLUMN_UNIT);
        t6.intoArray(scratch, at + 14 * COLUMN_UNIT);
        t7.intoArray(scratch, at + 15 * COLUMN_UNIT);
    }

    private static void row(
            LifetimeBuffers m, SegmentBuffers s, int b, int j, int column, float[] source, float[] scratch, int at) {
        PanelLayout layout = m.layout;
        int stripRows = layout.stripRows;
        int width = Math.min(COLUMNS, layout.columns - column);
        int from = layout.at(column, j);
        // Where there is no trace, its rows are the same in all strips.
        boolean none = source == m.noTrace;
        int trace = none ? START + j * STRIP : m.matrix(b) + from;
        int traceStrip = none ? 0 : stripRows;
        int gradients = m.matrix(b) + from;
        int inputs = s.step(b, column, 0);
        float[] alpha = m.gradients().transposedAlpha;
        float[] gradient = m.gradients().trace;
        float[] x = s.inputs;
        FloatVector both = FloatVector.fromArray(LANES, scratch, at + 15 * COLUMN_UNIT);
        FloatVector g0 = FloatVector.fromArray(LANES, scratch, at);
        FloatVector g1 = FloatVector.fromArray(LANES, scratch, at + COLUMN_UNIT);
        FloatVector g2 = FloatVector.fromArray(LANES, scratch, at + 2 * COLUMN_UNIT);
        FloatVector g3 = FloatVector.fromArray(LANES, scratch, at + 3 * COLUMN_UNIT);
        FloatVector g4 = FloatVector.fromArray(LANES, scratch, at + 4 * COLUMN_UNIT);
        FloatVector g5 = FloatVector.fromArray(LANES, scratch, at + 5 * COLUMN_UNIT);
        FloatVector g6 = FloatVector.fromArray(LANES, scratch, at + 6 * COLUMN_UNIT);
        FloatVector g7 = FloatVector.fromArray(LANES, scratch, at + 7 * COLUMN_UNIT);
        FloatVector h1 = FloatVector.fromArray(LANES, scratch, at + 8 * COLUMN_UNIT);
        FloatVector h2 = FloatVector.fromArray(LANES, scratch, at + 9 * COLUMN_UNIT);
        FloatVector h3 = FloatVector.fromArray(LANES, scratch, at + 10 * COLUMN_UNIT);
        FloatVector h4 = FloatVector.fromArray(LANES, scratch, at + 11 * COLUMN_UNIT);
        FloatVector h5 = FloatVector.fromArray(LANES, scratch, at + 12 * COLUMN_UNIT);
        FloatVector h6 = FloatVector.fromArray(LANES, scratch, at + 13 * COLUMN_UNIT);
        FloatVector h7 = FloatVector.fromArray(LANES, scratch, at + 14 * COLUMN_UNIT);
        for (int c = 0; c < width; c += STRIP) {
            int a = (from + c * stripRows) & PLACES;
            int h = (trace + c * traceStrip) & PLACES;
            int d = (gradients + c * stripRows) & PLACES;
            int p = (inputs + c * RANK) & PLACES;
            FloatVector g = FloatVector.fromArray(LANES, gradient, d);
            FloatVector ah = FloatVector.fromArray(LANES, source, h);
            both = ah.fma(g, both);
            ah = ah.mul(FloatVector.fromArray(LANES, alpha, a));
            g0 = FloatVector.fromArray(LANES, x, p).fma(g, g0);
            FloatVector v = FloatVector.fromArray(LANES, x, p + STRIP);
            g1 = v.fma(g, g1);
            h1 = v.fma(ah, h1);
            v = FloatVector.fromArray(LANES, x, p + 2 * STRIP);
            g2 = v.fma(g, g2);
            h2 = v.fma(ah, h2);
            v = FloatVector.fromArray(LANES, x, p + 3 * STRIP);
            g3 = v.fma(g, g3);
            h3 = v.fma(ah, h3);
            v = FloatVector.fromArray(LANES, x, p + 4 * STRIP);
            g4 = v.fma(g, g4);
            h4 = v.fma(ah, h4);
            v = FloatVector.fromArray(LANES, x, p + 5 * STRIP);
            g5 = v.fma(g, g5);
            h5 = v.fma(ah, h5);
            v = FloatVector.fromArray(LANES, x, p + 6 * STRIP);
            g6 = v.fma(g, g6);
            h6 = v.fma(ah, h6);
            v = FloatVector.fromArray(LANES, x, p + 7 * STRIP);
            g7 = v.fma(g, g7);
            h7 = v.fma(ah, h7);
        }
        g0.intoArray(scratch, at);
        g1.intoArray(scratch, at + COLUMN_UNIT);
        g2.intoArray(scratch, at + 2 * COLUMN_UNIT);
        g3.intoArray(scratch, at + 3 * COLUMN_UNIT);
        g4.intoArray(scratch, at + 4 * COLUMN_UNIT);
        g5.intoArray(scratch, at + 5 * COLUMN_UNIT);
        g6.intoArray(scratch, at + 6 * COLUMN_UNIT);
        g7.intoArray(scratch, at + 7 * COLUMN_UNIT);
        h1.intoArray(scratch, at + 8 * COLUMN_UNIT);
        h2.intoArray(scratch, at + 9 * COLUMN_UNIT);
        h3.intoArray(scratch, at + 10 * COLUMN_UNIT);
        h4.intoArray(scratch, at + 11 * COLUMN_UNIT);
        h5.intoArray(scratch, at + 12 * COLUMN_UNIT);
        h6.intoArray(scratch, at + 13 * COLUMN_UNIT);
        h7.intoArray(scratch, at + 14 * COLUMN_UNIT);
        both.intoArray(scratch, at + 15 * COLUMN_UNIT);
    }
}
