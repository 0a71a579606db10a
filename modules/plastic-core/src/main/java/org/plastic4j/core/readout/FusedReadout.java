package org.plastic4j.core.readout;

import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.cell.PlasticReadout;
import org.plastic4j.core.graph.GraphVariables;
import org.plastic4j.core.lifetime.LifetimeOutputs;
import org.plastic4j.core.op.FusedReadoutOp;
import org.plastic4j.core.op.PlasticSession;
import org.plastic4j.core.spec.KnownShapes;
import org.plastic4j.core.spec.ReadoutSpec;

/**
 * The same function and gradients as {@link UnrolledReadout} in one op of the graph, for float and double on the CPU.
 * Memory does not grow with T m n, and the number of steps is read from x at run time.
 *
 * <p>For what runs such an op, and how a saved graph is loaded, see {@link org.plastic4j.core.lifetime.FusedLifetime}.
 */
public record FusedReadout() implements ReadoutLifetime {

    @Override
    public LifetimeOutputs live(
            SameDiff graph, String name, PlasticReadout readout, PlasticParameters parameters, ReadoutInputs inputs) {
        ReadoutVariables.require("FusedReadout", name, readout, parameters, inputs, KnownShapes.ANY);
        String scoped = GraphVariables.name(graph, "FusedReadout", name, ReadoutVariables.ENDINGS);
        PlasticSession.installFor(graph);
        ReadoutSpec spec = ReadoutVariables.spec(readout, inputs);
        SDVariable[] arguments = spec.inputs().stream()
                .map(slot -> ReadoutVariables.of(slot, parameters, inputs))
                .toArray(SDVariable[]::new);
        SDVariable[] outputs = new FusedReadoutOp(graph, spec, arguments).outputVariables(scoped);
        return new LifetimeOutputs(
                outputs[0].rename(scoped + "_y"),
                readout.isPlastic() ? Optional.of(outputs[1].rename(scoped + "_hebb")) : Optional.empty(),
                Optional.empty());
    }
}
