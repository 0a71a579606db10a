package org.plastic4j.core.lifetime;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.spec.LifetimeVariables;
import org.plastic4j.core.spec.Signature;
import org.plastic4j.core.spec.Slot;

/**
 * What a batch of B lifetimes of T steps receives. Time comes first.
 *
 * @param drive external input, added to the pre-activations, shape [T, B, n]
 * @param clamp neurons that are held at given values; empty where none is
 * @param y0 outputs before the first step, shape [B, n]; zero where empty
 * @param hebb0 Hebbian traces before the first step, shape [B, n, n]; zero where empty
 * @param eligibility0 eligibility traces before the first step, for rules that have them, shape [B, n, n]; zero where
 *     empty
 */
public record LifetimeInputs(
        SDVariable drive,
        Optional<Clamp> clamp,
        Optional<SDVariable> y0,
        Optional<SDVariable> hebb0,
        Optional<SDVariable> eligibility0) {
    /**
     * Neurons that are held, and where: {@code y = mask value + (1 - mask) tanh(pre)}.
     *
     * @param mask 1 where a neuron is clamped, 0 elsewhere, shape [T, B, n]; not differentiated
     * @param value the output of clamped neurons, shape [T, B, n]
     */
    public record Clamp(SDVariable mask, SDVariable value) {
        /**
         * Both are required.
         *
         * @param mask 1 where a neuron is clamped, 0 elsewhere, shape [T, B, n]; not differentiated
         * @param value the output of clamped neurons, shape [T, B, n]
         */
        public Clamp {
            Objects.requireNonNull(mask, "mask");
            Objects.requireNonNull(value, "value");
        }
    }

    /**
     * None may be null.
     *
     * @param drive external input, added to the pre-activations, shape [T, B, n]
     * @param clamp neurons that are held at given values; empty where none is
     * @param y0 outputs before the first step, shape [B, n]; zero where empty
     * @param hebb0 Hebbian traces before the first step, shape [B, n, n]; zero where empty
     * @param eligibility0 eligibility traces before the first step, for rules that have them, shape [B, n, n];
     *     zero where empty
     */
    public LifetimeInputs {
        Objects.requireNonNull(drive, "drive");
        Objects.requireNonNull(clamp, "clamp");
        Objects.requireNonNull(y0, "y0");
        Objects.requireNonNull(hebb0, "hebb0");
        Objects.requireNonNull(eligibility0, "eligibility0");
    }

    /**
     * {@return lifetimes that are driven, nothing clamped, from rest}
     *
     * @param drive external input of every step, [T, B, n]
     */
    public static LifetimeInputs driven(SDVariable drive) {
        return new LifetimeInputs(drive, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /**
     * {@return the same with clamped neurons}
     *
     * @param mask 1 where a neuron is clamped, else 0, [T, B, n]
     * @param value what it is clamped to, [T, B, n]
     */
    public LifetimeInputs clamped(SDVariable mask, SDVariable value) {
        return new LifetimeInputs(drive, Optional.of(new Clamp(mask, value)), y0, hebb0, eligibility0);
    }

    /**
     * {@return the same from a given state instead of rest}
     *
     * @param initialY outputs before the first step, [B, n]
     * @param initialHebb traces before the first step, [B, n, n]
     */
    public LifetimeInputs from(SDVariable initialY, SDVariable initialHebb) {
        return new LifetimeInputs(drive, clamp, Optional.of(initialY), Optional.of(initialHebb), eligibility0);
    }

    /**
     * {@return the same, with eligibility traces to begin from as well}
     *
     * @param initialY outputs before the first step, [B, n]
     * @param initialHebb traces before the first step, [B, n, n]
     * @param initialEligibility eligibility traces before the first step, [B, n, n]
     */
    public LifetimeInputs from(SDVariable initialY, SDVariable initialHebb, SDVariable initialEligibility) {
        return new LifetimeInputs(
                drive, clamp, Optional.of(initialY), Optional.of(initialHebb), Optional.of(initialEligibility));
    }

    /**
     * The variables of lifetimes of a cell, checked.
     *
     * @param where what takes them
     * @param steps T, or {@link Signature#ANY}
     * @throws IllegalArgumentException if the parameters do not fit the cell, a variable of known shape does not, or there
     *     are eligibility traces and the cell's rule has none
     */
    LifetimeVariables variables(String where, PlasticCell cell, PlasticParameters parameters, long steps) {
        if (eligibility0.isPresent() && !cell.hasEligibility()) {
            throw new IllegalArgumentException(
                    "LifetimeInputs: expected no eligibility0 for " + cell.description() + ", found one.");
        }
        Map<Slot, SDVariable> inputs = new EnumMap<>(Slot.class);
        inputs.put(Slot.DRIVE, drive);
        clamp.ifPresent(given -> {
            inputs.put(Slot.MASK, given.mask());
            inputs.put(Slot.VALUE, given.value());
        });
        y0.ifPresent(given -> inputs.put(Slot.Y0, given));
        hebb0.ifPresent(given -> inputs.put(Slot.HEBB0, given));
        eligibility0.ifPresent(given -> inputs.put(Slot.ELIGIBILITY0, given));
        return LifetimeVariables.of(where, cell, parameters, inputs, steps);
    }
}
