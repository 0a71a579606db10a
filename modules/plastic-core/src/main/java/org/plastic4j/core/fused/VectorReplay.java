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

    private int group = Integer.MAX_VALUE;

    VectorReplay(LifetimeBuffers m, Share share, float eta, TraceDecay decay) {
        this.m = m;
        this.share = share;
        this.eta = eta;
        d = m.gradients();
        squared = decay == TraceDecay.OUTPUT_SQUARED;
        keep = new float[m.layout.columns];
    }

    /** The first trace of a segment, of the group entered. */
    float[] traceOf(int segment) {
        int inGroup = segment % d.groupSize;
        return inGroup == 0 ? d.groupTraces[segment / d.groupSize] : d.segmentTraces[inGroup];
    }

    /** Keeps the first trace of every group of segments. */
    void liveGroups() {
        share.forEachPart((panel, b) -> {
            for (int g = 1; g < d.groupTraces.length; g++) {
                float[] source = d.groupTraces[g - 1];
                for (int s = (g - 1) * d.groupSize; s < g * d.groupSize; s++) {
                    float[] target = s + 1 == g * d.groupSize ? d.groupTraces[g] : m.hebb;
                    live(panel, b, s, source, target);
                    source = target;
                }
            }
        });
    }

    /** Makes the first traces of all segments of a segment's group, when the way back enters it. */
    void enter(int segment) {
        int entered = segment / d.groupSize;
        if (entered == group) {
            return;
        }
        group = entered;
        int from = entered * d.groupSize;
        int to = Math.min(from + d.groupSize, d.segments) - 1;
        for (int s = from; s < to; s++) {
            int next = s;
            share.forEachPart((panel, b) -> live(panel, b, next, traceOf(next), traceOf(next + 1)));
        }
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
