package org.plastic4j.core.kernel.reference;

import org.plastic4j.core.kernel.TraceDecay;

/** Decaying Hebb and Oja: {@code H' = (1 - eta q(y)) H + eta x y}. */
record DecayRule(TraceDecay decay, double eta) implements ReferenceRule {

    private double decayFactor(double y) {
        return 1 - eta * decay.decay(y);
    }

    @Override
    public void advance(ReferenceTraces traces, double[] x, double[] y) {
        for (int j = 0; j < y.length; j++) {
            double factor = decayFactor(y[j]);
            double writeStrength = eta * y[j];
            double[] hebb = traces.hebb()[j];
            for (int i = 0; i < x.length; i++) {
                hebb[i] = factor * hebb[i] + x[i] * writeStrength;
            }
        }
    }

    @Override
    public void back(
            ReferenceTraces traces,
            double[] x,
            double[] y,
            ReferenceTraces gradients,
            double[] xGradient,
            double[] yGradient,
            RuleValues parameters) {
        for (int j = 0; j < y.length; j++) {
            double[] gradient = gradients.hebb()[j];
            double ofStrength = Dot.of(gradient, x);
            double ofFactor = Dot.of(gradient, traces.hebb()[j]);
            parameters.eta[0] += y[j] * ofStrength - decay.decay(y[j]) * ofFactor;
            yGradient[j] += eta * (ofStrength - decay.fadeSlope(y[j]) * ofFactor);
            double factor = decayFactor(y[j]);
            double writeStrength = eta * y[j];
            // A loop for each: Java's compiler does not vectorise one that writes several arrays.
            for (int i = 0; i < x.length; i++) {
                xGradient[i] += gradient[i] * writeStrength;
            }
            for (int i = 0; i < x.length; i++) {
                gradient[i] *= factor;
            }
        }
    }
}
