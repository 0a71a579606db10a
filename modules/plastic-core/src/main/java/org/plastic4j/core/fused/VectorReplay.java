package org.plastic4j.core.fused;

import static org.plastic4j.core.fused.VectorForward.LANES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** One thread's part of living the traces again: the first trace of every segment that the way back enters. */
final class VectorReplay {
    private static final int RANK = LifetimeBuffers.RANK;

    private final LifetimeBuffers m;
    private final GradientBuffers d;
    private final Share share;
    private final float eta;
    private final boolean squared;
    private final float[] keep;

    /** The segments that the kept traces are the first of, in their order; those up to {@code last} count. */
    private final int[] segments;

    private int last;
    /** The first trace of the segment entered. */
    private float[] trace;

    VectorReplay(LifetimeBuffers m, Share share, float eta, TraceDecay decay) {
        this.m = m;
        this.share = share;
        this.eta = eta;
        d = m.gradients();
        squared = decay == TraceDecay.OUTPUT_SQUARED;
        keep = new float[m.layout.columns];
        segments = new int[d.kept.length];
    }

    /** The first trace of the segment entered. */
    float[] trace() {
        return trace;
    }

    /** Enters a segment, the one before that entered last: makes its first trace from the nearest that is kept. */
    void enter(int segment) {
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

    private void live(int from, int to, float[] source, float[] target) {
        share.forEachPart((panel, b) -> {
            for (int segment = from; segment < to; segment++) {
                live(panel, b, segment, segment == from ? source : target, target);
            }
        });
    }

    /** From the first trace of a segment to that of the next. */
    private void live(int panel, int b, int segment, float[] source, float[] target) {
        int first = segment * RANK + 1;
        int start = m.layout.start(panel);
        int width = m.layout.width(panel);
        int scale = b * m.layout.columns + start;
        Arrays.fill(m.scale, scale, scale + width, 1f);
        for (int k = RANK - 1; k >= 0; k--) {
            int row = m.row(first + k, b) + start;
            int q = m.factor(b, k) + start;
            VectorColumns.keep(m.y, row, keep, start, width, eta, squared);
            for (int c = 0; c < width; c += LANES.length()) {
                FloatVector before = FloatVector.fromArray(LANES, m.scale, scale + c);
                FloatVector.fromArray(LANES, m.y, row + c)
                        .mul(FloatVector.broadcast(LANES, eta))
                        .mul(before)
                        .intoArray(m.q, q + c);
                before.mul(FloatVector.fromArray(LANES, keep, start + c)).intoArray(m.scale, scale + c);
            }
        }
        VectorForward.materialise(m, panel, b, first - 1, RANK, source, target);
    }
}
