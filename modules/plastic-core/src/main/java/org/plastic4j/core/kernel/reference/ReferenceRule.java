package org.plastic4j.core.kernel.reference;

import java.util.Optional;
import org.plastic4j.core.kernel.TraceDecay;
import org.plastic4j.core.kernel.compiled.RuleProgram;
import org.plastic4j.core.rule.KernelFamily;
import org.plastic4j.core.rule.PlasticityRule;

/** A plasticity rule in plain loops, for one lifetime; the equations stand in docs/math.md. */
interface ReferenceRule {
    /** From H(t) to H(t+1), in place, where x is the pre-synaptic and y the post-synaptic activity of step t. */
    void advance(ReferenceTraces traces, double[] x, double[] y);

    /**
     * One step of the backward pass. {@code gradients}, those of the traces at t+1, become those of the traces at t as far
     * as the rule goes: what connections pass on to {@code H(t)} is still to be added.
     *
     * @param traces H(t)
     * @param xGradient the rule's part of the gradient with respect to x is added to it
     * @param yGradient that with respect to y, likewise
     * @param parameters those with respect to its parameters, likewise
     */
    void back(
            ReferenceTraces traces,
            double[] x,
            double[] y,
            ReferenceTraces gradients,
            double[] xGradient,
            double[] yGradient,
            RuleValues parameters);

    static ReferenceRule of(PlasticityRule rule, int neurons, RuleValues values) {
        Optional<KernelFamily> family = KernelFamily.of(rule);
        if (family.isEmpty()) {
            return new CompiledRule(RuleProgram.required(rule, neurons), values);
        }
        return switch (family.get()) {
            case DECAYING_HEBB, OJA -> new DecayRule(TraceDecay.of(rule), values.eta[0]);
            case HARD_BOUND, SOFT_BOUND, NEUROMODULATED -> new BoundedRule(rule, values);
            case RETROACTIVE -> new RetroactiveRule(rule.bound(), values);
        };
    }
}
