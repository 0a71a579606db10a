package org.plastic4j.core.kernel.vector;

import static org.plastic4j.core.kernel.vector.PanelLayout.PLACES;
import static org.plastic4j.core.kernel.vector.PanelLayout.START;
import static org.plastic4j.core.kernel.vector.VectorForward.LANES;
import static org.plastic4j.core.kernel.vector.VectorForward.PAIR;
import static org.plastic4j.core.kernel.vector.VectorForward.STRIP;

import jdk.incubator.vector.FloatVector;

/**
 * The loop of the fast kernel that reads all matrices at each step, forward as well as, on transposed matrices, backward.
 * It goes down two strips at a time, so that what belongs to a row is spread over a vector once for both, and forms
 *
 * <pre>sum_r W x(0),  sum_r A H0 x(1),  sum_r A x(2),  sum_r A x(3), ...</pre>
 *
 * with one factor x(0) for each row, and so on.
 */
final class VectorSweep {
    /** Room for what it forms. */
    static final int SUMS = PanelLayout.padded(PAIR * (LifetimeBuffers.RANK + 1));

    /** As many pairs as are summed up together with the others. */
    private static final int FEW = 4;

    /**
     * Whether Java was told not to check again that vectors lie within their arrays. With these checks, all pairs in one
     * loop are more than the compiler inlines.
     */
    private static final boolean UNCHECKED =
            "0".equals(System.getProperty("jdk.incubator.vector.VECTOR_ACCESS_OOB_CHECK"));

    private VectorSweep() {}

    /**
     * Sums up two strips.
     *
     * @param pairs how many sums there are to be of A alone, up to K - 1; sums that are not asked for are of no meaning
     * @param alpha A, in the same orientation as W
     * @param trace H0, a matrix for each lifetime
     * @param column the strips' first
     * @param set of the factors
     * @param sums gets them, {@link VectorForward#PAIR} numbers each from {@link PanelLayout#START} on
     */
    static void plastic(
            LifetimeBuffers m,
            int pairs,
            float[] alpha,
            float[] trace,
            int b,
            int column,
            RowFactors factors,
            int set,
            float[] sums) {
        int next = m.layout.stripRows * STRIP;
        int rows = m.layout.rows;
        int from = m.layout.at(column, 0);
        int traceFrom = m.traceAt(trace, b, column);
        int factor = factors.at(set, 0);
        if (pairs > FEW && UNCHECKED) {
            all(m.w, alpha, trace, from, traceFrom, next, rows, factors.values, factor, sums);
            return;
        }
        few(m.w, alpha, trace, from, traceFrom, next, rows, factors.values, factor, sums);
        if (pairs > FEW) {
            more(alpha, from, next, rows, factors.values, factor, sums);
        }
    }

    /** With four pairs, which wait for the memory as long as none do. */
    static void few(
            float[] w,
            float[] alpha,
            float[] trace,
            int from,
            int traceFrom,
            int next,
            int rows,
            float[] x,
            int factor,
            float[] sums) {
        FloatVector fixed0 = FloatVector.zero(LANES);
        FloatVector fixed1 = FloatVector.zero(LANES);
        FloatVector plastic0 = FloatVector.zero(LANES);
        FloatVector plastic1 = FloatVector.zero(LANES);
        FloatVector s0 = FloatVector.zero(LANES);
        FloatVector t0 = FloatVector.zero(LANES);
        FloatVector s1 = FloatVector.zero(LANES);
        FloatVector t1 = FloatVector.zero(LANES);
        FloatVector s2 = FloatVector.zero(LANES);
        FloatVector t2 = FloatVector.zero(LANES);
        FloatVector s3 = FloatVector.zero(LANES);
        FloatVector t3 = FloatVector.zero(LANES);
        for (int r = 0; r < rows; r++) {
            int a0 = (from + r * STRIP) & PLACES;
            int a1 = (from + next + r * STRIP) & PLACES;
            int h0 = (traceFrom + r * STRIP) & PLACES;
            int h1 = (traceFrom + next + r * STRIP) & PLACES;
            int f = (factor + r * RowFactors.SIDE) & PLACES;
            FloatVector alpha0 = FloatVector.fromArray(LANES, alpha, a0);
            FloatVector alpha1 = FloatVector.fromArray(LANES, alpha, a1);
            FloatVector v = FloatVector.broadcast(LANES, x[f]);
            fixed0 = FloatVector.fromArray(LANES, w, a0).fma(v, fixed0);
            fixed1 = FloatVector.fromArray(LANES, w, a1).fma(v, fixed1);
            v = FloatVector.broadcast(LANES, x[f + 1]);
            plastic0 = alpha0.mul(FloatVector.fromArray(LANES, trace, h0)).fma(v, plastic0);
            plastic1 = alpha1.mul(FloatVector.fromArray(LANES, trace, h1)).fma(v, plastic1);
            v = FloatVector.broadcast(LANES, x[f + 2]);
            s0 = alpha0.fma(v, s0);
            t0 = alpha1.fma(v, t0);
            v = FloatVector.broadcast(LANES, x[f + 3]);
            s1 = alpha0.fma(v, s1);
            t1 = alpha1.fma(v, t1);
            v = FloatVector.broadcast(LANES, x[f + 4]);
            s2 = alpha0.fma(v, s2);
            t2 = alpha1.fma(v, t2);
            v = FloatVector.broadcast(LANES, x[f + 5]);
            s3 = alpha0.fma(v, s3);
            t3 = alpha1.fma(v, t3);
        }
        store(fixed0, fixed1, sums, START);
        store(plastic0, plastic1, sums, START + PAIR);
        store(s0, t0, sums, START + 2 * PAIR);
        store(s1, t1, sums, START + 3 * PAIR);
        store(s2, t2, sums, START + 4 * PAIR);
        store(s3, t3, sums, START + 5 * PAIR);
    }

    /** With all seven, which read A once. */
    static void all(
            float[] w,
            float[] alpha,
            float[] trace,
            int from,
            int traceFrom,
            int next,
            int rows,
            float[] x,
            int factor,
            float[] sums) {
        FloatVector fixed0 = FloatVector.zero(LANES);
        FloatVector fixed1 = FloatVector.zero(LANES);
        FloatVector plastic0 = FloatVector.zero(LANES);
        FloatVector plastic1 = FloatVector.zero(LANES);
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
            int h0 = (traceFrom + r * STRIP) & PLACES;
            int h1 = (traceFrom + next + r * STRIP) & PLACES;
            int f = (factor + r * RowFactors.SIDE) & PLACES;
            FloatVector alpha0 = FloatVector.fromArray(LANES, alpha, a0);
            FloatVector alpha1 = FloatVector.fromArray(LANES, alpha, a1);
            FloatVector v = FloatVector.broadcast(LANES, x[f]);
            fixed0 = FloatVector.fromArray(LANES, w, a0).fma(v, fixed0);
            fixed1 = FloatVector.fromArray(LANES, w, a1).fma(v, fixed1);
            v = FloatVector.broadcast(LANES, x[f + 1]);
            plastic0 = alpha0.mul(FloatVector.fromArray(LANES, trace, h0)).fma(v, plastic0);
            plastic1 = alpha1.mul(FloatVector.fromArray(LANES, trace, h1)).fma(v, plastic1);
            v = FloatVector.broadcast(LANES, x[f + 2]);
            s0 = alpha0.fma(v, s0);
            t0 = alpha1.fma(v, t0);
            v = FloatVector.broadcast(LANES, x[f + 3]);
            s1 = alpha0.fma(v, s1);
            t1 = alpha1.fma(v, t1);
            v = FloatVector.broadcast(LANES, x[f + 4]);
            s2 = alpha0.fma(v, s2);
            t2 = alpha1.fma(v, t2);
            v = FloatVector.broadcast(LANES, x[f + 5]);
            s3 = alpha0.fma(v, s3);
            t3 = alpha1.fma(v, t3);
            v = FloatVector.broadcast(LANES, x[f + 6]);
            s4 = alpha0.fma(v, s4);
            t4 = alpha1.fma(v, t4);
            v = FloatVector.broadcast(LANES, x[f + 7]);
            s5 = alpha0.fma(v, s5);
            t5 = alpha1.fma(v, t5);
            v = FloatVector.broadcast(LANES, x[f + 8]);
            s6 = alpha0.fma(v, s6);
            t6 = alpha1.fma(v, t6);
        }
        store(fixed0, fixed1, sums, START);
        store(plastic0, plastic1, sums, START + PAIR);
        store(s0, t0, sums, START + 2 * PAIR);
        store(s1, t1, sums, START + 3 * PAIR);
        store(s2, t2, sums, START + 4 * PAIR);
        store(s3, t3, sums, START + 5 * PAIR);
        store(s4, t4, sums, START + 6 * PAIR);
        store(s5, t5, sums, START + 7 * PAIR);
        store(s6, t6, sums, START + 8 * PAIR);
    }

    /**
     * The others after {@link #few}. Two rows at a time, which makes the loop long enough to be compiled by itself; inlined
     * with what is around it, it is slower.
     */
    static void more(float[] alpha, int from, int next, int rows, float[] x, int factor, float[] sums) {
        FloatVector s0 = FloatVector.zero(LANES);
        FloatVector t0 = FloatVector.zero(LANES);
        FloatVector s1 = FloatVector.zero(LANES);
        FloatVector t1 = FloatVector.zero(LANES);
        FloatVector s2 = FloatVector.zero(LANES);
        FloatVector t2 = FloatVector.zero(LANES);
        for (int r = 0; r < rows; r += 2) {
            int a0 = (from + r * STRIP) & PLACES;
            int a1 = (from + next + r * STRIP) & PLACES;
            int f = (factor + r * RowFactors.SIDE) & PLACES;
            FloatVector alpha0 = FloatVector.fromArray(LANES, alpha, a0);
            FloatVector alpha1 = FloatVector.fromArray(LANES, alpha, a1);
            FloatVector v = FloatVector.broadcast(LANES, x[f + 6]);
            s0 = alpha0.fma(v, s0);
            t0 = alpha1.fma(v, t0);
            v = FloatVector.broadcast(LANES, x[f + 7]);
            s1 = alpha0.fma(v, s1);
            t1 = alpha1.fma(v, t1);
            v = FloatVector.broadcast(LANES, x[f + 8]);
            s2 = alpha0.fma(v, s2);
            t2 = alpha1.fma(v, t2);
            alpha0 = FloatVector.fromArray(LANES, alpha, a0 + STRIP);
            alpha1 = FloatVector.fromArray(LANES, alpha, a1 + STRIP);
            v = FloatVector.broadcast(LANES, x[f + RowFactors.SIDE + 6]);
            s0 = alpha0.fma(v, s0);
            t0 = alpha1.fma(v, t0);
            v = FloatVector.broadcast(LANES, x[f + RowFactors.SIDE + 7]);
            s1 = alpha0.fma(v, s1);
            t1 = alpha1.fma(v, t1);
            v = FloatVector.broadcast(LANES, x[f + RowFactors.SIDE + 8]);
            s2 = alpha0.fma(v, s2);
            t2 = alpha1.fma(v, t2);
        }
        store(s0, t0, sums, START + 6 * PAIR);
        store(s1, t1, sums, START + 7 * PAIR);
        store(s2, t2, sums, START + 8 * PAIR);
    }

    /** {@code sum_r W x} of two strips, for a layer without plasticity: x from place {@code at} of a row vector on. */
    static void fixed(LifetimeBuffers m, int column, float[] x, int at, float[] sums) {
        int next = m.layout.stripRows * STRIP;
        int from = m.layout.at(column, 0);
        int rows = m.layout.rows;
        float[] w = m.w;
        FloatVector fixed0 = FloatVector.zero(LANES);
        FloatVector fixed1 = FloatVector.zero(LANES);
        for (int r = 0; r < rows; r++) {
            FloatVector v = FloatVector.broadcast(LANES, x[at + r]);
            fixed0 = FloatVector.fromArray(LANES, w, from + r * STRIP).fma(v, fixed0);
            fixed1 = FloatVector.fromArray(LANES, w, from + next + r * STRIP).fma(v, fixed1);
        }
        store(fixed0, fixed1, sums, START);
    }

    /** One of the sums, of one strip. */
    static FloatVector sum(float[] sums, int which, int strip) {
        return FloatVector.fromArray(LANES, sums, START + which * PAIR + strip);
    }

    static void store(FloatVector v0, FloatVector v1, float[] to, int at) {
        v0.intoArray(to, at);
        v1.intoArray(to, at + STRIP);
    }
}
