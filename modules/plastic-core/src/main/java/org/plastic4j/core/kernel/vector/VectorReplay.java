package org.plastic4j.core.kernel.vector;

import java.util.Arrays;
import org.plastic4j.core.kernel.Checkpoints;
import org.plastic4j.core.kernel.TraceDecay;

/**
 * One thread's part of recomputing traces: the first trace of every chunk that the backward pass enters. They are made
 * by running on from an earlier one, or by reversing the updates from the one behind, and transposed here, [outputs, inputs].
 */
final class VectorReplay {
    private static final int RANK = LifetimeBuffers.RANK;
    /** Chunks whose inputs are brought side by side together. */
    private static final int AT_A_TIME = 4;

    private final LifetimeBuffers m;
    private final GradientBuffers d;
    private final Partition partition;
    private final float eta;
    private final boolean squared;
    private final boolean reverses;
    private final float[] decayFactor;
    private final float[] scale;
    private final float[] factor;
    private final RowFactors factors;

    /** The chunks that the checkpoints are the first traces of, in their order; those up to {@code last} count. */
    private final int[] chunks;

    private int last;
    /** The first trace of the chunk entered. */
    private float[] trace;

    /** @param reverses see {@link ReplayPlan#reverses} */
    VectorReplay(
            LifetimeBuffers m, Partition partition, float eta, TraceDecay decay, boolean reverses, Scratch scratch) {
        this.m = m;
        this.partition = partition;
        this.eta = eta;
        this.reverses = reverses;
        d = m.gradients();
        squared = decay == TraceDecay.OUTPUT_SQUARED;
        decayFactor = scratch.floats(m.layout.columns);
        scale = scratch.floats(m.layout.columns);
        factor = scratch.floats(m.layout.columns);
        factors = new RowFactors(m, AT_A_TIME, scratch);
        chunks = new int[d.checkpoints.length];
    }

    /** The first trace of the chunk entered. */
    float[] trace() {
        return trace;
    }

    /** Enters a chunk, the one before that entered last: makes its first trace from that one's or from a checkpoint. */
    void enter(int chunk) {
        if (chunk > 0 && reverses && trace != null) {
            reverse(chunk);
        } else if (chunk > 0 && reverses) {
            run(0, chunk, d.checkpoints[0], m.hebb);
            trace = m.hebb;
        } else {
            enterFromCheckpoint(chunk);
        }
    }

    private void enterFromCheckpoint(int chunk) {
        while (chunks[last] > chunk) {
            last--;
        }
        int at = chunks[last];
        trace = d.checkpoints[last];
        while (at < chunk) {
            int room = d.checkpoints.length - last;
            int next = room > 1 ? at + Checkpoints.stride(chunk - at + 1, room) : chunk;
            float[] target = m.hebb;
            if (room > 1) {
                last++;
                chunks[last] = next;
                target = d.checkpoints[last];
            }
            run(at, next, trace, target);
            trace = target;
            at = next;
        }
    }

    /** Pair of column blocks by pair, a few chunks at a time: so long their traces stay in the cache. */
    private void run(int from, int to, float[] source, float[] target) {
        for (int b = partition.firstLifetime(); b < partition.endLifetime(); b++) {
            for (int begin = from; begin < to; begin += AT_A_TIME) {
                int end = Math.min(begin + AT_A_TIME, to);
                for (int chunk = begin; chunk < end; chunk++) {
                    prepare(chunk - begin, b, chunk);
                }
                int lifetime = b;
                int firstOf = begin;
                partition.forEachPairOf(m, column -> {
                    for (int chunk = firstOf; chunk < end; chunk++) {
                        float[] before = chunk == from ? source : target;
                        decay(lifetime, column, chunk, chunk - firstOf, before, target);
                    }
                });
            }
        }
    }

    /** From the first trace of the chunk behind this one to its own, in their place. */
    private void reverse(int chunk) {
        for (int b = partition.firstLifetime(); b < partition.endLifetime(); b++) {
            prepareReversal(b, chunk);
            int lifetime = b;
            partition.forEachPairOf(m, column -> decay(lifetime, column, chunk, 0, trace, trace));
        }
    }

    /** The factors of a chunk's updates when they are reversed: H = (H' - eta x y) / d, from the last to the first. */
    private void prepareReversal(int b, int chunk) {
        int columns = m.layout.columns;
        Arrays.fill(scale, 1f);
        for (int k = 0; k < RANK; k++) {
            int row = m.row(chunk * RANK + 1 + k, b);
            VectorColumns.decayFactor(m.y, row, decayFactor, 0, columns, eta, squared);
            for (int j = 0; j < columns; j++) {
                scale[j] /= decayFactor[j];
                factor[j] = -m.y[row + j] * eta * scale[j];
            }
            factors.put(0, 1 + k, factor, 0);
        }
        factors.put(0, 0, scale, 0);
    }

    /** The factors of all of a chunk's updates by row, that is by output: how H0 decays, then those of each update. */
    private void prepare(int set, int b, int chunk) {
        int columns = m.layout.columns;
        Arrays.fill(scale, 1f);
        for (int k = RANK - 1; k >= 0; k--) {
            int row = m.row(chunk * RANK + 1 + k, b);
            VectorColumns.decayFactor(m.y, row, decayFactor, 0, columns, eta, squared);
            for (int j = 0; j < columns; j++) {
                factor[j] = m.y[row + j] * eta * scale[j];
                scale[j] *= decayFactor[j];
            }
            factors.put(set, 1 + k, factor, 0);
        }
        factors.put(set, 0, scale, 0);
    }

    /** From the first trace of a chunk to that of the next, two column blocks of them. */
    private void decay(int b, int column, int chunk, int set, float[] source, float[] target) {
        int inputs = m.row(chunk * RANK, b) + column;
        VectorRankUpdate.scaledRows(
                m,
                source,
                target,
                b,
                column,
                factors,
                set,
                new VectorRankUpdate.Columns(m.y, inputs, VectorForward.BLOCK_WIDTH, m.nextRow()));
    }
}
