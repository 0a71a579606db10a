package org.plastic4j.core.fused;

/** What the rule makes of a step's outputs: the neuromodulatory signal M(t) and the step r(t) of each neuron. */
final class BoundedRates {
    private final BoundedBuffers s;
    private final LifetimeBuffers m;
    private final float eta;
    private final float modulatorBias;
    private final boolean modulated;
    private final boolean fannedOut;

    BoundedRates(LifetimeTensors in, BoundedBuffers s) {
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
            float[] weights = s.fanOutWeights;
            float[] bias = s.fanOutBias;
            for (int j = m.layout.start(firstPanel); j < end; j++) {
                steps[row + j] = (signal * weights[j] + bias[j]) * y[row + j];
            }
        } else {
            float rate = rate(signal);
            for (int j = m.layout.start(firstPanel); j < end; j++) {
                steps[row + j] = rate * y[row + j];
            }
        }
    }

    private float signal(int t, int b) {
        int row = m.row(t, b);
        float[] y = m.y;
        float[] weights = s.modulatorWeights;
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        // Columns come in multiples of 16, padding is zero.
        for (int j = 0; j < m.layout.columns; j += 4) {
            sum0 += y[row + j] * weights[j];
            sum1 += y[row + j + 1] * weights[j + 1];
            sum2 += y[row + j + 2] * weights[j + 2];
            sum3 += y[row + j + 3] * weights[j + 3];
        }
        return (float) StrictMath.tanh((sum0 + sum1) + (sum2 + sum3) + modulatorBias);
    }
}
