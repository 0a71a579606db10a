package org.plastic4j.cuda;

import org.plastic4j.core.rule.BoundedHebb;
import org.plastic4j.core.rule.Bounding;
import org.plastic4j.core.rule.DecayingHebb;
import org.plastic4j.core.rule.Neuromodulated;
import org.plastic4j.core.rule.Oja;
import org.plastic4j.core.rule.PlasticityRule;
import org.plastic4j.core.rule.Retroactive;
import org.plastic4j.core.spec.LifetimeSpec;

/** The rules as {@code rules.cuh} has them: each is a file of PTX. */
enum KernelRule {
    /** No plasticity. */
    NONE("none"),
    /** Decaying Hebb. */
    DECAYING_HEBB("decaying_hebb"),
    /** Oja's. */
    OJA("oja"),
    /** Hebb within a hard bound. */
    HARD_BOUND("hard_bound"),
    /** Hebb within a soft bound. */
    SOFT_BOUND("soft_bound"),
    /** Neuromodulated, with fan-out or without. */
    NEUROMODULATED("neuromodulated"),
    /** Retroactively neuromodulated. */
    RETROACTIVE("retroactive");

    private final String ptx;

    KernelRule(String ptx) {
        this.ptx = ptx;
    }

    /** The name of the resource, without its ending. */
    String ptx() {
        return ptx;
    }

    boolean isPlastic() {
        return this != NONE;
    }

    boolean isModulated() {
        return this == NEUROMODULATED || this == RETROACTIVE;
    }

    /** How many kinds of trace there are. */
    int traces() {
        return this == NONE ? 0 : this == RETROACTIVE ? 2 : 1;
    }

    static KernelRule of(LifetimeSpec spec) {
        PlasticityRule rule = spec.rule();
        if (!spec.isPlastic()) {
            return NONE;
        } else if (rule instanceof DecayingHebb) {
            return DECAYING_HEBB;
        } else if (rule instanceof Oja) {
            return OJA;
        } else if (rule instanceof BoundedHebb bounded) {
            return bounded.bounding() == Bounding.SOFT ? SOFT_BOUND : HARD_BOUND;
        } else if (rule instanceof Neuromodulated) {
            return NEUROMODULATED;
        } else if (rule instanceof Retroactive) {
            return RETROACTIVE;
        }
        throw new AssertionError("a rule without a kernel: " + rule);
    }
}
