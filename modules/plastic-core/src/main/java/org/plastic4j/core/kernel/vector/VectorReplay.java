package org.plastic4j.core.kernel.vector;

import java.util.Arrays;
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
        int inputs = m.row(segment * RANK, b) + column;
        VectorRankUpdate.scaledRows(
                m,
                source,
                target,
                b,
                column,
                factors,
                set,
                new VectorRankUpdate.Columns(m.y, inputs, VectorForward.STRIP, m.nextRow()));
    }
}
