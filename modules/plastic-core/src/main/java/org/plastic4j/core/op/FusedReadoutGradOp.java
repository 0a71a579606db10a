package org.plastic4j.core.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.plastic4j.core.spec.LifetimeSpec;

/** The gradient of {@link FusedReadoutOp}. */
public final class FusedReadoutGradOp extends FusedLifetimeGradOp {
    /** The op's name in graphs. */
    public static final String NAME = "plastic_readout_grad";

    /** For SameDiff, which copies ops by name. */
    public FusedReadoutGradOp() {
        // All there is to know comes with the arguments.
    }

    FusedReadoutGradOp(SameDiff graph, LifetimeSpec spec, SDVariable... arguments) {
        super(graph, spec, arguments);
    }

    @Override
    public String opName() {
        return NAME;
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> outputGradients) {
        throw noSecondDerivatives("readout", "UnrolledReadout");
    }
}
