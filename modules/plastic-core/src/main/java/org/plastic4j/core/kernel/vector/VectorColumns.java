package org.plastic4j.core.kernel.vector;

import static org.plastic4j.core.kernel.vector.SegmentBuffers.RANK;
import static org.plastic4j.core.kernel.vector.VectorForward.LANES;
import static org.plastic4j.core.kernel.vector.VectorForward.STRIP;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import org.plastic4j.core.kernel.TraceDecay;

/**
 * The vectors of one step on the way back, for a panel's columns of a lifetime: what is asked of its output through the
 * trace, from the sums formed when its segment was entered, and the coefficients of its sweep.
 */
abstract class VectorColumns {
    final LifetimeBuffers m;
    final SegmentBuffers s;
    final float eta;
    private final boolean squared;

    VectorColumns(LifetimeBuffers m, SegmentBuffers s, float eta, TraceDecay decay) {
        this.m = m;
        this.s = s;
        this.eta = eta;
        squared = decay == TraceDecay.OUTPUT_SQUARED;
    }

    static VectorColumns of(LifetimeBuffers m, SegmentBuffers s, float eta, TraceDecay decay) {
        return switch (decay) {
            case CONSTANT -> new VectorDecayColumns(m, s, eta);
            case OUTPUT_SQUARED -> new VectorOjaColumns(m, s, eta);
        };
    }

    /** How many steps a segment has: the last one may have fewer. */
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

    /** keep of all steps of a segment, and what its sweeps ask of G's base: gain, faded by the steps behind. */
    final void enter(int panel, int b, int first) {
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
    final void enterInputs(int b, int column, int first) {
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
    final void leave(int panel, int b) {
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
    final int input(int b, int first, int k) {
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

    /** Adds what is asked of y(t) through the trace, and gathers the gradient of eta. */
    abstract void askThroughTrace(int panel, int b, int t, int first);

    /** The sums over inputs that {@link #askThroughTrace} reads, for a panel's outputs. */
    abstract void enterOutputs(int panel, int b, float[] trace, float[] scratch);

    /** What a segment's sweeps get of G's base, for two strips, and eta's gradient of that and the first trace. */
    abstract void gains(int b, int column, int first, float[] trace, float[] sums);

    /** A vector of one of the sums over rows. */
    final FloatVector sums(int b, int which, int column) {
        return FloatVector.fromArray(LANES, s.sums, s.sum(b, which) + column);
    }

    /** The factors of step t's sweep, and its update of G beside the others; g(t) is known by now. */
    final void prepareSweep(int panel, int b, int t, int first) {
        int k = t - first;
        int length = length(first);
        for (int column = m.layout.start(panel); column < m.layout.start(panel + 1); column += STRIP) {
            int vector = b * m.layout.columns + column;
            int at = s.step(b, column, 0);
            int row = m.row(t, b) + column;
            factors(s.sweep.at(s.sweepSet(t, b), column), b, column, t, first);
            FloatVector keep = FloatVector.fromArray(LANES, s.keep, at + k * STRIP);
            keep.mul(FloatVector.fromArray(LANES, s.scale, vector)).intoArray(s.scale, vector);
            FloatVector.fromArray(LANES, m.gradients().g, row).intoArray(s.q, at + k * STRIP);
            for (int l = k + 1; l < length; l++) {
                FloatVector.fromArray(LANES, s.q, at + l * STRIP).mul(keep).intoArray(s.q, at + l * STRIP);
            }
        }
    }

    /** The factors of a strip's outputs, which are rows, in the sweep of step t: of W, of the trace, of each pair. */
    abstract void factors(int to, int b, int column, int t, int first);

    /** What step t asks of its input, for two strips, from what its sweep has summed up; and what it leaves to others. */
    final void asked(int b, int column, int t, int first, float[] sums) {
        int k = t - first;
        FloatVector traceFade = FloatVector.broadcast(LANES, traceFade(k));
        FloatVector slope = FloatVector.broadcast(LANES, -traceFadeSlope(k));
        for (int strip = 0; strip < VectorForward.PAIR; strip += STRIP) {
            int vector = b * m.layout.columns + column + strip;
            int at = s.step(b, column + strip, 0);
            FloatVector input = FloatVector.fromArray(LANES, s.inputs, at + k * STRIP);
            FloatVector ofTrace = VectorPass.sum(sums, 1, strip);
            FloatVector asked = ofTrace.fma(
                    traceFade,
                    FloatVector.fromArray(LANES, s.beside, at + k * STRIP).add(VectorPass.sum(sums, 0, strip)));
            for (int l = 0; l < k; l++) {
                int other = at + l * STRIP;
                FloatVector pair = VectorPass.sum(sums, 2 + l, strip);
                asked = pair.fma(FloatVector.fromArray(LANES, s.inputs, other), asked);
                pair.fma(input, FloatVector.fromArray(LANES, s.beside, other)).intoArray(s.beside, other);
            }
            asked.intoArray(s.asked, vector);
            ofTrace.mul(input)
                    .fma(slope, FloatVector.fromArray(LANES, s.eta, vector))
                    .intoArray(s.eta, vector);
        }
    }

    /** What the sum of a sweep over the segment's first trace has still to be multiplied with at step k. */
    abstract float traceFade(int k);

    /** What its product with the input adds to the gradient of keep, summed up over the segment. */
    abstract float traceFadeSlope(int k);

    /** The gradient of eta gathered since the segment was entered. */
    final double etaGradient(int panel, int b) {
        double sum = 0;
        int vector = b * m.layout.columns;
        for (int j = m.layout.start(panel); j < m.layout.end(panel); j++) {
            sum += s.eta[vector + j];
        }
        return sum;
    }
}
