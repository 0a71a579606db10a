package org.plastic4j.core.kernel.vector;

import static org.plastic4j.core.kernel.vector.VectorForward.LANES;
import static org.plastic4j.core.kernel.vector.VectorForward.STRIP;

import jdk.incubator.vector.FloatVector;
import org.plastic4j.core.kernel.TraceDecay;

/** Of Oja's rule: the trace fades by another factor for each output and step, and that asks something of the output. */
final class VectorOjaColumns extends VectorColumns {
    VectorOjaColumns(LifetimeBuffers m, SegmentBuffers s, float eta) {
        super(m, s, eta, TraceDecay.OUTPUT_SQUARED);
    }

    @Override
    void enterOutputs(int panel, int b, float[] trace, float[] scratch) {
        VectorRowSums.basesAndTraces(m, s, panel, b, trace, scratch);
    }

    @Override
    void gains(int b, int column, int first, float[] trace, float[] sums) {
        // What eta's gradient gets comes with the sums for the outputs.
        VectorSegment.gains(m, s, b, column, m.noTrace, 0, sums);
    }

    @Override
    void askThroughTrace(int panel, int b, int t, int first) {
        sumUp(panel, b, t, first);
        int vector = b * m.layout.columns;
        int row = m.row(t, b);
        float[] y = m.y;
        float[] gain = s.gainAsked;
        float[] keep = s.keepAsked;
        float[] asked = s.asked;
        float[] etaGradient = s.eta;
        for (int j = m.layout.start(panel); j < m.layout.end(panel); j++) {
            float faded = y[row + j] * keep[vector + j];
            asked[vector + j] += eta * (gain[vector + j] - 2 * faded);
            etaGradient[vector + j] += y[row + j] * (gain[vector + j] - faded);
        }
    }

    /** The sums over rows of G x and of G H at step t, G being that of the step behind. */
    private void sumUp(int panel, int b, int t, int first) {
        int k = t - first;
        int length = length(first);
        fadeTrace(panel, b, first, k);
        for (int column = m.layout.start(panel); column < m.layout.start(panel + 1); column += STRIP) {
            int vector = b * m.layout.columns + column;
            int q = s.step(b, column, 0);
            FloatVector scale = FloatVector.fromArray(LANES, s.scale, vector);
            FloatVector asked = scale.mul(sums(b, SegmentBuffers.base(k), column));
            FloatVector ofKeep = scale.mul(ofTrace(b, column, k, SegmentBuffers.baseTrace(), SegmentBuffers.base(0)));
            for (int l = k + 1; l < length; l++) {
                FloatVector late = FloatVector.fromArray(LANES, s.q, q + l * STRIP);
                asked = late.fma(sums(b, SegmentBuffers.pair(k, l), column), asked);
                ofKeep = late.fma(ofTrace(b, column, k, SegmentBuffers.trace(l), SegmentBuffers.pair(0, l)), ofKeep);
            }
            asked.intoArray(s.gainAsked, vector);
            ofKeep.intoArray(s.keepAsked, vector);
        }
    }

    /** One part of G with the trace at step k: scale ofTrace + sum_l factors(l) ofPairs(l). */
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
    private void fadeTrace(int panel, int b, int first, int k) {
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

    @Override
    void factors(int to, int b, int column, int t, int first) {
        int k = t - first;
        int row = m.row(t, b) + column;
        int vector = b * m.layout.columns + column;
        int at = s.step(b, column, 0);
        float[] values = s.sweep.values;
        for (int lane = 0; lane < STRIP; lane++) {
            float g = m.gradients().g[row + lane];
            int place = to + lane * RowFactors.SIDE;
            values[place] = g;
            values[place + 1] = g * s.traceScale[vector + lane];
            for (int l = 0; l < k; l++) {
                values[place + 2 + l] = g * s.traceQ[at + l * STRIP + lane];
            }
        }
    }

    @Override
    float traceFade(int k) {
        return 1;
    }

    @Override
    float traceFadeSlope(int k) {
        return 0;
    }
}
