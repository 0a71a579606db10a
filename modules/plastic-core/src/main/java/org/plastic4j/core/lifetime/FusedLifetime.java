package org.plastic4j.core.lifetime;

import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.fused.FusedLifetimeOp;
import org.plastic4j.core.fused.LifetimeSpec;
import org.plastic4j.core.fused.NotFiniteInput;
import org.plastic4j.core.fused.PlasticSession;
import org.plastic4j.core.fused.Slot;

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
        parameters.requireFor(cell);
        inputs.requireFor(cell);
        PlasticSession.installFor(graph, name);
        LifetimeSpec spec = new LifetimeSpec(
                cell.rule(),
                cell.alpha(),
                inputs.clamp().isPresent(),
                inputs.y0().isPresent(),
                cell.isPlastic() && inputs.hebb0().isPresent(),
                inputs.eligibility0().isPresent());
        SDVariable[] arguments = spec.inputs().stream()
                .map(slot -> variable(slot, parameters, inputs))
                .toArray(SDVariable[]::new);
        SDVariable[] outputs = new FusedLifetimeOp(graph, spec, arguments).outputVariables(name);
        return new LifetimeOutputs(
                outputs[0].rename(name + "_y"),
                cell.isPlastic() ? Optional.of(outputs[1].rename(name + "_hebb")) : Optional.empty(),
                cell.hasEligibility() ? Optional.of(outputs[2].rename(name + "_eligibility")) : Optional.empty());
    }

    static SDVariable variable(Slot slot, PlasticParameters parameters, LifetimeInputs inputs) {
        return switch (slot) {
            case DRIVE -> inputs.drive();
            case W -> parameters.w();
            case ALPHA -> parameters.plastic().orElseThrow().alpha();
            case ETA, MODULATOR_WEIGHTS, MODULATOR_BIAS, FAN_OUT_WEIGHTS, FAN_OUT_BIAS ->
                parameters.plastic().orElseThrow().rule().get(slot.ruleParameter());
            case MASK -> inputs.clamp().orElseThrow().mask();
            case VALUE -> inputs.clamp().orElseThrow().value();
            case Y0 -> inputs.y0().orElseThrow();
            case HEBB0 -> inputs.hebb0().orElseThrow();
            case ELIGIBILITY0 -> inputs.eligibility0().orElseThrow();
        };
    }
}
