package org.plastic4j.core.kernel.vector;

import static org.plastic4j.core.kernel.vector.PanelLayout.PLACES;
import static org.plastic4j.core.kernel.vector.SegmentBuffers.RANK;
import static org.plastic4j.core.kernel.vector.VectorForward.LANES;
import static org.plastic4j.core.kernel.vector.VectorForward.STRIP;
import static org.plastic4j.core.kernel.vector.VectorSweep.store;

import jdk.incubator.vector.FloatVector;

/**
 * Entering a segment on the way back. The trace's gradient G is made up to date in memory, and all that the segment's
 * steps ask of it is summed up:
 *
 * <pre>
 * G      = scale G + A sum_k x(k) q(k)         k: the steps of the segment left
 * inputs:  sum_j G baseGain(k)                 k: those of the one entered, here and below
 * outputs: sum_i A x(k) x(l)                   and those of {@link VectorRowSums}
 * </pre>
 *
 * G and H are transposed, [outputs, inputs]; A is there in both ways.
 */
final class VectorSegment {
    /** The sums of A x(k) x(l) are formed in four parts, each few enough for the registers. */
    private static final int QUARTERS = 4;

    private static final int QUARTER = SegmentBuffers.PAIRS / QUARTERS;

    private VectorSegment() {}

    /** Products of pairs of the inputs of a segment, four sets of factors for {@link #pairs}. */
    static RowFactors products(LifetimeBuffers m) {
        return new RowFactors(m, QUARTERS);
    }

    /** Makes these for the segment that begins with step {@code first}. */
    static void prepare(LifetimeBuffers m, VectorColumns columns, int b, int first, RowFactors products) {
        for (int l = 1; l < RANK; l++) {
            for (int k = 0; k < l; k++) {
                int pair = SegmentBuffers.pair(k, l);
                products.putProducts(
                        pair / QUARTER, pair % QUARTER, m.y, columns.input(b, first, k), columns.input(b, first, l));
            }
        }
    }

    /** The sums of A x(k) x(l) of two strips of A. */
    static void pairs(LifetimeBuffers m, SegmentBuffers s, int b, int column, RowFactors products) {
        for (int quarter = 0; quarter < QUARTERS; quarter++) {
            pairs(m, s, b, column, products, quarter);
        }
    }

    /** A quarter of them. */
    private static void pairs(
            LifetimeBuffers m, SegmentBuffers s, int b, int column, RowFactors products, int quarter) {
        PanelLayout layout = m.layout;
        int next = layout.stripRows * STRIP;
        int from = layout.at(column, 0);
        int rows = layout.rows;
        int factor = products.at(quarter, 0);
        float[] x = products.values;
        float[] alpha = m.alpha;
        FloatVector s0 = FloatVector.zero(LANES);
        FloatVector t0 = FloatVector.zero(LANES);
        FloatVector s1 = FloatVector.zero(LANES);
        FloatVector t1 = FloatVector.zero(LANES);
        FloatVector s2 = FloatVector.zero(LANES);
        FloatVector t2 = FloatVector.zero(LANES);
        FloatVector s3 = FloatVector.zero(LANES);
        FloatVector t3 = FloatVector.zero(LANES);
        FloatVector s4 = FloatVector.zero(LANES);
        FloatVector t4 = FloatVector.zero(LANES);
        FloatVector s5 = FloatVector.zero(LANES);
        FloatVector t5 = FloatVector.zero(LANES);
        FloatVector s6 = FloatVector.zero(LANES);
        FloatVector t6 = FloatVector.zero(LANES);
        for (int r = 0; r < rows; r++) {
            int a0 = (from + r * STRIP) & PLACES;
            int a1 = (from + next + r * STRIP) & PLACES;
            int f = (factor + r * RowFactors.SIDE) & PLACES;
            FloatVector alpha0 = FloatVector.fromArray(LANES, alpha, a0);
            FloatVector alpha1 = FloatVector.fromArray(LANES, alpha, a1);
            FloatVector v = FloatVector.broadcast(LANES, x[f]);
            s0 = alpha0.fma(v, s0);
            t0 = alpha1.fma(v, t0);
            v = FloatVector.broadcast(LANES, x[f + 1]);
            s1 = alpha0.fma(v, s1);
            t1 = alpha1.fma(v, t1);
            v = FloatVector.broadcast(LANES, x[f + 2]);
            s2 = alpha0.fma(v, s2);
            t2 = alpha1.fma(v, t2);
            v = FloatVector.broadcast(LANES, x[f + 3]);
            s3 = alpha0.fma(v, s3);
            t3 = alpha1.fma(v, t3);
            v = FloatVector.broadcast(LANES, x[f + 4]);
            s4 = alpha0.fma(v, s4);
            t4 = alpha1.fma(v, t4);
            v = FloatVector.broadcast(LANES, x[f + 5]);
            s5 = alpha0.fma(v, s5);
            t5 = alpha1.fma(v, t5);
            v = FloatVector.broadcast(LANES, x[f + 6]);
            s6 = alpha0.fma(v, s6);
            t6 = alpha1.fma(v, t6);
        }
        int at = s.sum(b, quarter * QUARTER) + column;
        store(s0, t0, s.sums, at);
        store(s1, t1, s.sums, at + s.nextSum);
        store(s2, t2, s.sums, at + 2 * s.nextSum);
        store(s3, t3, s.sums, at + 3 * s.nextSum);
        store(s4, t4, s.sums, at + 4 * s.nextSum);
        store(s5, t5, s.sums, at + 5 * s.nextSum);
        store(s6, t6, s.sums, at + 6 * s.nextSum);
    }

    /** Brings two strips of G up to date. */
    static void update(LifetimeBuffers m, SegmentBuffers s, int b, int column) {
        PanelLayout layout = m.layout;
        int next = layout.stripRows * STRIP;
        int from = layout.at(column, 0);
        int trace = m.matrix(b) + from;
        int rows = layout.rows;
        int factor = s.left.at(b, 0);
        float[] q = s.left.values;
        float[] alpha = m.gradients().transposedAlpha;
        float[] gradient = m.gradients().trace;
        int x = s.step(b, column, 0);
        int z = s.step(b, column + STRIP, 0);
        FloatVector x0 = FloatVector.fromArray(LANES, s.inputs, x);
        FloatVector z0 = FloatVector.fromArray(LANES, s.inputs, z);
        FloatVector x1 = FloatVector.fromArray(LANES, s.inputs, x + STRIP);
        FloatVector z1 = FloatVector.fromArray(LANES, s.inputs, z + STRIP);
        FloatVector x2 = FloatVector.fromArray(LANES, s.inputs, x + 2 * STRIP);
        FloatVector z2 = FloatVector.fromArray(LANES, s.inputs, z + 2 * STRIP);
        FloatVector x3 = FloatVector.fromArray(LANES, s.inputs, x + 3 * STRIP);
        FloatVector z3 = FloatVector.fromArray(LANES, s.inputs, z + 3 * STRIP);
        FloatVector x4 = FloatVector.fromArray(LANES, s.inputs, x + 4 * STRIP);
        FloatVector z4 = FloatVector.fromArray(LANES, s.inputs, z + 4 * STRIP);
        FloatVector x5 = FloatVector.fromArray(LANES, s.inputs, x + 5 * STRIP);
        FloatVector z5 = FloatVector.fromArray(LANES, s.inputs, z + 5 * STRIP);
        FloatVector x6 = FloatVector.fromArray(LANES, s.inputs, x + 6 * STRIP);
        FloatVector z6 = FloatVector.fromArray(LANES, s.inputs, z + 6 * STRIP);
        FloatVector x7 = FloatVector.fromArray(LANES, s.inputs, x + 7 * STRIP);
        FloatVector z7 = FloatVector.fromArray(LANES, s.inputs, z + 7 * STRIP);
        for (int r = 0; r < rows; r++) {
            int a0 = (from + r * STRIP) & PLACES;
            int a1 = (from + next + r * STRIP) & PLACES;
            int h0 = (trace + r * STRIP) & PLACES;
            int h1 = (trace + next + r * STRIP) & PLACES;
            int f = (factor + r * RowFactors.SIDE) & PLACES;
            FloatVector v = FloatVector.broadcast(LANES, q[f]);
            FloatVector g0 = v.mul(FloatVector.fromArray(LANES, gradient, h0));
            FloatVector g1 = v.mul(FloatVector.fromArray(LANES, gradient, h1));
            v = FloatVector.broadcast(LANES, q[f + 1]);
            FloatVector late0 = x0.mul(v);
            FloatVector late1 = z0.mul(v);
            v = FloatVector.broadcast(LANES, q[f + 2]);
            late0 = x1.fma(v, late0);
            late1 = z1.fma(v, late1);
            v = FloatVector.broadcast(LANES, q[f + 3]);
            late0 = x2.fma(v, late0);
            late1 = z2.fma(v, late1);
            v = FloatVector.broadcast(LANES, q[f + 4]);
            late0 = x3.fma(v, late0);
            late1 = z3.fma(v, late1);
            v = FloatVector.broadcast(LANES, q[f + 5]);
            late0 = x4.fma(v, late0);
            late1 = z4.fma(v, late1);
            v = FloatVector.broadcast(LANES, q[f + 6]);
            late0 = x5.fma(v, late0);
            late1 = z5.fma(v, late1);
            v = FloatVector.broadcast(LANES, q[f + 7]);
            late0 = x6.fma(v, late0);
            late1 = z6.fma(v, late1);
            v = FloatVector.broadcast(LANES, q[f + 8]);
            late0 = x7.fma(v, late0);
            late1 = z7.fma(v, late1);
            late0.fma(FloatVector.fromArray(LANES, alpha, a0), g0).intoArray(gradient, h0);
            late1.fma(FloatVector.fromArray(LANES, alpha, a1), g1).intoArray(gradient, h1);
        }
    }

    /**
     * What the sweeps of the segment get of the base of G, and deta of its product with the trace, for two strips: {@code
     * s.eta -= weight sum_j G H}.
     *
     * @param source H
     */
    static void gains(LifetimeBuffers m, SegmentBuffers s, int b, int column, float[] source, float weight) {
        PanelLayout layout = m.layout;
        int next = layout.stripRows * STRIP;
        int trace = m.matrix(b) + layout.at(column, 0);
        int from = m.traceAt(source, b, column);
        int rows = layout.rows;
        int factor = s.gain.at(b, 0);
        float[] x = s.gain.values;
        float[] gradient = m.gradients().trace;
        FloatVector s0 = FloatVector.zero(LANES);
        FloatVector t0 = FloatVector.zero(LANES);
        FloatVector s1 = FloatVector.zero(LANES);
        FloatVector t1 = FloatVector.zero(LANES);
        FloatVector s2 = FloatVector.zero(LANES);
        FloatVector t2 = FloatVector.zero(LANES);
        FloatVector s3 = FloatVector.zero(LANES);
        FloatVector t3 = FloatVector.zero(LANES);
        FloatVector s4 = FloatVector.zero(LANES);
        FloatVector t4 = FloatVector.zero(LANES);
        FloatVector s5 = FloatVector.zero(LANES);
        FloatVector t5 = FloatVector.zero(LANES);
        FloatVector s6 = FloatVector.zero(LANES);
        FloatVector t6 = FloatVector.zero(LANES);
        FloatVector s7 = FloatVector.zero(LANES);
        FloatVector t7 = FloatVector.zero(LANES);
        FloatVector both0 = FloatVector.zero(LANES);
        FloatVector both1 = FloatVector.zero(LANES);
        for (int r = 0; r < rows; r++) {
            int h0 = (trace + r * STRIP) & PLACES;
            int h1 = (trace + next + r * STRIP) & PLACES;
            int f = (factor + r * RowFactors.SIDE) & PLACES;
            FloatVector g0 = FloatVector.fromArray(LANES, gradient, h0);
            FloatVector g1 = FloatVector.fromArray(LANES, gradient, h1);
            both0 = FloatVector.fromArray(LANES, source, (from + r * STRIP) & PLACES)
                    .fma(g0, both0);
            both1 = FloatVector.fromArray(LANES, source, (from + next + r * STRIP) & PLACES)
                    .fma(g1, both1);
            FloatVector v = FloatVector.broadcast(LANES, x[f]);
            s0 = g0.fma(v, s0);
            t0 = g1.fma(v, t0);
            v = FloatVector.broadcast(LANES, x[f + 1]);
            s1 = g0.fma(v, s1);
            t1 = g1.fma(v, t1);
            v = FloatVector.broadcast(LANES, x[f + 2]);
            s2 = g0.fma(v, s2);
            t2 = g1.fma(v, t2);
            v = FloatVector.broadcast(LANES, x[f + 3]);
            s3 = g0.fma(v, s3);
            t3 = g1.fma(v, t3);
            v = FloatVector.broadcast(LANES, x[f + 4]);
            s4 = g0.fma(v, s4);
            t4 = g1.fma(v, t4);
            v = FloatVector.broadcast(LANES, x[f + 5]);
            s5 = g0.fma(v, s5);
            t5 = g1.fma(v, t5);
            v = FloatVector.broadcast(LANES, x[f + 6]);
            s6 = g0.fma(v, s6);
            t6 = g1.fma(v, t6);
            v = FloatVector.broadcast(LANES, x[f + 7]);
            s7 = g0.fma(v, s7);
            t7 = g1.fma(v, t7);
        }
        int first = s.step(b, column, 0);
        int second = s.step(b, column + STRIP, 0);
        s0.intoArray(s.beside, first);
        t0.intoArray(s.beside, second);
        s1.intoArray(s.beside, first + STRIP);
        t1.intoArray(s.beside, second + STRIP);
        s2.intoArray(s.beside, first + 2 * STRIP);
        t2.intoArray(s.beside, second + 2 * STRIP);
        s3.intoArray(s.beside, first + 3 * STRIP);
        t3.intoArray(s.beside, second + 3 * STRIP);
        s4.intoArray(s.beside, first + 4 * STRIP);
        t4.intoArray(s.beside, second + 4 * STRIP);
        s5.intoArray(s.beside, first + 5 * STRIP);
        t5.intoArray(s.beside, second + 5 * STRIP);
        s6.intoArray(s.beside, first + 6 * STRIP);
        t6.intoArray(s.beside, second + 6 * STRIP);
        s7.intoArray(s.beside, first + 7 * STRIP);
        t7.intoArray(s.beside, second + 7 * STRIP);
        int vector = b * layout.columns + column;
        FloatVector scale = FloatVector.broadcast(LANES, -weight);
        both0.fma(scale, FloatVector.fromArray(LANES, s.eta, vector)).intoArray(s.eta, vector);
        both1.fma(scale, FloatVector.fromArray(LANES, s.eta, vector + STRIP)).intoArray(s.eta, vector + STRIP);
    }
}
