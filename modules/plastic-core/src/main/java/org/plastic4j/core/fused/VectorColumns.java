package org.plastic4j.core.fused;

import static org.plastic4j.core.fused.SegmentBuffers.RANK;
import static org.plastic4j.core.fused.VectorForward.LANES;
import static org.plastic4j.core.fused.VectorForward.STRIP;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/**
 * The vectors of one step on the way back, for a panel's columns of a lifetime: what is asked of its output through gain
 * and keep, from the sums formed when its segment was entered, and the coefficients of its sweep.
 */
final class VectorColumns {
    private final LifetimeBuffers m;
    private final SegmentBuffers s;
    private final float eta;
    private final boolean squared;

    VectorColumns(LifetimeBuffers m, SegmentBuffers s, float eta, TraceDecay decay) {
        this.m = m;
        this.s = s;
        this.eta = eta;
        squared = decay == TraceDecay.OUTPUT_SQUARED;
    }

    /** How many steps a segment has: the last one may have fewer. */
    private int length(int first) {
        return Math.min(RANK, m.steps - first + 1);
    }

    /** Leaves G as its base alone. */
    void resetLate(int panel, int b) {
        fill(s.scale, b * m.layout.columns, panel, 1);
        Arrays.fill(s.q, s.step(b, m.layout.start(panel), 0), s.step(b, m.layout.start(panel + 1), 0), 0);
    }

    private void fill(float[] vectors, int from, int panel, float value) {
        int start = from + m.layout.start(panel);
        Arrays.fill(vectors, start, start + m.layout.width(panel), value);
    }

    /** keep of all steps of a segment, and what its sweeps ask of G's base: gain, faded by the steps behind. */
    void enter(int panel, int b, int first) {
        int length = length(first);
        for (int column = m.layout.start(panel); column < m.layout.start(panel + 1); column += STRIP) {
            int at = s.step(b, column, 0);
            for (int k = 0; k < length; k++) {
                keep(m.y, m.row(first + k, b) + column, s.keep, at + k * STRIP, STRIP, eta, squared);
            }
            for (int lane = 0; lane < STRIP; lane++) {
                enter(b, column, lane, first, length);
            }
        }
        fill(s.eta, b * m.layout.columns, panel, 0);
    }

    /** The inputs of its steps, for two strips, when G has been brought up to date with those of the segment left. */
    void enterInputs(int b, int column, int first) {
        for (int strip = 0; strip < VectorForward.PAIR; strip += STRIP) {
            int at = s.step(b, column + strip, 0);
            for (int k = 0; k < RANK; k++) {
                FloatVector.fromArray(LANES, m.y, input(b, first, k) + column + strip)
                        .intoArray(s.inputs, at + k * STRIP);
            }
        }
    }

    private void enter(int b, int column, int lane, int first, int length) {
        int at = s.step(b, column, 0) + lane;
        float[] gain = s.gain.values;
        int gains = s.gain.at(b, column + lane);
        float scale = 1;
        for (int k = RANK - 1; k >= 0; k--) {
            gain[gains + k] = 0;
            if (k < length) {
                gain[gains + k] = m.y[m.row(first + k, b) + column + lane] * eta * scale;
                scale *= s.keep[at + k * STRIP];
            }
        }
    }

    /** The factors with which G is brought up to date when a segment is left. */
    void leave(int panel, int b) {
        float[] left = s.left.values;
        for (int column = m.layout.start(panel); column < m.layout.start(panel + 1); column += STRIP) {
            for (int lane = 0; lane < STRIP; lane++) {
                int to = s.left.at(b, column + lane);
                left[to] = s.scale[b * m.layout.columns + column + lane];
                int at = s.step(b, column, 0) + lane;
                for (int k = 0; k < RANK; k++) {
                    left[to + 1 + k] = s.q[at + k * STRIP];
                }
            }
        }
    }

    /**
     * Where x of step k of a segment begins. The last segment may be shorter: beyond it any x will do, its factors being
     * zero.
     */
    int input(int b, int first, int k) {
        return m.row(Math.min(first + k - 1, m.steps), b);
    }

    /** 1 - eta q(y). */
    static void keep(float[] y, int yFrom, float[] keep, int keepFrom, int width, float eta, boolean squared) {
        if (!squared) {
            Arrays.fill(keep, keepFrom, keepFrom + width, 1 - eta);
            return;
        }
        for (int j = 0; j < width; j++) {
            keep[keepFrom + j] = 1 - eta * (y[yFrom + j] * y[yFrom + j]);
        }
    }

    /** The sums over rows of G x and of G H at step t, G being that of the step behind. */
    void ask(int panel, int b, int t, int first) {
        int k = t - first;
        int length = length(first);
        traceFactors(panel, b, first, k);
        for (int column = m.layout.start(panel); column < m.layout.start(panel + 1); column += STRIP) {
            int vector = b * m.layout.columns + column;
            int q = s.step(b, column, 0);
            FloatVector scale = FloatVector.fromArray(LANES, s.scale, vector);
            FloatVector asked = scale.mul(sums(b, SegmentBuffers.base(k), column));
            FloatVector keepAsked =
                    scale.mul(ofTrace(b, column, k, SegmentBuffers.baseTrace(), SegmentBuffers.base(0)));
            for (int l = k + 1; l < length; l++) {
                FloatVector late = FloatVector.fromArray(LANES, s.q, q + l * STRIP);
                asked = late.fma(sums(b, SegmentBuffers.pair(k, l), column), asked);
                keepAsked =
                        late.fma(ofTrace(b, column, k, SegmentBuffers.trace(l), SegmentBuffers.pair(0, l)), keepAsked);
            }
            asked.intoArray(s.gainAsked, vector);
            keepAsked.intoArray(s.keepAsked, vector);
        }
    }

    private FloatVector sums(int b, int which, int column) {
        return FloatVector.fromArray(LANES, s.sums, s.sum(b, which) + column);
    }

    /** One part of G with the trace at step k: traceScale ofTrace + sum_l traceQ(l) ofPairs(l). */
    private FloatVector ofTrace(int b, int column, int k, int ofTrace, int ofPairs) {
        FloatVector part = FloatVector.fromArray(LANES, s.traceScale, b * m.layout.columns + column)
                .mul(sums(b, ofTrace, column));
        int q = s.step(b, column, 0);
        for (int l = 0; l < k; l++) {
            part = FloatVector.fromArray(LANES, s.traceQ, q + l * STRIP).fma(sums(b, ofPairs + l, column), part);
        }
        return part;
    }

    /** The trace at a segment's step k, as scale and factors of the segment's first. */
    private void traceFactors(int panel, int b, int first, int k) {
        for (int column = m.layout.start(panel); column < m.layout.start(panel + 1); column += STRIP) {
            int at = s.step(b, column, 0);
            FloatVector scale = FloatVector.broadcast(LANES, 1f);
            for (int l = k - 1; l >= 0; l--) {
                FloatVector.fromArray(LANES, m.y, m.row(first + l, b) + column)
                        .mul(FloatVector.broadcast(LANES, eta))
                        .mul(scale)
                        .intoArray(s.traceQ, at + l * STRIP);
                scale = scale.mul(FloatVector.fromArray(LANES, s.keep, at + l * STRIP));
            }
            scale.intoArray(s.traceScale, b * m.layout.columns + column);
        }
    }

    /** Adds what is asked through the trace, and gathers the gradient of eta. */
    void askThroughTrace(int panel, int b, int t) {
        int vector = b * m.layout.columns;
        int row = m.row(t, b);
        float[] y = m.y;
        float[] gain = s.gainAsked;
        float[] keep = s.keepAsked;
        float[] asked = s.asked;
        float[] etaGradient = s.eta;
        int from = m.layout.start(panel);
        int to = m.layout.end(panel);
        if (squared) {
            for (int j = from; j < to; j++) {
                float faded = y[row + j] * keep[vector + j];
                asked[vector + j] += eta * (gain[vector + j] - 2 * faded);
                etaGradient[vector + j] += y[row + j] * (gain[vector + j] - faded);
            }
        } else {
            for (int j = from; j < to; j++) {
                asked[vector + j] += eta * gain[vector + j];
                etaGradient[vector + j] += y[row + j] * gain[vector + j] - keep[vector + j];
            }
        }
    }

    /** The factors of step t's sweep, and its update of G beside the others; g(t) is known by now. */
    void prepareSweep(int panel, int b, int t, int first) {
        int k = t - first;
        int length = length(first);
        for (int column = m.layout.start(panel); column < m.layout.start(panel + 1); column += STRIP) {
            int vector = b * m.layout.columns + column;
            int at = s.step(b, column, 0);
            int row = m.row(t, b) + column;
            for (int lane = 0; lane < STRIP; lane++) {
                factors(s.sweep.at(s.sweepSet(t, b), column + lane), row + lane, vector + lane, at + lane, k);
            }
            FloatVector keep = FloatVector.fromArray(LANES, s.keep, at + k * STRIP);
            keep.mul(FloatVector.fromArray(LANES, s.scale, vector)).intoArray(s.scale, vector);
            FloatVector.fromArray(LANES, m.gradients().g, row).intoArray(s.q, at + k * STRIP);
            for (int l = k + 1; l < length; l++) {
                FloatVector.fromArray(LANES, s.q, at + l * STRIP).mul(keep).intoArray(s.q, at + l * STRIP);
            }
        }
    }

    private void factors(int to, int row, int vector, int at, int k) {
        float[] values = s.sweep.values;
        float g = m.gradients().g[row];
        values[to] = g;
        values[to + 1] = g * s.traceScale[vector];
        for (int l = 0; l < k; l++) {
            values[to + 2 + l] = g * s.traceQ[at + l * STRIP];
        }
    }

    /** What step t asks of its input, for two strips, from what its sweep has summed up; and what it leaves to others. */
    void asked(int b, int column, int t, int first, float[] sums) {
        int k = t - first;
        for (int strip = 0; strip < VectorForward.PAIR; strip += STRIP) {
            int at = s.step(b, column + strip, 0);
            FloatVector input = FloatVector.fromArray(LANES, s.inputs, at + k * STRIP);
            FloatVector asked = FloatVector.fromArray(LANES, s.beside, at + k * STRIP)
                    .add(VectorSweep.sum(sums, 0, strip))
                    .add(VectorSweep.sum(sums, 1, strip));
            for (int l = 0; l < k; l++) {
                int other = at + l * STRIP;
                FloatVector pair = VectorSweep.sum(sums, 2 + l, strip);
                asked = pair.fma(FloatVector.fromArray(LANES, s.inputs, other), asked);
                pair.fma(input, FloatVector.fromArray(LANES, s.beside, other)).intoArray(s.beside, other);
            }
            asked.intoArray(s.asked, b * m.layout.columns + column + strip);
        }
    }

    /** The gradient of eta gathered since the segment was entered. */
    double etaGradient(int panel, int b) {
        double sum = 0;
        int vector = b * m.layout.columns;
        for (int j = m.layout.start(panel); j < m.layout.end(panel); j++) {
            sum += s.eta[vector + j];
        }
        return sum;
    }
}
