package org.plastic4j.core.kernel.vector;

import org.plastic4j.core.rule.KernelFamily;
import org.plastic4j.core.rule.PlasticityRule;

/**
 * The fast kernel's view of the rules that add up within a bound b. With r the step of each post-synaptic neuron, its
 * rate times its output,
 *
 * <pre>
 * HARD         H' = clip(H + D),                 D = x[i] r[j]
 * SOFT         H' = clip(H + b D - |D| H)
 * RETROACTIVE  H' = clip(H + M E),               E' = (1 - eta) E + x[i] r[j],  r = eta y
 * </pre>
 */
enum BoundedTrace {
    HARD,
    SOFT,
    RETROACTIVE;

    static BoundedTrace of(PlasticityRule rule) {
        return switch (KernelFamily.required(rule)) {
            case RETROACTIVE -> RETROACTIVE;
            case SOFT_BOUND -> SOFT;
            case HARD_BOUND, NEUROMODULATED -> HARD;
            case DECAYING_HEBB, OJA -> throw new AssertionError("a rule without a bound: " + rule);
        };
    }
}
