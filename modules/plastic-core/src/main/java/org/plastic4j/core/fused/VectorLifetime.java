package org.plastic4j.core.fused;

import java.util.Arrays;

/** One thread's share of living a batch of lifetimes. */
final class VectorLifetime {
    private final LifetimeBuffers m;
    private final Share share;
    private final TraceDecay decay;
    private final float eta;
    private final boolean clamped;
    /** How many updates of the trace are held beside it. */
    private int rank;

    VectorLifetime(LifetimeTensors in, LifetimeBuffers m, Share share) {
        this.m = m;
        this.share = share;
        decay = m.isPlastic() ? TraceDecay.of(in.spec().rule()) : null;
        eta = in.has(Slot.ETA) ? in.get(Slot.ETA).getFloat(0) : 0;
        clamped = in.has(Slot.MASK);
    }

    void live() {
        begin();
        for (int t = 1; t <= m.steps; t++) {
            step(t, clamped);
            share.endStep(m.layout.panels);
        }
        if (m.isPlastic()) {
            storeTraces(m.steps, m.hebb);
        }
    }

    /** Before the first step: the traces are those in memory. */
    void begin() {
        rank = 0;
        resetScale();
    }

    /** Step t, when the one before is over in all shares. */
    void step(int t, boolean isClamped) {
        boolean store = rank == LifetimeBuffers.RANK;
        int panels = share.endPanel() - share.firstPanel();
        for (int done = 0; done < panels; done++) {
            // To and fro, as the rows: what was read last is still in the cache.
            int panel = (t & 1) == 0 ? share.firstPanel() + done : share.endPanel() - 1 - done;
            if (m.isPlastic()) {
                VectorForward.plastic(m, panel, t, rank, store, share.firstLifetime(), share.endLifetime());
            } else {
                VectorForward.fixed(m, panel, t, share.firstLifetime(), share.endLifetime());
            }
        }
        if (store) {
            rank = 0;
            resetScale();
        }
        int late = rank;
        share.forEachPart((panel, b) -> {
            activate(m, isClamped, panel, t, b);
            if (m.isPlastic()) {
                append(panel, t, b, late);
            }
        });
        rank++;
    }

    /** Writes the traces as they are after step t. */
    void storeTraces(int t, float[] to) {
        int late = rank;
        share.forEachPart((panel, b) -> VectorForward.materialise(m, panel, b, t - late, late, m.hebb, to));
    }

    private void resetScale() {
        int columns = m.layout.columns;
        for (int b = share.firstLifetime(); b < share.endLifetime(); b++) {
            Arrays.fill(
                    m.scale,
                    b * columns + m.layout.start(share.firstPanel()),
                    b * columns + m.layout.start(share.endPanel()),
                    1f);
        }
    }

    /** From pre(t) to y(t). */
    static void activate(LifetimeBuffers m, boolean clamped, int panel, int t, int b) {
        int row = m.row(t, b);
        int dense = m.clampRow(t, b);
        VectorTanh.apply(m.y, row + m.layout.start(panel), m.layout.width(panel));
        if (!clamped) {
            return;
        }
        for (int j = m.layout.start(panel); j < m.layout.end(panel); j++) {
            if (m.mask[dense + j] != 0) {
                m.y[row + j] = m.value[dense + j];
            }
        }
    }

    /** Holds step t's update of the trace beside the others. */
    private void append(int panel, int t, int b, int rank) {
        int row = m.row(t, b);
        int scale = b * m.layout.columns;
        for (int j = m.layout.start(panel); j < m.layout.end(panel); j++) {
            float y = m.y[row + j];
            float keep = (float) (1 - eta * decay.fade(y));
            m.scale[scale + j] *= keep;
            for (int s = 0; s < rank; s++) {
                m.q[m.factor(b, s) + j] *= keep;
            }
            m.q[m.factor(b, rank) + j] = eta * y;
        }
    }
}
