package org.plastic4j.core.fused;

import java.util.Arrays;

/** One thread's share of going back through a batch of lifetimes. */
final class VectorGradient {
    private static final int RANK = LifetimeBuffers.RANK;

    private final LifetimeBuffers m;
    private final GradientBuffers d;
    private final Share share;
    private final TraceDecay decay;
    private final float eta;
    private final boolean clamped;
    private final float[] scratch;

    private int group = Integer.MAX_VALUE;
    private int late;

    VectorGradient(LifetimeTensors in, LifetimeBuffers m, Share share) {
        this.m = m;
        this.share = share;
        d = m.gradients();
        decay = m.isPlastic() ? TraceDecay.of(in.spec().rule()) : null;
        eta = in.has(Slot.ETA) ? in.get(Slot.ETA).getFloat(0) : 0;
        clamped = in.has(Slot.MASK);
        int widest = 0;
        for (int panel = 0; panel < m.layout.panels; panel++) {
            widest = Math.max(widest, m.layout.width(panel));
        }
        scratch = new float[2 * PanelLayout.ROW_UNIT * widest + PanelLayout.COLUMN_UNIT];
    }

    void live() {
        if (m.isPlastic()) {
            share.forEachPart(this::replayGroups);
            share.forEachPart((panel, b) -> fill(d.scale, panel, b, 1f));
        }
        for (int t = m.steps; t >= 0; t--) {
            int step = t;
            if (m.isPlastic()) {
                sweep(t);
            } else {
                for (int panel = share.firstPanel(); panel < share.endPanel(); panel++) {
                    VectorBackward.fixed(m, panel, t, share.firstLifetime(), share.endLifetime(), scratch);
                }
            }
            share.endStep(m.layout.panels);
            share.forEachPart((panel, b) -> collect(panel, step, b));
        }
        share.team().await();
        products();
    }

    /** The sweep over the matrices of step t (0: what step 1 asks of the initial state). */
    private void sweep(int t) {
        int segment = (Math.max(t, 1) - 1) / RANK;
        int first = segment * RANK + 1;
        enterGroup(segment / d.groupSize);
        float[] source = traceOf(segment);
        boolean store = late == RANK || t == 0;
        share.forEachPart((panel, b) -> {
            traceFactors(panel, b, first, Math.max(t, 1) - first);
            stepCoefficients(panel, b, t);
        });
        for (int panel = share.firstPanel(); panel < share.endPanel(); panel++) {
            VectorBackward.plastic(
                    m, panel, t, source, first, late, store, share.firstLifetime(), share.endLifetime(), scratch);
        }
        if (store) {
            late = 0;
            share.forEachPart((panel, b) -> fill(d.scale, panel, b, 1f));
        } else if (t < m.steps) {
            share.forEachPart((panel, b) -> appendLate(panel, b, t + 1));
            late++;
        }
    }

    private float[] traceOf(int segment) {
        int inGroup = segment % d.groupSize;
        return inGroup == 0 ? d.groupTraces[segment / d.groupSize] : d.segmentTraces[inGroup];
    }

    /** Keeps the first trace of every group of segments. */
    private void replayGroups(int panel, int b) {
        for (int g = 1; g < d.groupTraces.length; g++) {
            float[] source = d.groupTraces[g - 1];
            for (int s = (g - 1) * d.groupSize; s < g * d.groupSize; s++) {
                float[] target = s + 1 == g * d.groupSize ? d.groupTraces[g] : m.hebb;
                traceFactors(panel, b, s * RANK + 1, RANK);
                VectorForward.materialise(m, panel, b, s * RANK, RANK, source, target);
                source = target;
            }
        }
    }

    /** Makes the first traces of all segments of a group, when its last step is reached. */
    private void enterGroup(int entered) {
        if (entered == group) {
            return;
        }
        group = entered;
        int from = entered * d.groupSize;
        int to = Math.min(from + d.groupSize, d.segments) - 1;
        for (int s = from; s < to; s++) {
            int segment = s;
            share.forEachPart((panel, b) -> {
                traceFactors(panel, b, segment * RANK + 1, RANK);
                VectorForward.materialise(m, panel, b, segment * RANK, RANK, traceOf(segment), traceOf(segment + 1));
            });
        }
    }

    /** The trace after {@code rank} steps from {@code first} on, as scale and factors of the trace before them. */
    private void traceFactors(int panel, int b, int first, int rank) {
        int scale = b * m.layout.columns;
        fill(m.scale, panel, b, 1f);
        for (int s = rank - 1; s >= 0; s--) {
            int row = m.row(first + s, b);
            int q = m.factor(b, s);
            for (int j = m.layout.start(panel); j < m.layout.end(panel); j++) {
                m.q[q + j] = eta * m.y[row + j] * m.scale[scale + j];
                m.scale[scale + j] *= keep(m.y[row + j]);
            }
        }
    }

    private float keep(float y) {
        return (float) (1 - eta * decay.fade(y));
    }

    private void fill(float[] vectors, int panel, int b, float value) {
        int from = b * m.layout.columns + m.layout.start(panel);
        Arrays.fill(vectors, from, from + m.layout.width(panel), value);
    }

    /** keep and gain of steps t and t + 1, which change nothing where there is no such step. */
    private void stepCoefficients(int panel, int b, int t) {
        fill(d.gain, panel, b, 0f);
        fill(d.keep, panel, b, 0f);
        coefficients(panel, b, t >= 1 ? t : 0, d.keepNow, d.gainNow);
        coefficients(panel, b, t < m.steps ? t + 1 : 0, d.keepNext, d.gainNext);
    }

    private void coefficients(int panel, int b, int t, float[] keep, float[] gain) {
        if (t == 0) {
            fill(keep, panel, b, 1f);
            fill(gain, panel, b, 0f);
            return;
        }
        int vector = b * m.layout.columns;
        int row = m.row(t, b);
        for (int j = m.layout.start(panel); j < m.layout.end(panel); j++) {
            keep[vector + j] = keep(m.y[row + j]);
            gain[vector + j] = eta * m.y[row + j];
        }
    }

    /** Holds step t's update of G beside the others. */
    private void appendLate(int panel, int b, int t) {
        int vector = b * m.layout.columns;
        int row = m.row(t, b);
        for (int j = m.layout.start(panel); j < m.layout.end(panel); j++) {
            float keep = d.keepNext[vector + j];
            d.scale[vector + j] *= keep;
            for (int s = 0; s < late; s++) {
                d.q[m.factor(b, s) + j] *= keep;
            }
            d.q[m.factor(b, late) + j] = d.g[row + j];
        }
    }

    /** From all that is asked of y(t) to g(t); for t = 0, the gradient of y0. */
    private void collect(int panel, int t, int b) {
        int row = m.row(t, b);
        int vector = b * m.layout.columns;
        int dense = ((t - 1) * m.batch + b) * m.n;
        double etaGradient = 0;
        for (int j = m.layout.start(panel); j < m.layout.end(panel); j++) {
            float asked = 0;
            for (int p = 0; p < m.layout.panels; p++) {
                asked += d.rowSums[d.rowSum(m, t, b, p) + j];
            }
            if (t == 0) {
                d.y0[vector + j] = asked;
                continue;
            }
            float y = m.y[row + j];
            asked += d.yGradient[dense + j];
            if (m.isPlastic()) {
                float gain = d.gain[vector + j];
                float keep = d.keep[vector + j];
                asked += eta * (gain - (float) decay.fadeSlope(y) * keep);
                etaGradient += y * gain - decay.fade(y) * keep;
            }
            d.yGradient[dense + j] = asked;
            boolean held = clamped && m.mask[dense + j] != 0;
            d.g[row + j] = held ? 0 : asked * ((1 - y) * (1 + y));
        }
        d.eta[b * m.layout.panels + panel] += etaGradient;
    }

    /** dW and dalpha, shared out by columns since every lifetime adds to them. */
    private void products() {
        int lanes = VectorForward.LANES.length();
        int vectors = m.layout.columns / lanes;
        int threads = share.team().size();
        int to = Share.part(vectors, share.member() + 1, threads);
        for (int v = Share.part(vectors, share.member(), threads); v < to; v++) {
            if (m.isPlastic()) {
                VectorProducts.plastic(m, v * lanes, d.groupTraces[0], eta, decay == TraceDecay.OUTPUT_SQUARED);
            } else {
                VectorProducts.fixed(m, v * lanes);
            }
        }
    }
}
