package org.plastic4j.core.kernel.reference;

/** Retroactive neuromodulation: {@code H' = clip(H + M E), E' = (1 - eta) E + eta x y}. */
final class RetroactiveRule implements ReferenceRule {
    private final PlasticityRates rates;
    private final double eta;
    private final double bound;

    RetroactiveRule(double bound, RuleValues values) {
        rates = new PlasticityRates(values);
        eta = values.eta[0];
        this.bound = bound;
    }

    @Override
    public void advance(ReferenceTraces traces, double[] x, double[] y) {
        double signal = rates.signal(y);
        for (int j = 0; j < y.length; j++) {
            double[] hebb = traces.hebb()[j];
            double[] eligibility = traces.eligibility()[j];
            for (int i = 0; i < x.length; i++) {
                hebb[i] = Math.max(-bound, Math.min(bound, hebb[i] + signal * eligibility[i]));
                eligibility[i] += eta * (x[i] * y[j] - eligibility[i]);
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
        double signal = rates.signal(y);
        double signalGradient = 0;
        for (int j = 0; j < y.length; j++) {
            double[] hebb = traces.hebb()[j];
            double[] eligibility = traces.eligibility()[j];
            double[] ofHebb = gradients.hebb()[j];
            double[] ofEligibility = gradients.eligibility()[j];
            for (int i = 0; i < x.length; i++) {
                if (Math.abs(hebb[i] + signal * eligibility[i]) > bound) {
                    ofHebb[i] = 0;
                }
                double next = ofEligibility[i];
                xGradient[i] += next * eta * y[j];
                yGradient[j] += next * eta * x[i];
                parameters.eta[0] += next * (x[i] * y[j] - eligibility[i]);
                signalGradient += ofHebb[i] * eligibility[i];
                ofEligibility[i] = (1 - eta) * next + signal * ofHebb[i];
            }
        }
        rates.signalBack(y, signal, signalGradient, yGradient, parameters);
    }
}
