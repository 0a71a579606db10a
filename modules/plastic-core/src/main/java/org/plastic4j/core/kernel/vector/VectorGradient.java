package org.plastic4j.core.kernel.vector;

import java.util.Arrays;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.kernel.TraceDecay;
import org.plastic4j.core.spec.Slot;

/** One thread's part of the backward pass of a batch of lifetimes. */
final class VectorGradient {
    private static final int RANK = LifetimeBuffers.RANK;

    private final LifetimeBuffers m;
    private final GradientBuffers d;
    private final ChunkBuffers s;
    private final Partition partition;
    private final TraceDecay decay;
    private final float eta;
    private final boolean clamped;
    private final boolean initialTrace;
    private final boolean initialOutputs;
    private final VectorReplay replay;
    private final VectorColumns columns;
    /** Products of the inputs of a chunk's steps. */
    private final RowFactors products;

    private final float[] rowSums;
    private final float[] sums;

    /** @param reverses see {@link ReplayPlan#reverses} */
    VectorGradient(LifetimeTensors in, LifetimeBuffers m, Partition partition, boolean reverses) {
        this.m = m;
        this.partition = partition;
        d = m.gradients();
        decay = m.isPlastic() ? TraceDecay.of(in.spec().rule()) : null;
        eta = in.has(Slot.ETA) ? in.get(Slot.ETA).getFloat(0) : 0;
        clamped = in.has(Slot.MASK);
        initialTrace = in.has(Slot.HEBB0);
        initialOutputs = in.has(Slot.Y0);
        s = d.chunk;
        Scratch scratch = m.scratch(partition.member());
        rowSums = scratch.floats(VectorRowSums.SCRATCH);
        sums = scratch.floats(VectorPass.SUMS);
        replay = new VectorReplay(m, partition, eta, decay, reverses, scratch);
        columns = m.isPlastic() ? VectorColumns.of(m, s, eta, decay) : null;
        products = VectorChunk.products(m, scratch);
    }

    void run() {
        partition.forEachPart(this::askNothing);
        if (m.isPlastic()) {
            partition.forEachPart(columns::resetLate);
        }
        for (int t = m.steps; t >= 1; t--) {
            int first = (t - 1) / RANK * RANK + 1;
            if (m.isPlastic()) {
                if (t == Math.min(first + RANK - 1, m.steps)) {
                    enter(first);
                }
                step(t, first);
            } else {
                int now = t;
                partition.forEachPart((panel, b) -> finish(panel, now, b));
            }
            partition.endStep(m.layout.panels);
            if (t > 1 || initialOutputs) {
                sweep(t, first);
            }
            if (m.isPlastic() && t == first) {
                partition.forEachPart(
                        (panel, b) -> d.eta[b * m.layout.panels + panel] += columns.etaGradient(panel, b));
            }
        }
        storeInitial();
    }

    /** What the last step passes on: nothing comes after it. */
    private void askNothing(int panel, int b) {
        int vector = b * m.layout.columns + m.layout.start(panel);
        Arrays.fill(s.outputGradient, vector, vector + m.layout.width(panel), 0);
    }

    /** The vectors of step t, up to the factors of its fused pass. */
    private void step(int t, int first) {
        partition.forEachPart((panel, b) -> {
            columns.askThroughTrace(panel, b, t, first);
            finish(panel, t, b);
            columns.preparePass(panel, b, t, first);
        });
    }

    private void storeInitial() {
        partition.forEachPart((panel, b) -> {
            int vector = b * m.layout.columns + m.layout.start(panel);
            System.arraycopy(s.outputGradient, vector, d.y0, vector, m.layout.width(panel));
        });
        if (initialTrace && m.isPlastic()) {
            // The inputs of the chunk left are there still.
            partition.forEachPart(columns::leave);
            partition.endStep(m.layout.panels);
            partition.forEachPair(m, false, (column, b) -> VectorChunk.update(m, s, b, column));
        }
    }

    private void enter(int first) {
        replay.enter((first - 1) / RANK);
        partition.forEachPart((panel, b) -> {
            columns.leave(panel, b);
            columns.enter(panel, b, first);
            if (m.arePairsStored()) {
                m.pairs().take(first, b, panel, m, s);
            }
        });
        partition.endStep(m.layout.panels);
        for (int b = partition.firstLifetime(); b < partition.endLifetime(); b++) {
            if (!m.arePairsStored()) {
                VectorChunk.prepare(m, columns, b, first, products);
            }
            int lifetime = b;
            partition.forEachPairOf(m, column -> enterInputs(lifetime, column, first));
        }
        partition.endStep(m.layout.panels);
        partition.forEachPart((panel, b) -> {
            columns.enterOutputs(panel, b, replay.trace(), rowSums);
            columns.resetLate(panel, b);
        });
    }

    /** Two column blocks, which stay in the cache from one loop to the next. */
    private void enterInputs(int b, int column, int first) {
        if (first + RANK <= m.steps) {
            // Else this is the last one of a lifetime, and G as it came in.
            VectorChunk.update(m, s, b, column);
        }
        columns.enterInputs(b, column, first);
        columns.writeStrengths(b, column, first, replay.trace(), sums);
        if (!m.arePairsStored()) {
            VectorChunk.pairs(m, s, b, column, products, sums);
        }
    }

    private void sweep(int t, int first) {
        partition.forEachPair(m, (t & 1) != 0, (column, b) -> {
            if (m.isPlastic()) {
                VectorPass.plastic(
                        m,
                        t - first,
                        d.transposedAlpha,
                        replay.trace(),
                        b,
                        column,
                        s.passFactors,
                        s.passSet(t, b),
                        sums);
                columns.gradient(b, column, t, first, sums);
            } else {
                VectorPass.fixed(m, column, d.g, m.row(t, b), sums);
                System.arraycopy(
                        sums, PanelLayout.START, s.outputGradient, b * m.layout.columns + column, VectorForward.PAIR);
            }
        });
    }

    /** From all gradients of y(t) to g(t). */
    private void finish(int panel, int t, int b) {
        int row = m.row(t, b);
        int vector = b * m.layout.columns;
        int dense = ((t - 1) * m.batch + b) * m.n;
        int from = m.layout.start(panel);
        int to = m.layout.end(panel);
        float[] y = m.y;
        float[] gradient = s.outputGradient;
        float[] outside = d.yGradient;
        float[] g = d.g;
        for (int j = from; j < to; j++) {
            outside[dense + j] += gradient[vector + j];
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
}
