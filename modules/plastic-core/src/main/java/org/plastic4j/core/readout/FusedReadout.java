package org.plastic4j.core.readout;

import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.cell.PlasticReadout;
import org.plastic4j.core.fused.FusedReadoutOp;
import org.plastic4j.core.fused.PlasticSession;
import org.plastic4j.core.fused.ReadoutSlot;
import org.plastic4j.core.fused.ReadoutSpec;
import org.plastic4j.core.lifetime.LifetimeOutputs;
import org.plastic4j.core.rule.RuleParameter;

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
        parameters.requireFor(readout);
        ReadoutShapes.require("FusedReadout", readout, parameters, inputs, ReadoutShapes.ANY);
        PlasticSession.installFor(graph, name);
        ReadoutSpec spec =
                new ReadoutSpec(readout, readout.isPlastic() && inputs.hebb0().isPresent());
        SDVariable[] arguments = spec.inputs().stream()
                .map(slot -> variable(slot, parameters, inputs))
                .toArray(SDVariable[]::new);
        SDVariable[] outputs = new FusedReadoutOp(graph, spec, arguments).outputVariables(name);
        return new LifetimeOutputs(
                outputs[0].rename(name + "_y"),
                readout.isPlastic() ? Optional.of(outputs[1].rename(name + "_hebb")) : Optional.empty(),
                Optional.empty());
    }

    private static SDVariable variable(ReadoutSlot slot, PlasticParameters parameters, ReadoutInputs inputs) {
        return switch (slot) {
            case X -> inputs.x();
            case DRIVE -> inputs.drive();
            case W -> parameters.w();
            case ALPHA -> parameters.plastic().orElseThrow().alpha();
            case ETA -> parameters.plastic().orElseThrow().rule().get(RuleParameter.ETA);
            case HEBB0 -> inputs.hebb0().orElseThrow();
        };
    }
}
