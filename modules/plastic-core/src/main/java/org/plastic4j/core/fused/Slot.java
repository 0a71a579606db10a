package org.plastic4j.core.fused;

/** The inputs that a lifetime op may have, in the order in which it takes those that it has. */
public enum Slot {
    /** Added to the pre-activations, [T, B, n]. */
    DRIVE("drive"),
    /** Fixed weights, [n, n]. */
    W("w"),
    /** Plasticity coefficients, [n, n] or [1]. */
    ALPHA("alpha"),
    /** Plasticity rate, [1]. */
    ETA("eta"),
    /** Which neurons are clamped, 0 or 1, [T, B, n]. */
    MASK("clamp mask"),
    /** Where they are clamped, [T, B, n]. */
    VALUE("clamped value"),
    /** Outputs before the first step, [B, n]. */
    Y0("y0"),
    /** Traces before the first step, [B, n, n]. */
    HEBB0("hebb0");

    private final String label;

    Slot(String label) {
        this.label = label;
    }

    /** How errors name it. */
    public String label() {
        return label;
    }
}
