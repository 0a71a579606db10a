package org.plastic4j.core.spec;

import java.util.Optional;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticReadout;

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

    /** The shape of what it holds in T steps of B lifetimes; empty where it is one number. */
    public Optional<long[]> shape(PlasticReadout readout, long steps, long batch) {
        long m = readout.inputs();
        long n = readout.outputs();
        return switch (this) {
            case X -> Optional.of(new long[] {steps, batch, m});
            case DRIVE -> Optional.of(new long[] {steps, batch, n});
            case W -> Optional.of(new long[] {m, n});
            case ALPHA -> readout.alpha() == Alpha.SHARED ? Optional.empty() : Optional.of(new long[] {m, n});
            case ETA -> Optional.empty();
            case HEBB0 -> Optional.of(new long[] {batch, m, n});
        };
    }
}
