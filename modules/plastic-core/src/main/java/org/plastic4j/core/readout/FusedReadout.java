package org.plastic4j.core.readout;

import org.nd4j.autodiff.samediff.SameDiff;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.cell.PlasticReadout;
import org.plastic4j.core.graph.GraphVariables;
import org.plastic4j.core.lifetime.LifetimeOutputs;
import org.plastic4j.core.op.FusedReadoutOp;
import org.plastic4j.core.spec.LifetimeVariables;
import org.plastic4j.core.spec.Signature;

/**
 * The same function and gradients as {@link UnrolledReadout} in one op of the graph, for float and double on the CPU:
 * the equations of {@link PlasticReadout}, of x [T, B, m] the outputs y [T, B, n] and the final traces [B, m, n].
 * Memory does not grow with T m n, and the number of steps is read from x at run time.
 *
 * <p>For what runs such an op, and how a saved graph is loaded, see {@link org.plastic4j.core.lifetime.FusedLifetime}.
 */
public record FusedReadout() implements ReadoutLifetime {

    @Override
    public LifetimeOutputs build(
            SameDiff graph, String name, PlasticReadout readout, PlasticParameters parameters, ReadoutInputs inputs) {
        String where = "FusedReadout \"" + name + "\"";
        LifetimeVariables variables = inputs.variables(where, readout, parameters, Signature.ANY);
        String scoped = GraphVariables.name(graph, "FusedReadout", name, "_y", "_hebb");
        return LifetimeOutputs.of(
                scoped, new FusedReadoutOp(graph, variables.spec(), variables.arguments()).outputVariables(scoped));
    }
}
