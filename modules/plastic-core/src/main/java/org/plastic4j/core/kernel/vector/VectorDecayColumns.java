package org.plastic4j.core.kernel.vector;

import static org.plastic4j.core.kernel.vector.VectorForward.BLOCK_WIDTH;
import static org.plastic4j.core.kernel.vector.VectorForward.LANES;

import jdk.incubator.vector.FloatVector;
import org.plastic4j.core.kernel.TraceDecay;

/**
 * Of the decaying Hebbian trace, which decays by the same d = 1 - eta of every connection at every step. So of the decay factor only the
 * gradient is needed, and that is one number: what it gets of the sums over outputs is gathered as it comes along, of
 * each the derivative by d.
 */
final class VectorDecayColumns extends VectorColumns {
    /** d^m, and its derivative m d^(m - 1). */
    private final float[] decay = new float[ChunkBuffers.RANK];

    private final float[] decayPowerSlopes = new float[ChunkBuffers.RANK];

    VectorDecayColumns(LifetimeBuffers m, ChunkBuffers s, float eta) {
        super(m, s, eta, TraceDecay.CONSTANT);
        double power = 1;
        for (int steps = 0; steps < ChunkBuffers.RANK; steps++, power *= 1 - eta) {
            decay[steps] = (float) power;
            if (steps + 1 < ChunkBuffers.RANK) {
                decayPowerSlopes[steps + 1] = (float) ((steps + 1) * power);
            }
        }
    }

    @Override
    void enterOutputs(int panel, int b, float[] trace, float[] scratch) {
        VectorRowSums.bases(m, s, panel, b, scratch);
    }

    @Override
    void writeStrengths(int b, int column, int first, float[] trace, float[] sums) {
        int length = length(first);
        // G at a step k before the last is d^(length - 1 - k) times its base, H there d^k times the trace.
        double weight = length * Math.pow(1 - eta, length - 1);
        VectorChunk.writeStrengths(m, s, b, column, trace, (float) weight, sums);
    }

    @Override
    void askThroughTrace(int panel, int b, int t, int first) {
        int k = t - first;
        int behind = length(first) - 1 - k;
        float[] g = m.gradients().g;
        FloatVector rate = FloatVector.broadcast(LANES, eta);
        for (int column = m.layout.start(panel); column < m.layout.start(panel + 1); column += BLOCK_WIDTH) {
            FloatVector base = sums(b, ChunkBuffers.base(k), column);
            FloatVector gradient = base.mul(FloatVector.broadcast(LANES, decay[behind]));
            FloatVector slope = base.mul(FloatVector.broadcast(LANES, decayPowerSlopes[behind]));
            for (int l = k + 1; l <= k + behind; l++) {
                FloatVector pair = sums(b, ChunkBuffers.pair(k, l), column)
                        .mul(FloatVector.fromArray(LANES, g, m.row(first + l, b) + column));
                gradient = pair.fma(FloatVector.broadcast(LANES, decay[l - k - 1]), gradient);
                slope = pair.fma(FloatVector.broadcast(LANES, decayPowerSlopes[l - k - 1]), slope);
            }
            int vector = b * m.layout.columns + column;
            gradient.fma(rate, FloatVector.fromArray(LANES, s.outputGradient, vector))
                    .intoArray(s.outputGradient, vector);
            FloatVector.fromArray(LANES, m.y, m.row(t, b) + column)
                    .fma(gradient.sub(rate.mul(slope)), FloatVector.fromArray(LANES, s.eta, vector))
                    .intoArray(s.eta, vector);
        }
    }

    @Override
    void factors(int to, int b, int column, int t, int first) {
        int k = t - first;
        float[] values = s.passFactors.values;
        float[] g = m.gradients().g;
        int row = m.row(t, b) + column;
        for (int lane = 0; lane < BLOCK_WIDTH; lane++) {
            values[to + lane * RowFactors.SIDE] = g[row + lane];
            values[to + lane * RowFactors.SIDE + 1] = g[row + lane];
        }
        for (int l = 0; l < k; l++) {
            float held = eta * decay[k - 1 - l];
            int output = m.row(first + l, b) + column;
            int at = to + 2 + l;
            for (int lane = 0; lane < BLOCK_WIDTH; lane++, at += RowFactors.SIDE) {
                values[at] = g[row + lane] * (held * m.y[output + lane]);
            }
        }
    }

    @Override
    float traceDecay(int k) {
        return decay[k];
    }

    @Override
    float traceDecaySlope(int k) {
        return decayPowerSlopes[k];
    }
}
