package org.plastic4j.core.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.spec.LifetimeSpec;
import org.plastic4j.core.spec.Signature;
import org.plastic4j.core.spec.Signature.Input;

/**
 * A batch of lifetimes that has been recorded, for its gradient alone: inputs as in {@link LifetimeSpec#signature()} and
 * then y [T, B, n], which is what {@link FusedLifetimeOp} would give for them; the output is y.
 */
public final class RecordedLifetimeOp extends LifetimeOp {
    /** The op's name in graphs, that of graphs which are saved already. */
    public static final String NAME = "plastic_recorded_lifetime";

    /** For SameDiff, which copies ops by name. */
    public RecordedLifetimeOp() {
        // All there is to know comes with the arguments.
    }

    /** Adds the op to a graph; the arguments stand in the order of the signature, and y after them. */
    public RecordedLifetimeOp(SameDiff graph, LifetimeSpec spec, SDVariable... arguments) {
        super(graph, spec, arguments);
    }

    @Override
    public String opName() {
        return NAME;
    }

    @Override
    public int getNumOutputs() {
        return 1;
    }

    @Override
    LifetimeTensors tensors(List<INDArray> inputs) {
        LifetimeSpec spec = spec();
        Input y = Input.of("y", Signature.STEPS, Signature.BATCH, spec.layer().outputs());
        return new LifetimeTensors(where(), spec, spec.signature().with(y), inputs);
    }

    @Override
    List<long[]> outputShapes(LifetimeTensors in) {
        return List.of(in.get("y").shape());
    }

    @Override
    void execute(LifetimeTensors in, List<INDArray> inputs, List<INDArray> outputs) {
        in.requireFinite(where());
        outputs.get(0).assign(in.get("y"));
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> outputGradients) {
        SDVariable[] arguments = argumentsAnd(outputGradients.toArray(SDVariable[]::new));
        List<SDVariable> gradients =
                new ArrayList<>(Arrays.asList(new FusedLifetimeGradOp(sameDiff, spec(), arguments).outputVariables()));
        // y is what came of the other inputs, and no input of its own.
        gradients.add(sameDiff.zerosLike(arg(spec().signature().inputs().size())));
        return gradients;
    }
}
