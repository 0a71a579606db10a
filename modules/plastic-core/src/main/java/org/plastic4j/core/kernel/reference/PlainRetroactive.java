package org.plastic4j.core.kernel.reference;

/** Retroactive neuromodulation: {@code H' = clip(H + M E), E' = (1 - eta) E + eta x y}. */
final class PlainRetroactive implements PlainRule {
    private final PlasticityRates rates;
    private final double eta;
    private final double bound;

    PlainRetroactive(double bound, RuleNumbers numbers) {
        rates = new PlasticityRates(numbers);
        eta = numbers.eta[0];
        this.bound = bound;
    }

    @Override
    public void advance(PlainTraces traces, double[] x, double[] y) {
        double[] hebb = traces.hebb();
        double[] eligibility = traces.eligibility();
        double signal = rates.signal(y);
        int n = y.length;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                int ij = i * n + j;
                hebb[ij] = Math.max(-bound, Math.min(bound, hebb[ij] + signal * eligibility[ij]));
                eligibility[ij] += eta * (x[i] * y[j] - eligibility[ij]);
            }
        }
    }

    @Override
    public void back(
            PlainTraces traces,
            double[] x,
            double[] y,
            PlainTraces gradients,
            double[] dx,
            double[] dy,
            RuleNumbers parameters) {
        double[] hebb = traces.hebb();
        double[] eligibility = traces.eligibility();
        double[] dHebb = gradients.hebb();
        double[] dEligibility = gradients.eligibility();
        double signal = rates.signal(y);
        double dSignal = 0;
        int n = y.length;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                int ij = i * n + j;
                if (Math.abs(hebb[ij] + signal * eligibility[ij]) > bound) {
                    dHebb[ij] = 0;
                }
                double next = dEligibility[ij];
                dx[i] += next * eta * y[j];
                dy[j] += next * eta * x[i];
                parameters.eta[0] += next * (x[i] * y[j] - eligibility[ij]);
                dSignal += dHebb[ij] * eligibility[ij];
                dEligibility[ij] = (1 - eta) * next + signal * dHebb[ij];
            }
        }
        rates.signalBack(y, signal, dSignal, dy, parameters);
    }
}
