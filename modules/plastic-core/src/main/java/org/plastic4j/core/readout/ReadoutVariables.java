package org.plastic4j.core.readout;

import static org.plastic4j.core.spec.KnownShapes.ANY;

import org.nd4j.autodiff.samediff.SDVariable;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.cell.PlasticReadout;
import org.plastic4j.core.rule.RuleParameter;
import org.plastic4j.core.spec.KnownShapes;
import org.plastic4j.core.spec.ReadoutSlot;
import org.plastic4j.core.spec.ReadoutSpec;

/** The variables of a readout, and their shapes as far as they are known when the graph is built. */
final class ReadoutVariables {
    /** What the names of a readout's outputs end with. */
    static final String[] ENDINGS = {"_y", "_hebb"};

    private ReadoutVariables() {}

    /** What a readout with these inputs takes. */
    static ReadoutSpec spec(PlasticReadout readout, ReadoutInputs inputs) {
        return new ReadoutSpec(readout, readout.isPlastic() && inputs.hebb0().isPresent());
    }

    /** What a slot of its holds. */
    static SDVariable of(ReadoutSlot slot, PlasticParameters parameters, ReadoutInputs inputs) {
        return switch (slot) {
            case X -> inputs.x();
            case DRIVE -> inputs.drive();
            case W -> parameters.w();
            case ALPHA -> parameters.plastic().orElseThrow().alpha();
            case ETA -> parameters.plastic().orElseThrow().rule().get(RuleParameter.ETA);
            case HEBB0 -> inputs.hebb0().orElseThrow();
        };
    }

    /**
     * Checks that these are a readout's, all of them in shape: m and n are the readout's, T and B are those of x.
     *
     * @param execution how lifetimes are lived
     * @param name the lifetime's
     * @param steps T, or {@link KnownShapes#ANY}
     * @throws IllegalArgumentException if there are others than the readout has, or one does not fit
     */
    static void require(
            String execution,
            String name,
            PlasticReadout readout,
            PlasticParameters parameters,
            ReadoutInputs inputs,
            long steps) {
        parameters.requireFor(readout);
        long lifetimes = KnownShapes.size(inputs.x(), 1);
        long lived = steps == ANY ? KnownShapes.size(inputs.x(), 0) : steps;
        for (ReadoutSlot slot : spec(readout, inputs).inputs()) {
            boolean first = slot == ReadoutSlot.X;
            KnownShapes.require(
                    execution + " \"" + name + "\"",
                    slot.label(),
                    of(slot, parameters, inputs),
                    slot.shape(readout, first ? steps : lived, first ? ANY : lifetimes));
        }
    }
}
