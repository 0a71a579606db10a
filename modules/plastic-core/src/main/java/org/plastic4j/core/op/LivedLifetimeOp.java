package org.plastic4j.core.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.kernel.NotFiniteInput;
import org.plastic4j.core.spec.LifetimeSpec;
import org.plastic4j.core.spec.Slot;
import org.plastic4j.core.spec.TensorCheck;

/**
 * A batch of lifetimes that has been lived already, for its gradient alone: inputs as in {@link LifetimeSpec#inputs()} and
 * then y [T, B, n], which is what {@link FusedLifetimeOp} would give for them; the output is y.
 */
public final class LivedLifetimeOp extends LifetimeOp {
    /** The op's name in graphs. */
    public static final String NAME = "plastic_lived_lifetime";

    /** For SameDiff, which copies ops by name. */
    public LivedLifetimeOp() {
        // All there is to know comes with the arguments.
    }

    /** Adds the op to a graph; the arguments stand in the order of {@code spec.inputs()}, and y after them. */
    public LivedLifetimeOp(SameDiff graph, LifetimeSpec spec, int neurons, SDVariable... arguments) {
        super(graph, spec, neurons, arguments);
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
    List<LongShapeDescriptor> outputShapes(OpContext context) {
        LifetimeTensors in = tensors(context);
        return List.of(LongShapeDescriptor.fromShape(new long[] {in.steps(), in.batch(), in.neurons()}, in.type()));
    }

    @Override
    void execute(OpContext context) {
        LifetimeTensors in = tensors(context);
        INDArray y = context.getInputArray(in.spec().inputs().size());
        INDArray drive = in.get(Slot.DRIVE);
        TensorCheck.require(
                y.equalShapes(drive) && y.dataType() == in.type(), where(), "y", "the drive's shape and type", y);
        in.requireFinite(where());
        NotFiniteInput.refuse(where(), "y", y);
        context.getOutputArray(0).assign(y);
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> outputGradients) {
        List<SDVariable> arguments = new ArrayList<>(Arrays.asList(args()));
        arguments.addAll(outputGradients);
        List<SDVariable> all = new ArrayList<>(
                Arrays.asList(new FusedLifetimeGradOp(sameDiff, spec(), neurons(), arguments.toArray(SDVariable[]::new))
                        .outputVariables()));
        // y is what came of the other inputs, and no input of its own.
        all.add(sameDiff.zerosLike(arg(spec().inputs().size())));
        return all;
    }
}
