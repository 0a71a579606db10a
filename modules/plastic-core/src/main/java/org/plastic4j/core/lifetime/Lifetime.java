package org.plastic4j.core.lifetime;

import org.nd4j.autodiff.samediff.SameDiff;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.cell.PlasticParameters;

/**
 * A way to execute whole lifetimes of a plastic layer in a SameDiff graph. All ways compute the same function, the equations of
 * {@link PlasticCell}: of external inputs [T, B, n] the outputs y [T, B, n] and the final traces, each [B, n, n].
 */
public sealed interface Lifetime permits UnrolledLifetime, FusedLifetime {

    /**
     * Adds a batch of lifetimes to the graph.
     *
     * @param graph where the variables of parameters and inputs live
     * @param name the outputs are called {@code name_y}, {@code name_hebb} and {@code name_eligibility}, in the open name
     *     scope
     * @param cell what the layer is
     * @param parameters the variables of its parameters, which {@code requireFor} accepts
     * @param inputs external inputs, and the state to begin from
     * @return y of every step, [T, B, n], and the final traces, each [B, n, n]
     * @throws IllegalArgumentException if the parameters or inputs do not fit the cell, the shape of a variable that has
     *     one already does not, or the graph has a variable of one of the outputs' names
     */
    LifetimeOutputs build(
            SameDiff graph, String name, PlasticCell cell, PlasticParameters parameters, LifetimeInputs inputs);
}
