package org.plastic4j.core.kernel.vector;

import static org.plastic4j.core.kernel.vector.VectorForward.LANES;

import jdk.incubator.vector.FloatVector;

/**
 * The two products of matrices that convolutions are made of, a tile of {@value #ROWS} rows and two vectors at a time: its
 * twelve sums stay in registers, and each number that is read serves several of them.
 */
final class VectorTiles {
    /** Rows of a tile. */
    static final int ROWS = 6;

    /** Columns of a tile. */
    static final int COLUMNS = 2 * LANES.length();

    private VectorTiles() {}

    /**
     * Adds to rows of an output
     *
     * <pre>out[outAt[p + i] + outShift + c] += sum_r a[aAt[p + i] + aShift + r] b[bAt + r bStep + c]</pre>
     *
     * for i below {@code count}, at most {@link #ROWS}, c below {@link #COLUMNS} and r below {@code length}. Rows of the
     * output may overlap: they are added to one after the other.
     */
    static void dots(
            int p,
            int count,
            float[] a,
            int[] aAt,
            int aShift,
            int length,
            float[] b,
            int bAt,
            int bStep,
            float[] out,
            int[] outAt,
            int outShift) {
        int last = p + count - 1;
        int a0 = aAt[p] + aShift;
        int a1 = aAt[Math.min(p + 1, last)] + aShift;
        int a2 = aAt[Math.min(p + 2, last)] + aShift;
        int a3 = aAt[Math.min(p + 3, last)] + aShift;
        int a4 = aAt[Math.min(p + 4, last)] + aShift;
        int a5 = aAt[Math.min(p + 5, last)] + aShift;
        FloatVector s0 = FloatVector.zero(LANES);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector s4 = s0;
        FloatVector s5 = s0;
        FloatVector t0 = s0;
        FloatVector t1 = s0;
        FloatVector t2 = s0;
        FloatVector t3 = s0;
        FloatVector t4 = s0;
        FloatVector t5 = s0;
        int at = bAt;
        for (int r = 0; r < length; r++) {
            FloatVector u = FloatVector.fromArray(LANES, b, at);
            FloatVector v = FloatVector.fromArray(LANES, b, at + LANES.length());
            FloatVector x = FloatVector.broadcast(LANES, a[a0 + r]);
            s0 = x.fma(u, s0);
            t0 = x.fma(v, t0);
            x = FloatVector.broadcast(LANES, a[a1 + r]);
            s1 = x.fma(u, s1);
            t1 = x.fma(v, t1);
            x = FloatVector.broadcast(LANES, a[a2 + r]);
            s2 = x.fma(u, s2);
            t2 = x.fma(v, t2);
            x = FloatVector.broadcast(LANES, a[a3 + r]);
            s3 = x.fma(u, s3);
            t3 = x.fma(v, t3);
            x = FloatVector.broadcast(LANES, a[a4 + r]);
            s4 = x.fma(u, s4);
            t4 = x.fma(v, t4);
            x = FloatVector.broadcast(LANES, a[a5 + r]);
            s5 = x.fma(u, s5);
            t5 = x.fma(v, t5);
            at += bStep;
        }
        add(s0, t0, out, outAt[p] + outShift);
        if (count > 1) {
            add(s1, t1, out, outAt[p + 1] + outShift);
        }
        if (count > 2) {
            add(s2, t2, out, outAt[p + 2] + outShift);
        }
        if (count > 3) {
            add(s3, t3, out, outAt[p + 3] + outShift);
        }
        if (count > 4) {
            add(s4, t4, out, outAt[p + 4] + outShift);
        }
        if (count > 5) {
            add(s5, t5, out, outAt[p + 5] + outShift);
        }
    }

    private static void add(FloatVector s, FloatVector t, float[] out, int at) {
        s.add(FloatVector.fromArray(LANES, out, at)).intoArray(out, at);
        t.add(FloatVector.fromArray(LANES, out, at + LANES.length())).intoArray(out, at + LANES.length());
    }

    /**
     * Adds to rows of an output
     *
     * <pre>out[outStart + i outStep + c] += sum_p a[aAt[p] + aShift + i] b[p bStep + bShift + c]</pre>
     *
     * for i below {@code count}, at most {@link #ROWS}, c below {@link #COLUMNS} and p from {@code from} to {@code to}
     * (exclusive).
     */
    static void products(
            int from,
            int to,
            int count,
            float[] a,
            int[] aAt,
            int aShift,
            float[] b,
            int bStep,
            int bShift,
            float[] out,
            int outStart,
            int outStep) {
        FloatVector s0 = FloatVector.zero(LANES);
        FloatVector s1 = s0;
        FloatVector s2 = s0;
        FloatVector s3 = s0;
        FloatVector s4 = s0;
        FloatVector s5 = s0;
        FloatVector t0 = s0;
        FloatVector t1 = s0;
        FloatVector t2 = s0;
        FloatVector t3 = s0;
        FloatVector t4 = s0;
        FloatVector t5 = s0;
        int at = from * bStep + bShift;
        for (int p = from; p < to; p++) {
            FloatVector u = FloatVector.fromArray(LANES, b, at);
            FloatVector v = FloatVector.fromArray(LANES, b, at + LANES.length());
            int row = aAt[p] + aShift;
            FloatVector x = FloatVector.broadcast(LANES, a[row]);
            s0 = x.fma(u, s0);
            t0 = x.fma(v, t0);
            x = FloatVector.broadcast(LANES, a[row + 1]);
            s1 = x.fma(u, s1);
            t1 = x.fma(v, t1);
            x = FloatVector.broadcast(LANES, a[row + 2]);
            s2 = x.fma(u, s2);
            t2 = x.fma(v, t2);
            x = FloatVector.broadcast(LANES, a[row + 3]);
            s3 = x.fma(u, s3);
            t3 = x.fma(v, t3);
            x = FloatVector.broadcast(LANES, a[row + 4]);
            s4 = x.fma(u, s4);
            t4 = x.fma(v, t4);
            x = FloatVector.broadcast(LANES, a[row + 5]);
            s5 = x.fma(u, s5);
            t5 = x.fma(v, t5);
            at += bStep;
        }
        add(s0, t0, out, outStart);
        if (count > 1) {
            add(s1, t1, out, outStart + outStep);
        }
        if (count > 2) {
            add(s2, t2, out, outStart + 2 * outStep);
        }
        if (count > 3) {
            add(s3, t3, out, outStart + 3 * outStep);
        }
        if (count > 4) {
            add(s4, t4, out, outStart + 4 * outStep);
        }
        if (count > 5) {
            add(s5, t5, out, outStart + 5 * outStep);
        }
    }
}
