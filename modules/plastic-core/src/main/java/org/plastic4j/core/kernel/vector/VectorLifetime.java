package org.plastic4j.core.kernel.vector;

import java.util.Arrays;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.kernel.TraceDecay;
import org.plastic4j.core.spec.Slot;

/** One thread's part of the forward pass of a batch of lifetimes. */
final class VectorLifetime implements VectorSteps.Part {
    private final LifetimeBuffers m;
    private final Partition partition;
    private final TraceDecay decay;
    private final float eta;
    private final boolean clamped;
    /** Whether lifetimes begin with outputs that are not zero. */
    private final boolean initialOutputs;
    /** Of each lifetime: what this step's loops multiply a row with. */
    private final RowFactors factors;
    /** Of each lifetime: the inputs of the updates held beside the trace, when they are written into it. */
    private final RowFactors past;

    private final float[] sums;
    private final float[] decayFactor;
    /** The trace in memory: none at first, where none is given. */
    private float[] trace;
    /** How many updates of the trace are held beside it. */
    private int rank;

    VectorLifetime(LifetimeTensors in, LifetimeBuffers m, Partition partition, Scratch scratch) {
        this.m = m;
        this.partition = partition;
        decay = m.isPlastic() ? TraceDecay.of(in.spec().rule()) : null;
        eta = in.has(Slot.ETA) ? in.get(Slot.ETA).getFloat(0) : 0;
        clamped = in.has(Slot.MASK);
        initialOutputs = in.has(Slot.Y0);
        int lifetimes = partition.endLifetime() - partition.firstLifetime();
        factors = new RowFactors(m, lifetimes, scratch);
        past = new RowFactors(m, lifetimes, scratch);
        sums = scratch.floats(VectorPass.SUMS);
        decayFactor = scratch.floats(m.layout.columns);
    }

    /** @param hasTrace whether a first trace is in memory */
    void run(boolean hasTrace) {
        begin();
        trace = hasTrace ? m.hebb : m.noTrace;
        for (int t = 1; t <= m.steps; t++) {
            if (t > 1 || initialOutputs) {
                receive(t);
            }
            respond(t, clamped);
            partition.endStep(m.layout.panels);
        }
        if (m.isPlastic()) {
            storeTraces(m.steps, m.hebb);
        }
    }

    /** Before the first step: the traces are those in memory. */
    void begin() {
        trace = m.hebb;
        restart();
    }

    @Override
    public void step(int t, boolean isClamped) {
        receive(t);
        respond(t, isClamped);
    }

    /** Adds to the pre-activations what comes from the outputs before. */
    private void receive(int t) {
        if (m.isPlastic()) {
            plastic(t);
        } else {
            partition.forEachPair(m, (t & 1) != 0, (column, b) -> {
                VectorPass.fixed(m, column, m.y, m.row(t - 1, b), sums);
                VectorForward.receiveFixed(m, t, b, column, sums);
            });
        }
    }

    /** From the pre-activations to the outputs, and to the trace's update. */
    private void respond(int t, boolean isClamped) {
        partition.forEachPart((panel, b) -> {
            activate(m, isClamped, panel, t, b);
            if (m.isPlastic()) {
                append(panel, t, b);
            }
        });
        rank += m.isPlastic() ? 1 : 0;
    }

    private void plastic(int t) {
        boolean store = rank == LifetimeBuffers.RANK;
        int deferred = store ? 0 : rank;
        if (store) {
            preparePast(t - 1);
        }
        for (int b = partition.firstLifetime(); b < partition.endLifetime(); b++) {
            VectorForward.prepare(m, t, deferred, b, factors, set(b));
        }
        // To and fro: what was read last is still in the cache.
        partition.forEachPair(m, (t & 1) != 0, (column, b) -> {
            if (store) {
                VectorForward.materialise(m, b, column, trace, m.hebb, past, set(b));
                int scale = b * m.layout.columns + column;
                Arrays.fill(m.scale, scale, scale + m.layout.pair, 1);
            }
            VectorPass.plastic(m, deferred, m.alpha, store ? m.hebb : trace, b, column, factors, set(b), sums);
            VectorForward.receive(m, t, deferred, b, column, sums);
            if (m.pairs() != null) {
                m.pairs().store(t, deferred, b, column, sums);
            }
        });
        if (store) {
            trace = m.hebb;
            restart();
        }
    }

    /** Writes the traces as they are after step t. */
    void storeTraces(int t, float[] to) {
        preparePast(t);
        partition.forEachPair(
                m, false, (column, b) -> VectorForward.materialise(m, b, column, trace, to, past, set(b)));
    }

    /** The inputs of the updates held after step t. */
    private void preparePast(int t) {
        for (int b = partition.firstLifetime(); b < partition.endLifetime(); b++) {
            for (int k = 0; k < LifetimeBuffers.RANK; k++) {
                if (k < rank) {
                    past.put(set(b), k, m.y, m.row(t - rank + k, b));
                } else {
                    past.clear(set(b), k);
                }
            }
        }
    }

    private int set(int b) {
        return b - partition.firstLifetime();
    }

    /** No update is held beside the traces in memory. */
    private void restart() {
        rank = 0;
        partition.forEachPart((panel, b) -> {
            fill(m.scale, b * m.layout.columns, panel, 1);
            for (int k = 0; k < LifetimeBuffers.RANK; k++) {
                fill(m.q, m.factor(b, k), panel, 0);
            }
        });
    }

    private void fill(float[] vectors, int from, int panel, float value) {
        int start = from + m.layout.start(panel);
        Arrays.fill(vectors, start, start + m.layout.width(panel), value);
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
    private void append(int panel, int t, int b) {
        int start = m.layout.start(panel);
        int width = m.layout.width(panel);
        int y = m.row(t, b) + start;
        VectorColumns.decayFactor(m.y, y, decayFactor, start, width, eta, decay == TraceDecay.OUTPUT_SQUARED);
        decay(m.scale, b * m.layout.columns + start, start, width);
        for (int k = 0; k < rank; k++) {
            decay(m.q, m.factor(b, k) + start, start, width);
        }
        int q = m.factor(b, rank) + start;
        for (int j = 0; j < width; j++) {
            m.q[q + j] = eta * m.y[y + j];
        }
    }

    private void decay(float[] vectors, int at, int start, int width) {
        for (int j = 0; j < width; j++) {
            vectors[at + j] *= decayFactor[start + j];
        }
    }
}
