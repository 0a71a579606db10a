package org.plastic4j.core.rule;

import java.util.Optional;

/** The fused kernels that there are, and which rule each of them computes: the one place that says so. */
public enum KernelFamily {
    /** {@link DecayingHebb}. */
    DECAYING_HEBB,
    /** {@link Oja}. */
    OJA,
    /** {@link BoundedHebb} within a hard bound. */
    HARD_BOUND,
    /** {@link BoundedHebb} within a soft bound. */
    SOFT_BOUND,
    /** {@link Neuromodulated}, with fan-out or without. */
    NEUROMODULATED,
    /** {@link Retroactive}. */
    RETROACTIVE;

    /**
     * {@return the kernel of a rule; empty for a rule that has none of its own}
     *
     * @param rule the plasticity rule
     */
    public static Optional<KernelFamily> of(PlasticityRule rule) {
        if (rule instanceof DecayingHebb) {
            return Optional.of(DECAYING_HEBB);
        } else if (rule instanceof Oja) {
            return Optional.of(OJA);
        } else if (rule instanceof BoundedHebb bounded) {
            return Optional.of(bounded.bounding() == Bounding.SOFT ? SOFT_BOUND : HARD_BOUND);
        } else if (rule instanceof Neuromodulated) {
            return Optional.of(NEUROMODULATED);
        } else if (rule instanceof Retroactive) {
            return Optional.of(RETROACTIVE);
        }
        return Optional.empty();
    }

    /**
     * {@return the kernel of a rule that has one}
     *
     * @param rule the plasticity rule
     * @throws IllegalArgumentException if it has none
     */
    public static KernelFamily required(PlasticityRule rule) {
        return of(rule).orElseThrow(() -> new IllegalArgumentException("Plasticity rule " + rule.key()
                + ": expected a rule with a fused kernel, found one that runs unrolled alone."));
    }

    /**
     * {@return whether a rule's trace only decays, {@code H' = (1 - eta q(y)) H + eta x y}, and has no bound}
     *
     * @param rule the plasticity rule
     */
    public static boolean decays(PlasticityRule rule) {
        return rule instanceof DecayingHebb || rule instanceof Oja;
    }
}
