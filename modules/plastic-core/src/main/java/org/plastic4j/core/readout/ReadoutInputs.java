package org.plastic4j.core.readout;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.cell.PlasticReadout;
import org.plastic4j.core.spec.LifetimeVariables;
import org.plastic4j.core.spec.Signature;
import org.plastic4j.core.spec.Slot;

/**
 * What a readout receives in a batch of B lifetimes of T steps. Time comes first.
 *
 * @param x pre-synaptic activity, such as an encoder's output, shape [T, B, m]
 * @param drive external input, added to the pre-activations, shape [T, B, n]; a large number at one class, zero elsewhere,
 *     clamps the output to a label
 * @param hebb0 traces before the first step, shape [B, m, n]; zero where empty, of no effect where alpha is absent
 */
public record ReadoutInputs(SDVariable x, SDVariable drive, Optional<SDVariable> hebb0) {

    /**
     * None may be null.
     *
     * @param x pre-synaptic activity, such as an encoder's output, shape [T, B, m]
     * @param drive external input, added to the pre-activations, shape [T, B, n]; a large number at one class,
     *     zero elsewhere, clamps the output to a label
     * @param hebb0 traces before the first step, shape [B, m, n]; zero where empty, of no effect where alpha is
     *     absent
     */
    public ReadoutInputs {
        Objects.requireNonNull(x, "x");
        Objects.requireNonNull(drive, "drive");
        Objects.requireNonNull(hebb0, "hebb0");
    }

    /**
     * {@return lifetimes whose traces begin at zero}
     *
     * @param x outputs of the neurons before the connections, [T, B, m]
     * @param drive external input of every step, [T, B, n]
     */
    public static ReadoutInputs of(SDVariable x, SDVariable drive) {
        return new ReadoutInputs(x, drive, Optional.empty());
    }

    /**
     * The variables of lifetimes of a readout, checked.
     *
     * @param where what takes them
     * @param steps T, or {@link Signature#ANY}
     * @throws IllegalArgumentException if the parameters do not fit the readout, or a variable of known shape does not
     */
    LifetimeVariables variables(String where, PlasticReadout readout, PlasticParameters parameters, long steps) {
        Map<Slot, SDVariable> inputs = new EnumMap<>(Map.of(Slot.X, x, Slot.DRIVE, drive));
        hebb0.ifPresent(given -> inputs.put(Slot.HEBB0, given));
        return LifetimeVariables.of(where, readout, parameters, inputs, steps);
    }

    /**
     * {@return the same from given traces}
     *
     * @param initialHebb traces before the first step, [B, m, n]
     */
    public ReadoutInputs from(SDVariable initialHebb) {
        return new ReadoutInputs(x, drive, Optional.of(initialHebb));
    }
}
