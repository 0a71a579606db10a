package org.plastic4j.core.kernel.reference;

import org.plastic4j.core.rule.KernelFamily;
import org.plastic4j.core.rule.PlasticityRule;

/** Additive traces within bounds, {@code D = rate[j] x[i] y[j]}: the bounded rules and the neuromodulated ones. */
final class PlainBounded implements PlainRule {
    private final PlasticityRates rates;
    private final boolean soft;
    private final double bound;

    PlainBounded(PlasticityRule rule, RuleNumbers numbers) {
        rates = new PlasticityRates(numbers);
        soft = KernelFamily.required(rule) == KernelFamily.SOFT_BOUND;
        bound = rule.bound();
    }

    @Override
    public void advance(PlainTraces traces, double[] x, double[] y) {
        double[] hebb = traces.hebb();
        int n = y.length;
        double[] rate = rates.of(y);
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                double next = unclipped(hebb[i * n + j], x[i] * (rate[j] * y[j]));
                hebb[i * n + j] = Math.max(-bound, Math.min(bound, next));
            }
        }
    }

    private double unclipped(double hebb, double change) {
        return soft ? hebb + change * bound - Math.abs(change) * hebb : hebb + change;
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
        double[] gradient = gradients.hebb();
        int n = y.length;
        double[] rate = rates.of(y);
        double[] dRate = new double[n];
        for (int j = 0; j < n; j++) {
            double step = rate[j] * y[j];
            double dStep = 0;
            for (int i = 0; i < n; i++) {
                int ij = i * n + j;
                double change = x[i] * step;
                // On the bound counts as within it: see Clip.
                double passed = Math.abs(unclipped(hebb[ij], change)) <= bound ? gradient[ij] : 0;
                double dChange = soft ? passed * (bound - Math.signum(change) * hebb[ij]) : passed;
                dx[i] += dChange * step;
                dStep += dChange * x[i];
                gradient[ij] = soft ? passed * (1 - Math.abs(change)) : passed;
            }
            dRate[j] = dStep * y[j];
            dy[j] += dStep * rate[j];
        }
        rates.back(y, dRate, dy, parameters);
    }
}
