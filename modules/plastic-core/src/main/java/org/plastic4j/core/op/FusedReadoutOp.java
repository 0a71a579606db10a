package org.plastic4j.core.op;

import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.plastic4j.core.spec.LifetimeSpec;

/** A batch of lifetimes of a plastic readout as one op. */
public final class FusedReadoutOp extends FusedLifetimeOp {
    /** The op's name in graphs. */
    public static final String NAME = "plastic_readout";

    /** For SameDiff, which copies ops by name. */
    public FusedReadoutOp() {
        // All there is to know comes with the arguments.
    }

    /** Adds the op to a graph; the arguments stand in the order of the signature. */
    public FusedReadoutOp(SameDiff graph, LifetimeSpec spec, SDVariable... arguments) {
        super(graph, spec, arguments);
    }

    @Override
    public String opName() {
        return NAME;
    }

    @Override
    FusedLifetimeGradOp gradientOp(SDVariable... arguments) {
        return new FusedReadoutGradOp(sameDiff, spec(), arguments);
    }
}
