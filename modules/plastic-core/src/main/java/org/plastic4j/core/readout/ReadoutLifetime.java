package org.plastic4j.core.readout;

import org.nd4j.autodiff.samediff.SameDiff;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.cell.PlasticReadout;
import org.plastic4j.core.lifetime.LifetimeOutputs;

/**
 * A way to execute whole lifetimes of a plastic readout in a SameDiff graph. Both ways compute the same function, the equations
 * of {@link PlasticReadout}: of inputs x [T, B, m] and external inputs [T, B, n] the outputs y [T, B, n] and the final traces
 * [B, m, n].
 */
public sealed interface ReadoutLifetime permits UnrolledReadout, FusedReadout {

    /**
     * Adds a batch of lifetimes to the graph.
     *
     * @param graph where the variables of parameters and inputs live
     * @param name the outputs are called {@code name_y}, shape [T, B, n], and {@code name_hebb}, shape [B, m, n], in
     *     the open name scope
     * @param readout what the layer is
     * @param parameters the variables of its parameters, which {@code requireFor} accepts
     * @param inputs external inputs, and the state to begin from
     * @return y of every step and the final traces
     * @throws IllegalArgumentException if the parameters do not fit the readout, the shape of a variable that has one
     *     already does not, or the graph has a variable of one of the outputs' names
     */
    LifetimeOutputs build(
            SameDiff graph, String name, PlasticReadout readout, PlasticParameters parameters, ReadoutInputs inputs);
}
