package org.plastic4j.core.kernel.vector;

import static org.plastic4j.core.kernel.vector.VectorForward.BLOCK_WIDTH;
import static org.plastic4j.core.kernel.vector.VectorForward.LANES;

import jdk.incubator.vector.FloatVector;
import org.plastic4j.core.kernel.TraceDecay;

/** Of Oja's rule: the trace decays by another factor for each output and step, which depends on the output. */
final class VectorOjaColumns extends VectorColumns {
    VectorOjaColumns(LifetimeBuffers m, ChunkBuffers s, float eta) {
        super(m, s, eta, TraceDecay.OUTPUT_SQUARED);
    }

    @Override
    void enterOutputs(int panel, int b, float[] trace, float[] scratch) {
        VectorRowSums.basesAndTraces(m, s, panel, b, trace, scratch);
    }

    @Override
    void writeStrengths(int b, int column, int first, float[] trace, float[] sums) {
        // What eta's gradient gets comes with the sums for the outputs.
        VectorChunk.writeStrengths(m, s, b, column, m.noTrace, 0, sums);
    }

    @Override
    void askThroughTrace(int panel, int b, int t, int first) {
        sumUp(panel, b, t, first);
        int vector = b * m.layout.columns;
        int row = m.row(t, b);
        float[] y = m.y;
        float[] writeStrength = s.writeStrengthGradient;
        float[] decayFactor = s.decayFactorGradient;
        float[] gradient = s.outputGradient;
        float[] etaGradient = s.eta;
        for (int j = m.layout.start(panel); j < m.layout.end(panel); j++) {
            float decayed = y[row + j] * decayFactor[vector + j];
            gradient[vector + j] += eta * (writeStrength[vector + j] - 2 * decayed);
            etaGradient[vector + j] += y[row + j] * (writeStrength[vector + j] - decayed);
        }
    }

    /** The sums over rows of G x and of G H at step t, G being that of the step behind. */
    private void sumUp(int panel, int b, int t, int first) {
        int k = t - first;
        int length = length(first);
        decayTrace(panel, b, first, k);
        for (int column = m.layout.start(panel); column < m.layout.start(panel + 1); column += BLOCK_WIDTH) {
            int vector = b * m.layout.columns + column;
            int q = s.step(b, column, 0);
            FloatVector scale = FloatVector.fromArray(LANES, s.scale, vector);
            FloatVector gradient = scale.mul(sums(b, ChunkBuffers.base(k), column));
            FloatVector ofKeep = scale.mul(ofTrace(b, column, k, ChunkBuffers.baseTrace(), ChunkBuffers.base(0)));
            for (int l = k + 1; l < length; l++) {
                FloatVector deferred = FloatVector.fromArray(LANES, s.q, q + l * BLOCK_WIDTH);
                gradient = deferred.fma(sums(b, ChunkBuffers.pair(k, l), column), gradient);
                ofKeep = deferred.fma(ofTrace(b, column, k, ChunkBuffers.trace(l), ChunkBuffers.pair(0, l)), ofKeep);
            }
            gradient.intoArray(s.writeStrengthGradient, vector);
            ofKeep.intoArray(s.decayFactorGradient, vector);
        }
    }

    /** One part of G with the trace at step k: scale ofTrace + sum_l factors(l) ofPairs(l). */
    private FloatVector ofTrace(int b, int column, int k, int ofTrace, int ofPairs) {
        FloatVector part = FloatVector.fromArray(LANES, s.traceScale, b * m.layout.columns + column)
                .mul(sums(b, ofTrace, column));
        int q = s.step(b, column, 0);
        for (int l = 0; l < k; l++) {
            part = FloatVector.fromArray(LANES, s.traceQ, q + l * BLOCK_WIDTH).fma(sums(b, ofPairs + l, column), part);
        }
        return part;
    }

    /** The trace at a chunk's step k, as scale and factors of the chunk's first. */
    private void decayTrace(int panel, int b, int first, int k) {
        for (int column = m.layout.start(panel); column < m.layout.start(panel + 1); column += BLOCK_WIDTH) {
            int at = s.step(b, column, 0);
            FloatVector scale = FloatVector.broadcast(LANES, 1f);
            for (int l = k - 1; l >= 0; l--) {
                FloatVector.fromArray(LANES, m.y, m.row(first + l, b) + column)
                        .mul(FloatVector.broadcast(LANES, eta))
                        .mul(scale)
                        .intoArray(s.traceQ, at + l * BLOCK_WIDTH);
                scale = scale.mul(FloatVector.fromArray(LANES, s.decayFactor, at + l * BLOCK_WIDTH));
            }
            scale.intoArray(s.traceScale, b * m.layout.columns + column);
        }
    }

    @Override
    void factors(int to, int b, int column, int t, int first) {
        int k = t - first;
        int row = m.row(t, b) + column;
        int vector = b * m.layout.columns + column;
        int at = s.step(b, column, 0);
        float[] values = s.passFactors.values;
        for (int lane = 0; lane < BLOCK_WIDTH; lane++) {
            float g = m.gradients().g[row + lane];
            int index = to + lane * RowFactors.SIDE;
            values[index] = g;
            values[index + 1] = g * s.traceScale[vector + lane];
            for (int l = 0; l < k; l++) {
                values[index + 2 + l] = g * s.traceQ[at + l * BLOCK_WIDTH + lane];
            }
        }
    }

    @Override
    float traceDecay(int k) {
        return 1;
    }

    @Override
    float traceDecaySlope(int k) {
        return 0;
    }
}
