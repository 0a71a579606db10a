package org.plastic4j.core.fused;

/** The inputs that a readout op may have, in the order in which it takes those that it has. */
public enum ReadoutSlot {
    /** What comes in, [T, B, m]. */
    X("x"),
    /** Added to the pre-activations, [T, B, n]. */
    DRIVE("drive"),
    /** Fixed weights, [m, n]. */
    W("w"),
    /** Plasticity coefficients, [m, n] or [1]. */
    ALPHA("alpha"),
    /** Plasticity rate, [1]. */
    ETA("eta"),
    /** Traces before the first step, [B, m, n]. */
    HEBB0("hebb0");

    private final String label;

    ReadoutSlot(String label) {
        this.label = label;
    }

    /** How errors name it. */
    public String label() {
        return label;
    }
}
