package org.plastic4j.core.fused;

import static org.plastic4j.core.fused.SegmentBuffers.RANK;
import static org.plastic4j.core.fused.VectorForward.LANES;

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
        for (int k = 0; k < RANK; k++) {
            fill(s.q, s.step(b, k), panel, 0);
        }
    }

    private void fill(float[] vectors, int from, int panel, float value) {
        int start = from + m.layout.start(panel);
        Arrays.fill(vectors, start, start + m.layout.width(panel), value);
    }

    /** keep of all steps of a segment, and what its sweeps ask of G's base: gain, faded by the steps behind. */
    void enter(int panel, int b, int first) {
        int length = length(first);
        int start = m.layout.start(panel);
        int width = m.layout.width(panel);
        for (int k = length; k < RANK; k++) {
            fill(s.baseGain, s.step(b, k), panel, 0);
            fill(s.sweep, s.step(b, k), panel, 0);
        }
        for (int k = 0; k < length; k++) {
            keep(m.y, m.row(first + k, b) + start, s.keep, s.step(b, k) + start, width, eta, squared);
        }
        for (int c = 0; c < width; c += LANES.length()) {
            FloatVector scale = FloatVector.broadcast(LANES, 1f);
            for (int k = length - 1; k >= 0; k--) {
                int at = s.step(b, k) + start + c;
                FloatVector.fromArray(LANES, m.y, m.row(first + k, b) + start + c)
                        .mul(FloatVector.broadcast(LANES, eta))
                        .mul(scale)
                        .intoArray(s.baseGain, at);
                scale = scale.mul(FloatVector.fromArray(LANES, s.keep, at));
            }
        }
        fill(s.eta, b * m.layout.columns, panel, 0);
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
        int start = m.layout.start(panel);
        traceFactors(panel, b, first, k);
        int vector = b * m.layout.columns + start;
        int width = m.layout.width(panel);
        int length = length(first);
        for (int c = 0; c < width; c += LANES.length()) {
            FloatVector asked = FloatVector.fromArray(LANES, s.scale, vector + c)
                    .mul(FloatVector.fromArray(LANES, s.sums, s.sum(b, SegmentBuffers.base(k)) + start + c));
            for (int l = k + 1; l < length; l++) {
                asked = FloatVector.fromArray(LANES, s.q, s.step(b, l) + start + c)
                        .fma(
                                FloatVector.fromArray(LANES, s.sums, s.sum(b, SegmentBuffers.pair(k, l)) + start + c),
                                asked);
            }
            asked.intoArray(s.gainAsked, vector + c);
        }
        fill(s.keepAsked, b * m.layout.columns, panel, 0);
        keepAsked(panel, b, k, s.scale, vector, SegmentBuffers.baseTrace(), SegmentBuffers.base(0));
        for (int l = k + 1; l < length; l++) {
            keepAsked(panel, b, k, s.q, s.step(b, l) + start, SegmentBuffers.trace(l), SegmentBuffers.pair(0, l));
        }
    }

    /** Adds one part of G: factor (traceScale ofTrace + sum_l traceQ(l) ofPairs(l)). */
    private void keepAsked(int panel, int b, int k, float[] factors, int factor, int ofTrace, int ofPairs) {
        int start = m.layout.start(panel);
        int columns = m.layout.columns;
        int width = m.layout.width(panel);
        int vector = b * columns + start;
        for (int c = 0; c < width; c += LANES.length()) {
            FloatVector part = FloatVector.fromArray(LANES, s.traceScale, vector + c)
                    .mul(FloatVector.fromArray(LANES, s.sums, s.sum(b, ofTrace) + start + c));
            int q = s.step(b, 0) + start + c;
            int sum = s.sum(b, ofPairs) + start + c;
            for (int l = 0; l < k; l++, q += columns, sum += columns) {
                part = FloatVector.fromArray(LANES, s.traceQ, q).fma(FloatVector.fromArray(LANES, s.sums, sum), part);
            }
            part.fma(
                            FloatVector.fromArray(LANES, factors, factor + c),
                            FloatVector.fromArray(LANES, s.keepAsked, vector + c))
                    .intoArray(s.keepAsked, vector + c);
        }
    }

    /** The trace at a segment's step k, as scale and factors of the segment's first. */
    private void traceFactors(int panel, int b, int first, int k) {
        int start = m.layout.start(panel);
        int width = m.layout.width(panel);
        for (int c = 0; c < width; c += LANES.length()) {
            FloatVector scale = FloatVector.broadcast(LANES, 1f);
            for (int l = k - 1; l >= 0; l--) {
                int at = s.step(b, l) + start + c;
                FloatVector.fromArray(LANES, m.y, m.row(first + l, b) + start + c)
                        .mul(FloatVector.broadcast(LANES, eta))
                        .mul(scale)
                        .intoArray(s.traceQ, at);
                scale = scale.mul(FloatVector.fromArray(LANES, s.keep, at));
            }
            scale.intoArray(s.traceScale, b * m.layout.columns + start + c);
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

    /** The coefficients of step t's sweep, and its update of G beside the others; g(t) is known by now. */
    void prepareSweep(int panel, int b, int t, int first) {
        int k = t - first;
        int length = length(first);
        int start = m.layout.start(panel);
        int width = m.layout.width(panel);
        int columns = m.layout.columns;
        for (int c = 0; c < width; c += LANES.length()) {
            int vector = b * columns + start + c;
            int at = s.step(b, 0) + start + c;
            FloatVector g = FloatVector.fromArray(LANES, m.gradients().g, m.row(t, b) + start + c);
            g.mul(FloatVector.fromArray(LANES, s.traceScale, vector)).intoArray(s.sweep, at);
            for (int l = 0; l < k; l++) {
                g.mul(FloatVector.fromArray(LANES, s.traceQ, at + l * columns))
                        .intoArray(s.sweep, at + (l + 1) * columns);
            }
        }
        for (int c = 0; c < width; c += LANES.length()) {
            int vector = b * columns + start + c;
            int at = s.step(b, k) + start + c;
            FloatVector keep = FloatVector.fromArray(LANES, s.keep, at);
            FloatVector gain =
                    FloatVector.fromArray(LANES, m.y, m.row(t, b) + start + c).mul(FloatVector.broadcast(LANES, eta));
            keep.mul(FloatVector.fromArray(LANES, s.scale, vector)).intoArray(s.scale, vector);
            FloatVector.fromArray(LANES, m.gradients().g, m.row(t, b) + start + c)
                    .intoArray(s.q, at);
            at += columns;
            for (int l = k + 1; l < length; l++, at += columns) {
                FloatVector q = FloatVector.fromArray(LANES, s.q, at);
                q.mul(gain).intoArray(s.sweep, at);
                q.mul(keep).intoArray(s.q, at);
            }
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
