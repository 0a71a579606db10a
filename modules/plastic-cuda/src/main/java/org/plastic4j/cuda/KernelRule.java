package org.plastic4j.cuda;

import org.plastic4j.core.rule.KernelFamily;
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
        // Its constants have the names of the families.
        return spec.isPlastic() ? valueOf(KernelFamily.required(spec.rule()).name()) : NONE;
    }
}
