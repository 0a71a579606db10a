package org.plastic4j.core.kernel.vector;

import static org.plastic4j.core.kernel.vector.ChunkBuffers.RANK;
import static org.plastic4j.core.kernel.vector.VectorForward.BLOCK_WIDTH;
import static org.plastic4j.core.kernel.vector.VectorForward.LANES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.plastic4j.core.kernel.TraceDecay;

/**
 * The vectors of one step in the backward pass, for a panel's columns of a lifetime: the gradient of its output through the
 * trace, from the sums formed when its chunk was entered, and the factors of its fused pass.
 */
abstract class VectorColumns {
    final LifetimeBuffers m;
    final ChunkBuffers s;
    final float eta;
    private final boolean squared;

    VectorColumns(LifetimeBuffers m, ChunkBuffers s, float eta, TraceDecay decay) {
        this.m = m;
        this.s = s;
        this.eta = eta;
        squared = decay == TraceDecay.OUTPUT_SQUARED;
    }

    static VectorColumns of(LifetimeBuffers m, ChunkBuffers s, float eta, TraceDecay decay) {
        return switch (decay) {
            case CONSTANT -> new VectorDecayColumns(m, s, eta);
            case OUTPUT_SQUARED -> new VectorOjaColumns(m, s, eta);
        };
    }

    /** How many steps a chunk has: the last one may have fewer. */
    final int length(int first) {
        return Math.min(RANK, m.steps - first + 1);
    }

    /** Leaves G as its base alone. */
    final void resetLate(int panel, int b) {
        fill(s.scale, b * m.layout.columns, panel, 1);
        Arrays.fill(s.q, s.step(b, m.layout.start(panel), 0), s.step(b, m.layout.start(panel + 1), 0), 0);
    }

    private void fill(float[] vectors, int from, int panel, float value) {
        int start = from + m.layout.start(panel);
        Arrays.fill(vectors, start, start + m.layout.width(panel), value);
    }

    /** The decay factor of all steps of a chunk, and what its passes take of G at the chunk boundary: the write strength, decayed by the steps behind. */
    final void enter(int panel, int b, int first) {
        int length = length(first);
        for (int column = m.layout.start(panel); column < m.layout.start(panel + 1); column += BLOCK_WIDTH) {
            int at = s.step(b, column, 0);
            for (int k = 0; k < length; k++) {
                decayFactor(
                        m.y,
                        m.row(first + k, b) + column,
                        s.decayFactor,
                        at + k * BLOCK_WIDTH,
                        BLOCK_WIDTH,
                        eta,
                        squared);
            }
            for (int lane = 0; lane < BLOCK_WIDTH; lane++) {
                enter(b, column, lane, first, length);
            }
        }
        fill(s.eta, b * m.layout.columns, panel, 0);
    }

    /** The inputs of its steps, for two column blocks, when G has been brought up to date with those of the chunk left. */
    final void enterInputs(int b, int column, int first) {
        for (int offset = 0; offset < VectorForward.PAIR; offset += BLOCK_WIDTH) {
            int at = s.step(b, column + offset, 0);
            for (int k = 0; k < RANK; k++) {
                FloatVector.fromArray(LANES, m.y, input(b, first, k) + column + offset)
                        .intoArray(s.inputs, at + k * BLOCK_WIDTH);
            }
        }
    }

    private void enter(int b, int column, int lane, int first, int length) {
        int at = s.step(b, column, 0) + lane;
        float[] writeStrength = s.writeStrength.values;
        int writeStrengths = s.writeStrength.at(b, column + lane);
        float scale = 1;
        for (int k = RANK - 1; k >= 0; k--) {
            writeStrength[writeStrengths + k] = 0;
            if (k < length) {
                writeStrength[writeStrengths + k] = m.y[m.row(first + k, b) + column + lane] * eta * scale;
                scale *= s.decayFactor[at + k * BLOCK_WIDTH];
            }
        }
    }

    /** The factors with which G is brought up to date when a chunk is left. */
    final void leave(int panel, int b) {
        float[] left = s.left.values;
        for (int column = m.layout.start(panel); column < m.layout.start(panel + 1); column += BLOCK_WIDTH) {
            for (int lane = 0; lane < BLOCK_WIDTH; lane++) {
                int to = s.left.at(b, column + lane);
                left[to] = s.scale[b * m.layout.columns + column + lane];
                int at = s.step(b, column, 0) + lane;
                for (int k = 0; k < RANK; k++) {
                    left[to + 1 + k] = s.q[at + k * BLOCK_WIDTH];
                }
            }
        }
    }

    /**
     * Where x of step k of a chunk begins. The last chunk may be shorter: beyond it any x will do, its factors being
     * zero.
     */
    final int input(int b, int first, int k) {
        return m.row(Math.min(first + k - 1, m.steps), b);
    }

    /** 1 - eta q(y). */
    static void decayFactor(
            float[] y, int yFrom, float[] decayFactor, int decayFactorFrom, int width, float eta, boolean squared) {
        if (!squared) {
            Arrays.fill(decayFactor, decayFactorFrom, decayFactorFrom + width, 1 - eta);
            return;
        }
        for (int j = 0; j < width; j++) {
            decayFactor[decayFactorFrom + j] = 1 - eta * (y[yFrom + j] * y[yFrom + j]);
        }
    }

    /** Adds the gradient of y(t) through the trace, and gathers the gradient of eta. */
    abstract void askThroughTrace(int panel, int b, int t, int first);

    /** The sums over inputs that {@link #askThroughTrace} reads, for a panel's outputs. */
    abstract void enterOutputs(int panel, int b, float[] trace, float[] scratch);

    /** What a chunk's passes get of G at the chunk boundary, for two column blocks, and eta's gradient of that and the first trace. */
    abstract void writeStrengths(int b, int column, int first, float[] trace, float[] sums);

    /** A vector of one of the sums over rows. */
    final FloatVector sums(int b, int which, int column) {
        return FloatVector.fromArray(LANES, s.sums, s.sum(b, which) + column);
    }

    /** The factors of step t's fused pass, and its update of G beside the others; g(t) is known by now. */
    final void preparePass(int panel, int b, int t, int first) {
        int k = t - first;
        int length = length(first);
        for (int column = m.layout.start(panel); column < m.layout.start(panel + 1); column += BLOCK_WIDTH) {
            int vector = b * m.layout.columns + column;
            int at = s.step(b, column, 0);
            int row = m.row(t, b) + column;
            factors(s.passFactors.at(s.passSet(t, b), column), b, column, t, first);
            FloatVector decayFactor = FloatVector.fromArray(LANES, s.decayFactor, at + k * BLOCK_WIDTH);
            decayFactor.mul(FloatVector.fromArray(LANES, s.scale, vector)).intoArray(s.scale, vector);
            FloatVector.fromArray(LANES, m.gradients().g, row).intoArray(s.q, at + k * BLOCK_WIDTH);
            for (int l = k + 1; l < length; l++) {
                FloatVector.fromArray(LANES, s.q, at + l * BLOCK_WIDTH)
                        .mul(decayFactor)
                        .intoArray(s.q, at + l * BLOCK_WIDTH);
            }
        }
    }

    /** The factors of a column block's outputs, which are rows, in the fused pass of step t: of W, of the trace, of each pair. */
    abstract void factors(int to, int b, int column, int t, int first);

    /** The gradient of the input of step t, for two column blocks, from the sums of its fused pass; and what it leaves to other steps. */
    final void gradient(int b, int column, int t, int first, float[] sums) {
        int k = t - first;
        FloatVector traceDecay = FloatVector.broadcast(LANES, traceDecay(k));
        FloatVector slope = FloatVector.broadcast(LANES, -traceDecaySlope(k));
        for (int offset = 0; offset < VectorForward.PAIR; offset += BLOCK_WIDTH) {
            int vector = b * m.layout.columns + column + offset;
            int at = s.step(b, column + offset, 0);
            FloatVector input = FloatVector.fromArray(LANES, s.inputs, at + k * BLOCK_WIDTH);
            FloatVector ofTrace = VectorPass.sum(sums, 1, offset);
            FloatVector gradient = ofTrace.fma(
                    traceDecay,
                    FloatVector.fromArray(LANES, s.beside, at + k * BLOCK_WIDTH).add(VectorPass.sum(sums, 0, offset)));
            for (int l = 0; l < k; l++) {
                int other = at + l * BLOCK_WIDTH;
                FloatVector pair = VectorPass.sum(sums, 2 + l, offset);
                gradient = pair.fma(FloatVector.fromArray(LANES, s.inputs, other), gradient);
                pair.fma(input, FloatVector.fromArray(LANES, s.beside, other)).intoArray(s.beside, other);
            }
            gradient.intoArray(s.outputGradient, vector);
            ofTrace.mul(input)
                    .fma(slope, FloatVector.fromArray(LANES, s.eta, vector))
                    .intoArray(s.eta, vector);
        }
    }

    /** What a fused pass's sum over the chunk's first trace has still to be multiplied with at step k. */
    abstract float traceDecay(int k);

    /** What its product with the input adds to the gradient of the decay factor, accumulated over the chunk. */
    abstract float traceDecaySlope(int k);

    /** The gradient of eta gathered since the chunk was entered. */
    final double etaGradient(int panel, int b) {
        double sum = 0;
        int vector = b * m.layout.columns;
        for (int j = m.layout.start(panel); j < m.layout.end(panel); j++) {
            sum += s.eta[vector + j];
        }
        return sum;
    }
}
