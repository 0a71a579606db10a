package org.plastic4j.core.kernel.vector;

import static org.plastic4j.core.kernel.vector.VectorForward.LANES;

import jdk.incubator.vector.FloatVector;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.spec.Slot;

/** What the rule makes of a step's outputs: the neuromodulatory signal M(t) and the step r(t) of each neuron. */
final class VectorBoundedRates {
    private final BoundedBuffers s;
    private final LifetimeBuffers m;
    private final float eta;
    private final float modulatorBias;
    private final boolean modulated;
    private final boolean fannedOut;
    /** Where a vector is summed up. */
    private final float[] lanes = new float[PanelLayout.COLUMN_UNIT];

    VectorBoundedRates(LifetimeTensors in, BoundedBuffers s) {
        this.s = s;
        m = s.m;
        eta = in.has(Slot.ETA) ? in.get(Slot.ETA).getFloat(0) : 0;
        modulated = in.has(Slot.MODULATOR_WEIGHTS);
        modulatorBias = modulated ? in.get(Slot.MODULATOR_BIAS).getFloat(0) : 0;
        fannedOut = in.has(Slot.FAN_OUT_WEIGHTS);
    }

    float eta() {
        return eta;
    }

    boolean modulated() {
        return modulated;
    }

    /** Whether M is the rate, or goes into it; otherwise the rate is eta. */
    boolean setsRates() {
        return modulated && !s.hasEligibility();
    }

    boolean fannedOut() {
        return fannedOut;
    }

    /** The rate of all connections, M being the signal; where M fans out, they have one for each neuron. */
    float rate(float signal) {
        return setsRates() ? signal : eta;
    }

    /**
     * Fills M(t) and r(t) of some panels, when y(t) is known in all of them. Threads that share a lifetime form M from
     * the same numbers in the same order.
     */
    void follow(int t, int b, int firstPanel, int endPanel) {
        float signal = modulated ? signal(t, b) : 0;
        s.signal[s.signalAt(t, b)] = signal;
        int row = m.row(t, b);
        int end = m.layout.start(endPanel);
        float[] y = m.y;
        float[] steps = s.steps;
        if (fannedOut) {
            for (int c = m.layout.start(firstPanel); c < end; c += LANES.length()) {
                FloatVector.fromArray(LANES, s.fanOutWeights, c)
                        .mul(signal)
                        .add(FloatVector.fromArray(LANES, s.fanOutBias, c))
                        .mul(FloatVector.fromArray(LANES, y, row + c))
                        .intoArray(steps, row + c);
            }
        } else {
            float rate = rate(signal);
            for (int c = m.layout.start(firstPanel); c < end; c += LANES.length()) {
                FloatVector.fromArray(LANES, y, row + c).mul(rate).intoArray(steps, row + c);
            }
        }
    }

    private float signal(int t, int b) {
        int row = m.row(t, b);
        float[] y = m.y;
        float[] weights = s.modulatorWeights;
        FloatVector sum = FloatVector.zero(LANES);
        for (int c = 0; c < m.layout.columns; c += LANES.length()) {
            sum = FloatVector.fromArray(LANES, y, row + c).fma(FloatVector.fromArray(LANES, weights, c), sum);
        }
        sum.intoArray(lanes, 0);
        lanes[0] = VectorLanes.sum(lanes, 0) + modulatorBias;
        VectorTanh.apply(lanes, 0, 1);
        return lanes[0];
    }
}
