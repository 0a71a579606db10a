package org.plastic4j.core.lifetime;

import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * What a batch of lifetimes gives.
 *
 * @param y the neurons' outputs at steps 1 to T, shape [T, B, n]
 * @param hebb the Hebbian traces after the last step, shape [B, n, n], of a readout [B, m, n]; empty where the layer is
 *     not plastic
 * @param eligibility the eligibility traces after the last step, shape [B, n, n]; empty where the rule has none
 */
public record LifetimeOutputs(SDVariable y, Optional<SDVariable> hebb, Optional<SDVariable> eligibility) {
    /** What the names of a cell's outputs end with. */
    static final String[] ENDINGS = {"_y", "_hebb", "_eligibility"};

    /**
     * The outputs of a fused op, renamed.
     *
     * @param name what their names begin with
     * @param outputs y, and the traces as far as there are any
     * @return the same outputs by these names
     */
    public static LifetimeOutputs of(String name, SDVariable... outputs) {
        return new LifetimeOutputs(
                outputs[0].rename(name + "_y"),
                outputs.length > 1 ? Optional.of(outputs[1].rename(name + "_hebb")) : Optional.empty(),
                outputs.length > 2 ? Optional.of(outputs[2].rename(name + "_eligibility")) : Optional.empty());
    }
}
