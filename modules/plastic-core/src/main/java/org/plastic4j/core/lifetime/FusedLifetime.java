package org.plastic4j.core.lifetime;

import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.graph.GraphVariables;
import org.plastic4j.core.kernel.NotFiniteInput;
import org.plastic4j.core.op.FusedLifetimeOp;
import org.plastic4j.core.op.PlasticSession;
import org.plastic4j.core.spec.KnownShapes;
import org.plastic4j.core.spec.LifetimeSpec;

/**
 * The same function and gradients as {@link UnrolledLifetime} in one op of the graph, for float and double on the CPU.
 * Memory does not grow with T n^2, and the number of steps is read from the drive at run time.
 *
 * <p>What goes in is checked when the graph runs: another shape or type than the drive asks for is refused, and so is a
 * NaN or an infinity ({@link NotFiniteInput}), by the input's name.
 *
 * <p>The op is Java code inside the graph. It runs in the sessions that {@link SameDiff#output}, {@link
 * SameDiff#calculateGradients} and a Deeplearning4j {@code SameDiffLayer} open; {@link SameDiff#fit} builds a session of
 * its own that does not know it, so train with {@code calculateGradients} and an ND4J updater. To load a saved graph in
 * a fresh process, call {@link PlasticSession#install()} before.
 */
public record FusedLifetime() implements Lifetime {

    @Override
    public LifetimeOutputs live(
            SameDiff graph, String name, PlasticCell cell, PlasticParameters parameters, LifetimeInputs inputs) {
        LifetimeVariables.require("FusedLifetime", name, cell, parameters, inputs, KnownShapes.ANY);
        String scoped = GraphVariables.name(graph, "FusedLifetime", name, LifetimeVariables.ENDINGS);
        PlasticSession.installFor(graph, scoped);
        LifetimeSpec spec = LifetimeVariables.spec(cell, inputs);
        SDVariable[] arguments = spec.inputs().stream()
                .map(slot -> LifetimeVariables.of(slot, parameters, inputs))
                .toArray(SDVariable[]::new);
        SDVariable[] outputs = new FusedLifetimeOp(graph, spec, cell.neurons(), arguments).outputVariables(scoped);
        return new LifetimeOutputs(
                outputs[0].rename(scoped + "_y"),
                cell.isPlastic() ? Optional.of(outputs[1].rename(scoped + "_hebb")) : Optional.empty(),
                cell.hasEligibility() ? Optional.of(outputs[2].rename(scoped + "_eligibility")) : Optional.empty());
    }
}
