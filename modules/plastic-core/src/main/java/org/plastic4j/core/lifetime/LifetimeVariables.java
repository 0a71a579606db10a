package org.plastic4j.core.lifetime;

import static org.plastic4j.core.spec.KnownShapes.ANY;

import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.rule.RuleParameter;
import org.plastic4j.core.spec.KnownShapes;
import org.plastic4j.core.spec.LifetimeSpec;
import org.plastic4j.core.spec.Slot;

/** The variables of a lifetime, and their shapes as far as they are known when the graph is built. */
final class LifetimeVariables {
    /** What the names of a lifetime's outputs end with. */
    static final String[] ENDINGS = {"_y", "_hebb", "_eligibility"};

    private LifetimeVariables() {}

    /** What a lifetime with these inputs takes. */
    static LifetimeSpec spec(PlasticCell cell, LifetimeInputs inputs) {
        return new LifetimeSpec(
                cell.rule(),
                cell.alpha(),
                inputs.clamp().isPresent(),
                inputs.y0().isPresent(),
                cell.isPlastic() && inputs.hebb0().isPresent(),
                inputs.eligibility0().isPresent());
    }

    /** What a slot of its holds. */
    static SDVariable of(Slot slot, PlasticParameters parameters, LifetimeInputs inputs) {
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

    /**
     * Checks that these are a cell's, all of them in shape: n is the cell's, T and B are those of the drive.
     *
     * @param execution how they are lived
     * @param name the lifetime's
     * @param steps T, or {@link KnownShapes#ANY}
     * @throws IllegalArgumentException if there are others than the cell has, or one does not fit
     */
    static void require(
            String execution,
            String name,
            PlasticCell cell,
            PlasticParameters parameters,
            LifetimeInputs inputs,
            long steps) {
        parameters.requireFor(cell);
        inputs.requireFor(cell);
        long lifetimes = KnownShapes.size(inputs.drive(), 1);
        long lived = steps == ANY ? KnownShapes.size(inputs.drive(), 0) : steps;
        String where = execution + " \"" + name + "\"";
        for (RuleParameter parameter : cell.ruleParameters()) {
            long[] shape = parameter.shape(cell.neurons(), cell.neurons());
            KnownShapes.require(
                    where,
                    parameter.key(),
                    parameters.plastic().orElseThrow().rule().get(parameter),
                    parameter.size() == RuleParameter.Size.ONE ? Optional.empty() : Optional.of(shape));
        }
        for (Slot slot : spec(cell, inputs).inputsOfLayer()) {
            boolean first = slot == Slot.DRIVE;
            KnownShapes.require(
                    where,
                    slot.label(),
                    of(slot, parameters, inputs),
                    slot.shape(cell.alpha(), first ? steps : lived, first ? ANY : lifetimes, cell.neurons()));
        }
    }
}
