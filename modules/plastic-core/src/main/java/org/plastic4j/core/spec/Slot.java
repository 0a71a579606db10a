package org.plastic4j.core.spec;

import java.util.Optional;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.rule.RuleParameter;

/** The inputs that a lifetime op may have, in the order in which it takes those that it has. */
public enum Slot {
    /** Added to the pre-activations, [T, B, n]. */
    DRIVE("drive"),
    /** Fixed weights, [n, n]. */
    W("w"),
    /** Plasticity coefficients, [n, n] or [1]. */
    ALPHA("alpha"),
    /** Plasticity rate, [1]. */
    ETA(RuleParameter.ETA),
    /** Weights of the neuromodulator, [n]. */
    MODULATOR_WEIGHTS(RuleParameter.MODULATOR_WEIGHTS),
    /** Its bias, [1]. */
    MODULATOR_BIAS(RuleParameter.MODULATOR_BIAS),
    /** How much of it reaches each neuron, [n]. */
    FAN_OUT_WEIGHTS(RuleParameter.FAN_OUT_WEIGHTS),
    /** What each neuron adds to it, [n]. */
    FAN_OUT_BIAS(RuleParameter.FAN_OUT_BIAS),
    /** Which neurons are clamped, 0 or 1, [T, B, n]. */
    MASK("clamp mask"),
    /** Where they are clamped, [T, B, n]. */
    VALUE("clamped value"),
    /** Outputs before the first step, [B, n]. */
    Y0("y0"),
    /** Hebbian traces before the first step, [B, n, n]. */
    HEBB0("hebb0"),
    /** Eligibility traces before the first step, [B, n, n]. */
    ELIGIBILITY0("eligibility0");

    private final String label;
    private final RuleParameter ruleParameter;

    Slot(String label) {
        this.label = label;
        ruleParameter = null;
    }

    Slot(RuleParameter ruleParameter) {
        label = ruleParameter.key();
        this.ruleParameter = ruleParameter;
    }

    /** The slot that holds what a rule learns. */
    public static Slot of(RuleParameter parameter) {
        for (Slot slot : values()) {
            if (parameter.equals(slot.ruleParameter)) {
                return slot;
            }
        }
        throw new IllegalArgumentException("Parameter " + parameter.key() + " of a rule without a fused kernel.");
    }

    /** What of the rule it holds; null for the slots that hold something else. */
    public RuleParameter ruleParameter() {
        return ruleParameter;
    }

    /** How errors name it. */
    public String label() {
        return label;
    }

    /** The shape of what it holds in T steps of B lifetimes of n neurons; empty where it is one number. */
    public Optional<long[]> shape(Alpha alpha, long steps, long batch, long neurons) {
        return switch (this) {
            case DRIVE, MASK, VALUE -> Optional.of(new long[] {steps, batch, neurons});
            case W -> Optional.of(new long[] {neurons, neurons});
            case ALPHA -> alpha == Alpha.SHARED ? Optional.empty() : W.shape(alpha, steps, batch, neurons);
            case ETA, MODULATOR_BIAS -> Optional.empty();
            case MODULATOR_WEIGHTS, FAN_OUT_WEIGHTS, FAN_OUT_BIAS -> Optional.of(new long[] {neurons});
            case Y0 -> Optional.of(new long[] {batch, neurons});
            case HEBB0, ELIGIBILITY0 -> Optional.of(new long[] {batch, neurons, neurons});
        };
    }
}
