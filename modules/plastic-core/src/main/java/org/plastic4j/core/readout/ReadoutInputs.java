package org.plastic4j.core.readout;

import java.util.Objects;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * What a readout receives in a batch of B lifetimes of T steps. Time comes first.
 *
 * @param x pre-synaptic activity, such as an encoder's output, shape [T, B, m]
 * @param drive added to the pre-activations, shape [T, B, n]; a large number at one class, zero elsewhere, shows a label
 * @param hebb0 traces before the first step, shape [B, m, n]; zero where empty, of no effect where alpha is absent
 */
public record ReadoutInputs(SDVariable x, SDVariable drive, Optional<SDVariable> hebb0) {

    /** None may be null. */
    public ReadoutInputs {
        Objects.requireNonNull(x, "x");
        Objects.requireNonNull(drive, "drive");
        Objects.requireNonNull(hebb0, "hebb0");
    }

    /** Lifetimes whose traces begin at zero. */
    public static ReadoutInputs of(SDVariable x, SDVariable drive) {
        return new ReadoutInputs(x, drive, Optional.empty());
    }

    /** The same from given traces. */
    public ReadoutInputs from(SDVariable initialHebb) {
        return new ReadoutInputs(x, drive, Optional.of(initialHebb));
    }
}
