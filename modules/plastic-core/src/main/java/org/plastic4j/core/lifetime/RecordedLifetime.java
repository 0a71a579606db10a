package org.plastic4j.core.lifetime;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.graph.GraphVariables;
import org.plastic4j.core.kernel.compiled.RuleProgram;
import org.plastic4j.core.op.RecordedLifetimeOp;
import org.plastic4j.core.spec.LifetimeVariables;
import org.plastic4j.core.spec.Signature;

/**
 * Lifetimes whose outputs a {@link LifetimeStepper} gave from rest on, for their gradients alone: the outputs are those that
 * were recorded, and nothing is computed a second time. The gradients of parameters and external inputs are those of a {@link
 * FusedLifetime} with the same external inputs, bit for bit; there are no final traces.
 *
 * <p>Parameters, external inputs and outputs have to belong together, which is not checked. Gradients are wrong if the
 * parameters were changed in between.
 */
public record RecordedLifetime() {

    /**
     * Adds a batch of recorded lifetimes to the graph.
     *
     * @param graph where the variables of parameters and inputs live
     * @param name of the outputs
     * @param cell what the layer is
     * @param parameters the variables of its parameters, which {@code requireFor} accepts
     * @param drive the external input of the steps, shape [T, B, n]
     * @param y the outputs of the steps, shape [T, B, n]; not differentiated
     * @return y, differentiable by the parameters and the external input
     * @throws IllegalArgumentException if no RuleProvider finds the rule by its key, the parameters do not fit the cell, the
     *     shape of a variable that has one already does not, or the graph has a variable of this name
     */
    public SDVariable build(
            SameDiff graph,
            String name,
            PlasticCell cell,
            PlasticParameters parameters,
            SDVariable drive,
            SDVariable y) {
        if (cell.isPlastic()) {
            RuleProgram.requireFound(cell.rule());
        }
        LifetimeVariables variables = LifetimeInputs.driven(drive)
                .variables("RecordedLifetime \"" + name + "\"", cell, parameters, Signature.ANY);
        String scoped = GraphVariables.name(graph, "RecordedLifetime", name, "");
        List<SDVariable> arguments = new ArrayList<>(variables.inputs());
        arguments.add(y);
        return new RecordedLifetimeOp(graph, variables.spec(), arguments.toArray(SDVariable[]::new))
                .outputVariables(scoped)[0];
    }
}
