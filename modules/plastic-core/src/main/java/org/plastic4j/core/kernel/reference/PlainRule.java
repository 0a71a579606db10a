package org.plastic4j.core.kernel.reference;

import org.plastic4j.core.kernel.TraceDecay;
import org.plastic4j.core.rule.KernelFamily;
import org.plastic4j.core.rule.PlasticityRule;

/** A plasticity rule in plain loops, for one lifetime; the equations stand in docs/math.md. */
interface PlainRule {
    /** From H(t) to H(t+1), in place, where x = y(t-1) and y = y(t). */
    void advance(PlainTraces traces, double[] x, double[] y);

    /**
     * One step back. {@code gradients}, those of the traces at t+1, become those of the traces at t as far as the rule
     * goes: what connections pass on to {@code H(t)} is still to be added.
     *
     * @param traces H(t)
     * @param dx receives what the rule asks of x
     * @param dy receives what it asks of y
     * @param parameters receives what it asks of its parameters
     */
    void back(
            PlainTraces traces,
            double[] x,
            double[] y,
            PlainTraces gradients,
            double[] dx,
            double[] dy,
            RuleNumbers parameters);

    static PlainRule of(PlasticityRule rule, RuleNumbers numbers) {
        return switch (KernelFamily.required(rule)) {
            case DECAYING_HEBB, OJA -> new PlainDecay(TraceDecay.of(rule), numbers.eta[0]);
            case HARD_BOUND, SOFT_BOUND, NEUROMODULATED -> new PlainBounded(rule, numbers);
            case RETROACTIVE -> new PlainRetroactive(rule.bound(), numbers);
        };
    }
}
