package org.plastic4j.core.kernel.reference;

import org.plastic4j.core.rule.KernelFamily;
import org.plastic4j.core.rule.PlasticityRule;

/** Additive traces within bounds, {@code D = rate[j] x[i] y[j]}: the bounded rules and the neuromodulated ones. */
final class BoundedRule implements ReferenceRule {
    private final PlasticityRates rates;
    private final boolean soft;
    private final double bound;

    BoundedRule(PlasticityRule rule, RuleValues values) {
        rates = new PlasticityRates(values);
        soft = KernelFamily.required(rule) == KernelFamily.SOFT_BOUND;
        bound = rule.bound();
    }

    @Override
    public void advance(ReferenceTraces traces, double[] x, double[] y) {
        double[] rate = rates.of(y);
        for (int j = 0; j < y.length; j++) {
            double[] hebb = traces.hebb()[j];
            double step = rate[j] * y[j];
            for (int i = 0; i < x.length; i++) {
                hebb[i] = Math.max(-bound, Math.min(bound, unclipped(hebb[i], x[i] * step)));
            }
        }
    }

    private double unclipped(double hebb, double change) {
        return soft ? hebb + change * bound - Math.abs(change) * hebb : hebb + change;
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
        double[] rate = rates.of(y);
        double[] rateGradient = new double[y.length];
        for (int j = 0; j < y.length; j++) {
            double[] hebb = traces.hebb()[j];
            double[] gradient = gradients.hebb()[j];
            double step = rate[j] * y[j];
            double ofStep = 0;
            for (int i = 0; i < x.length; i++) {
                double change = x[i] * step;
                // On the bound counts as within it: see Clip.
                double passed = Math.abs(unclipped(hebb[i], change)) <= bound ? gradient[i] : 0;
                double ofChange = soft ? passed * (bound - Math.signum(change) * hebb[i]) : passed;
                xGradient[i] += ofChange * step;
                ofStep += ofChange * x[i];
                gradient[i] = soft ? passed * (1 - Math.abs(change)) : passed;
            }
            rateGradient[j] = ofStep * y[j];
            yGradient[j] += ofStep * rate[j];
        }
        rates.back(y, rateGradient, yGradient, parameters);
    }
}
