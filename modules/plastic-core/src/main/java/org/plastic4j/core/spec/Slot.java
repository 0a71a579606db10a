package org.plastic4j.core.spec;

import java.util.Arrays;
import org.plastic4j.core.rule.RuleParameter;

/** The inputs that a fused lifetime may have, in the order in which its op takes those that it has. */
public enum Slot {
    /** What comes into a readout, [T, B, m]. */
    X("x"),
    /** External input, added to the pre-activations, [T, B, n]. */
    DRIVE("drive"),
    /** Fixed weights, [m, n]. */
    W("w"),
    /** Plasticity coefficients, [m, n] or [1]. */
    ALPHA("alpha"),
    /** Plasticity rate, [1]. */
    ETA(RuleParameter.ETA.key()),
    /** Weights of the neuromodulator, [n]. */
    MODULATOR_WEIGHTS(RuleParameter.MODULATOR_WEIGHTS.key()),
    /** Its bias, [1]. */
    MODULATOR_BIAS(RuleParameter.MODULATOR_BIAS.key()),
    /** How much of it reaches each neuron, [n]. */
    FAN_OUT_WEIGHTS(RuleParameter.FAN_OUT_WEIGHTS.key()),
    /** What each neuron adds to it, [n]. */
    FAN_OUT_BIAS(RuleParameter.FAN_OUT_BIAS.key()),
    /** Which neurons are clamped, 0 or 1, [T, B, n]. */
    MASK("clamp mask"),
    /** Where they are clamped, [T, B, n]. */
    VALUE("clamped value"),
    /** Outputs before the first step, [B, n]. */
    Y0("y0"),
    /** Hebbian traces before the first step, [B, m, n]. */
    HEBB0("hebb0"),
    /** Eligibility traces before the first step, [B, m, n]. */
    ELIGIBILITY0("eligibility0");

    private final String label;

    Slot(String label) {
        this.label = label;
    }

    /** The slot of this label, such as the key of a parameter that a rule learns. */
    public static Slot of(String label) {
        return Arrays.stream(values())
                .filter(slot -> slot.label.equals(label))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException("Parameter " + label + " of a rule without a fused kernel."));
    }

    /** How errors name it; the key of what a rule learns. */
    public String label() {
        return label;
    }
}
