package org.plastic4j.core.lifetime;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.graph.GraphVariables;
import org.plastic4j.core.op.LivedLifetimeOp;
import org.plastic4j.core.op.PlasticSession;
import org.plastic4j.core.rule.KernelFamily;
import org.plastic4j.core.spec.KnownShapes;
import org.plastic4j.core.spec.LifetimeSpec;

/**
 * Lifetimes that a {@link LifetimeStepper} has lived from rest, for their gradients alone: what comes out is what the
 * stepper gave, and nothing is lived again. The gradients of parameters and drives are those of a {@link FusedLifetime} with
 * the same drives, bit for bit; the final traces cannot be asked for.
 *
 * <p>Parameters, drives and outputs have to belong together; that is not looked at. Gradients are wrong if the parameters
 * were changed in between.
 */
public record LivedLifetime() {

    /**
     * Adds a batch of lifetimes that have been lived to the graph.
     *
     * @param graph where the variables of parameters and inputs live
     * @param name of the outputs
     * @param drive what the steps were driven by, shape [T, B, n]
     * @param y what they gave, shape [T, B, n]; not differentiated
     * @return y, differentiable by the parameters and the drive
     * @throws IllegalArgumentException if the rule has no fused kernel, the parameters do not fit the cell, the shape of a
     *     variable that has one already does not, or the graph has a variable of this name
     */
    public SDVariable live(
            SameDiff graph,
            String name,
            PlasticCell cell,
            PlasticParameters parameters,
            SDVariable drive,
            SDVariable y) {
        if (cell.isPlastic()) {
            KernelFamily.required(cell.rule());
        }
        LifetimeInputs inputs = LifetimeInputs.driven(drive);
        LifetimeVariables.require("LivedLifetime", name, cell, parameters, inputs, KnownShapes.ANY);
        String scoped = GraphVariables.name(graph, "LivedLifetime", name, "");
        PlasticSession.installFor(graph);
        LifetimeSpec spec = LifetimeVariables.spec(cell, inputs);
        List<SDVariable> arguments = new ArrayList<>();
        spec.inputs().forEach(slot -> arguments.add(LifetimeVariables.of(slot, parameters, inputs)));
        arguments.add(y);
        return new LivedLifetimeOp(graph, spec, cell.neurons(), arguments.toArray(SDVariable[]::new))
                .outputVariables(scoped)[0];
    }
}
