package org.plastic4j.core.fused;

import static org.plastic4j.core.fused.VectorForward.LANES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** One thread's share of going back through a batch of lifetimes. */
final class VectorGradient {
    private static final int RANK = LifetimeBuffers.RANK;
    private static final int SCRATCH = (SegmentBuffers.ROWS * RANK + 1) * PanelLayout.COLUMN_UNIT;

    private final LifetimeBuffers m;
    private final GradientBuffers d;
    private final SegmentBuffers s;
    private final Share share;
    private final TraceDecay decay;
    private final float eta;
    private final boolean clamped;
    private final boolean initialTrace;
    private final VectorReplay replay;
    private final VectorColumns columns;
    private final float[] scratch = new float[SCRATCH];

    VectorGradient(LifetimeTensors in, LifetimeBuffers m, Share share) {
        this.m = m;
        this.share = share;
        d = m.gradients();
        decay = m.isPlastic() ? TraceDecay.of(in.spec().rule()) : null;
        eta = in.has(Slot.ETA) ? in.get(Slot.ETA).getFloat(0) : 0;
        clamped = in.has(Slot.MASK);
        initialTrace = in.has(Slot.HEBB0);
        s = d.segment;
        replay = new VectorReplay(m, share, eta, decay);
        columns = new VectorColumns(m, s, eta, decay);
    }

    void live() {
        if (m.isPlastic()) {
            share.forEachPart(columns::resetLate);
        }
        for (int t = m.steps; t >= 1; t--) {
            int step = t;
            if (m.isPlastic()) {
                int segment = (t - 1) / RANK;
                int first = segment * RANK + 1;
                if (t == Math.min(first + RANK - 1, m.steps)) {
                    enter(segment, first);
                }
                share.forEachPart((panel, b) -> {
                    collect(panel, step, b);
                    columns.ask(panel, b, step, first);
                    columns.askThroughTrace(panel, b, step);
                    finish(panel, step, b);
                    columns.prepareSweep(panel, b, step, first);
                });
                sweep(t, first, replay.trace());
            } else {
                share.forEachPart((panel, b) -> {
                    collect(panel, step, b);
                    finish(panel, step, b);
                });
                for (int panel = share.firstPanel(); panel < share.endPanel(); panel++) {
                    VectorBackward.fixed(m, panel, t, share.firstLifetime(), share.endLifetime(), scratch);
                }
            }
            share.endStep(m.layout.panels);
        }
        share.forEachPart((panel, b) -> {
            collect(panel, 0, b);
            int vector = b * m.layout.columns;
            int start = m.layout.start(panel);
            System.arraycopy(s.asked, vector + start, d.y0, vector + start, m.layout.width(panel));
            if (initialTrace && m.isPlastic()) {
                VectorSegment.finish(m, s, panel, b);
            }
        });
    }

    private void enter(int segment, int first) {
        replay.enter(segment);
        share.forEachPart((panel, b) -> columns.enter(panel, b, first));
        for (int panel = share.firstPanel(); panel < share.endPanel(); panel++) {
            VectorSegment.enter(
                    m, s, panel, first, replay.trace(), share.firstLifetime(), share.endLifetime(), scratch);
        }
        share.forEachPart(columns::resetLate);
    }

    private void sweep(int t, int first, float[] source) {
        for (int panel = share.firstPanel(); panel < share.endPanel(); panel++) {
            VectorBackward.plastic(m, s, panel, t, first, source, share.firstLifetime(), share.endLifetime(), scratch);
        }
        if (t == first) {
            share.forEachPart((panel, b) -> d.eta[b * m.layout.panels + panel] += columns.etaGradient(panel, b));
        }
    }

    /** What step t + 1 asks of y(t), from all panels. */
    private void collect(int panel, int t, int b) {
        int start = m.layout.start(panel);
        int width = m.layout.width(panel);
        int vector = b * m.layout.columns + start;
        if (t == m.steps) {
            Arrays.fill(s.asked, vector, vector + width, 0);
            return;
        }
        int panels = m.layout.panels;
        int sums = d.rowSum(m, t, b, 0) + start;
        int step = m.layout.columns;
        for (int c = 0; c < width; c += LANES.length()) {
            FloatVector asked = FloatVector.zero(LANES);
            int at = sums + c;
            for (int p = 0; p < panels; p++, at += step) {
                asked = asked.add(FloatVector.fromArray(LANES, d.rowSums, at));
            }
            asked.intoArray(s.asked, vector + c);
        }
    }

    /** From all that is asked of y(t) to g(t). */
    private void finish(int panel, int t, int b) {
        int row = m.row(t, b);
        int vector = b * m.layout.columns;
        int dense = ((t - 1) * m.batch + b) * m.n;
        int from = m.layout.start(panel);
        int to = m.layout.end(panel);
        float[] y = m.y;
        float[] asked = s.asked;
        float[] outside = d.yGradient;
        float[] g = d.g;
        for (int j = from; j < to; j++) {
            outside[dense + j] += asked[vector + j];
        }
        for (int j = from; j < to; j++) {
            g[row + j] = outside[dense + j] * ((1 - y[row + j]) * (1 + y[row + j]));
        }
        if (clamped) {
            for (int j = from; j < to; j++) {
                g[row + j] = m.mask[dense + j] != 0 ? 0 : g[row + j];
            }
        }
    }

    /** dW and dalpha, shared out by columns since every lifetime adds to them. */
    void products() {
        int lanes = LANES.length();
        int vectors = m.layout.columns / lanes;
        int threads = share.team().size();
        int to = Share.part(vectors, share.member() + 1, threads);
        for (int v = Share.part(vectors, share.member(), threads); v < to; v++) {
            if (m.isPlastic()) {
                VectorProducts.plastic(m, v * lanes, d.kept[0], eta, decay == TraceDecay.OUTPUT_SQUARED);
            } else {
                VectorProducts.fixed(m, v * lanes);
            }
        }
    }
}
