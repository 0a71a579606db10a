package org.plastic4j.core.kernel.vector;

import static org.plastic4j.core.kernel.vector.PanelLayout.PLACES;
import static org.plastic4j.core.kernel.vector.VectorForward.LANES;
import static org.plastic4j.core.kernel.vector.VectorForward.STRIP;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.plastic4j.core.kernel.TraceDecay;

/**
 * One thread's part of getting the traces again: the first trace of every segment that the way back enters. They are made
 * by living on from one before, or by undoing the updates up to the one behind, and transposed here, [outputs, inputs].
 */
final class VectorReplay {
    private static final int RANK = LifetimeBuffers.RANK;
    /** Segments whose inputs are brought side by side together. */
    private static final int AT_A_TIME = 4;

    private final LifetimeBuffers m;
    private final GradientBuffers d;
    private final Share share;
    private final float eta;
    private final boolean squared;
    private final boolean undoes;
    private final float[] keep;
    private final float[] scale;
    private final float[] factor;
    private final RowFactors factors;

    /** The segments that the kept traces are the first of, in their order; those up to {@code last} count. */
    private final int[] segments;

    private int last;
    /** The first trace of the segment entered. */
    private float[] trace;

    /** @param undoes see {@link ReplayPlan#undoes} */
    VectorReplay(LifetimeBuffers m, Share share, float eta, TraceDecay decay, boolean undoes) {
        this.m = m;
        this.share = share;
        this.eta = eta;
        this.undoes = undoes;
        d = m.gradients();
        squared = decay == TraceDecay.OUTPUT_SQUARED;
        keep = new float[m.layout.columns];
        scale = new float[m.layout.columns];
        factor = new float[m.layout.columns];
        factors = new RowFactors(m, AT_A_TIME);
        segments = new int[d.kept.length];
    }

    /** The first trace of the segment entered. */
    float[] trace() {
        return trace;
    }

    /** Enters a segment, the one before that entered last: makes its first trace from that one's or from one kept. */
    void enter(int segment) {
        if (segment > 0 && undoes && trace != null) {
            undo(segment);
        } else if (segment > 0 && undoes) {
            live(0, segment, d.kept[0], m.hebb);
            trace = m.hebb;
        } else {
            enterFromKept(segment);
        }
    }

    private void enterFromKept(int segment) {
        while (segments[last] > segment) {
            last--;
        }
        int at = segments[last];
        trace = d.kept[last];
        while (at < segment) {
            int room = d.kept.length - last;
            int next = room > 1 ? at + ReplayPlan.stride(segment - at + 1, room) : segment;
            float[] target = m.hebb;
            if (room > 1) {
                last++;
                segments[last] = next;
                target = d.kept[last];
            }
            live(at, next, trace, target);
            trace = target;
            at = next;
        }
    }

    /** Strips by strips, a few segments at a time: so long their traces stay in the cache. */
    private void live(int from, int to, float[] source, float[] target) {
        for (int b = share.firstLifetime(); b < share.endLifetime(); b++) {
            for (int begin = from; begin < to; begin += AT_A_TIME) {
                int end = Math.min(begin + AT_A_TIME, to);
                for (int segment = begin; segment < end; segment++) {
                    prepare(segment - begin, b, segment);
                }
                int lifetime = b;
                int firstOf = begin;
                share.forEachPairOf(m, column -> {
                    for (int segment = firstOf; segment < end; segment++) {
                        float[] before = segment == from ? source : target;
                        fade(lifetime, column, segment, segment - firstOf, before, target);
                    }
                });
            }
        }
    }

    /** From the first trace of the segment behind this one to its own, in their place. */
    private void undo(int segment) {
        for (int b = share.firstLifetime(); b < share.endLifetime(); b++) {
            prepareUndoing(b, segment);
            int lifetime = b;
            share.forEachPairOf(m, column -> fade(lifetime, column, segment, 0, trace, trace));
        }
    }

    /** The factors of a segment's updates when they are undone: H = (H' - eta x y) / keep, from the last to the first. */
    private void prepareUndoing(int b, int segment) {
        int columns = m.layout.columns;
        Arrays.fill(scale, 1f);
        for (int k = 0; k < RANK; k++) {
            int row = m.row(segment * RANK + 1 + k, b);
            VectorColumns.keep(m.y, row, keep, 0, columns, eta, squared);
            for (int j = 0; j < columns; j++) {
                scale[j] /= keep[j];
                factor[j] = -m.y[row + j] * eta * scale[j];
            }
            factors.put(0, 1 + k, factor, 0);
        }
        factors.put(0, 0, scale, 0);
    }

    /** The factors of all of a segment's updates by row, that is by output: how H0 fades, then those of each update. */
    private void prepare(int set, int b, int segment) {
        int columns = m.layout.columns;
        Arrays.fill(scale, 1f);
        for (int k = RANK - 1; k >= 0; k--) {
            int row = m.row(segment * RANK + 1 + k, b);
            VectorColumns.keep(m.y, row, keep, 0, columns, eta, squared);
            for (int j = 0; j < columns; j++) {
                factor[j] = m.y[row + j] * eta * scale[j];
                scale[j] *= keep[j];
            }
            factors.put(set, 1 + k, factor, 0);
        }
        factors.put(set, 0, scale, 0);
    }

    /** From the first trace of a segment to that of the next, two strips of them. */
    private void fade(int b, int column, int segment, int set, float[] source, float[] target) {
        int next = m.layout.stripRows * STRIP;
        int from = m.traceAt(source, b, column);
        int to = m.matrix(b) + m.layout.at(column, 0);
        int rows = m.layout.rows;
        int factor0 = factors.at(set, 0);
        float[] f = factors.values;
        float[] y = m.y;
        int x = m.row(segment * RANK, b) + column;
        int past = m.nextRow();
        FloatVector x0 = FloatVector.fromArray(LANES, y, x);
        FloatVector z0 = FloatVector.fromArray(LANES, y, x + STRIP);
        FloatVector x1 = FloatVector.fromArray(LANES, y, x + past);
        FloatVector z1 = FloatVector.fromArray(LANES, y, x + past + STRIP);
        FloatVector x2 = FloatVector.fromArray(LANES, y, x + 2 * past);
        FloatVector z2 = FloatVector.fromArray(LANES, y, x + 2 * past + STRIP);
        FloatVector x3 = FloatVector.fromArray(LANES, y, x + 3 * past);
        FloatVector z3 = FloatVector.fromArray(LANES, y, x + 3 * past + STRIP);
        FloatVector x4 = FloatVector.fromArray(LANES, y, x + 4 * past);
        FloatVector z4 = FloatVector.fromArray(LANES, y, x + 4 * past + STRIP);
        FloatVector x5 = FloatVector.fromArray(LANES, y, x + 5 * past);
        FloatVector z5 = FloatVector.fromArray(LANES, y, x + 5 * past + STRIP);
        FloatVector x6 = FloatVector.fromArray(LANES, y, x + 6 * past);
        FloatVector z6 = FloatVector.fromArray(LANES, y, x + 6 * past + STRIP);
        FloatVector x7 = FloatVector.fromArray(LANES, y, x + 7 * past);
        FloatVector z7 = FloatVector.fromArray(LANES, y, x + 7 * past + STRIP);
        for (int j = 0; j < rows; j++) {
            int s0 = (from + j * STRIP) & PLACES;
            int s1 = (from + next + j * STRIP) & PLACES;
            int h0 = (to + j * STRIP) & PLACES;
            int h1 = (to + next + j * STRIP) & PLACES;
            int p = (factor0 + j * RowFactors.SIDE) & PLACES;
            FloatVector v = FloatVector.broadcast(LANES, f[p]);
            FloatVector trace0 = v.mul(FloatVector.fromArray(LANES, source, s0));
            FloatVector trace1 = v.mul(FloatVector.fromArray(LANES, source, s1));
            v = FloatVector.broadcast(LANES, f[p + 1]);
            trace0 = x0.fma(v, trace0);
            trace1 = z0.fma(v, trace1);
            v = FloatVector.broadcast(LANES, f[p + 2]);
            trace0 = x1.fma(v, trace0);
            trace1 = z1.fma(v, trace1);
            v = FloatVector.broadcast(LANES, f[p + 3]);
            trace0 = x2.fma(v, trace0);
            trace1 = z2.fma(v, trace1);
            v = FloatVector.broadcast(LANES, f[p + 4]);
            trace0 = x3.fma(v, trace0);
            trace1 = z3.fma(v, trace1);
            v = FloatVector.broadcast(LANES, f[p + 5]);
            trace0 = x4.fma(v, trace0);
            trace1 = z4.fma(v, trace1);
            v = FloatVector.broadcast(LANES, f[p + 6]);
            trace0 = x5.fma(v, trace0);
            trace1 = z5.fma(v, trace1);
            v = FloatVector.broadcast(LANES, f[p + 7]);
            trace0 = x6.fma(v, trace0);
            trace1 = z6.fma(v, trace1);
            v = FloatVector.broadcast(LANES, f[p + 8]);
            trace0 = x7.fma(v, trace0);
            trace1 = z7.fma(v, trace1);
            trace0.intoArray(target, h0);
            trace1.intoArray(target, h1);
        }
    }
}
