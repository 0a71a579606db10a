package org.plastic4j.core.op;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.kernel.NotFiniteInput;
import org.plastic4j.core.spec.LifetimeSpec;
import org.plastic4j.core.spec.Slot;

/**
 * A batch of lifetimes as one op: inputs as in {@link LifetimeSpec#inputs()}, outputs y [T, B, n] and, where the layer
 * is plastic, the final Hebbian trace and, where the rule has one, the final eligibility trace, each [B, n, n].
 *
 * <p>Inputs of another shape or type than the drive asks for, and such with a NaN or an infinity ({@link
 * NotFiniteInput}), are refused before any work. A lifetime that overflows although all inputs are finite gives what it
 * comes to: whoever trains looks at losses and gradients.
 */
public final class FusedLifetimeOp extends LifetimeOp {
    /** The op's name in graphs. */
    public static final String NAME = "plastic_lifetime";

    /** For SameDiff, which copies ops by name. */
    public FusedLifetimeOp() {
        // All there is to know comes with the arguments.
    }

    /** Adds the op to a graph; the arguments stand in the order of {@code spec.inputs()}. */
    public FusedLifetimeOp(SameDiff graph, LifetimeSpec spec, int neurons, SDVariable... arguments) {
        super(graph, spec, neurons, arguments);
    }

    @Override
    public String opName() {
        return NAME;
    }

    @Override
    public int getNumOutputs() {
        return spec().outputs();
    }

    @Override
    List<LongShapeDescriptor> outputShapes(OpContext context) {
        LifetimeTensors in = tensors(context);
        DataType type = in.type();
        List<LongShapeDescriptor> shapes = new ArrayList<>();
        shapes.add(LongShapeDescriptor.fromShape(new long[] {in.steps(), in.batch(), in.neurons()}, type));
        for (int k = 0; k < in.spec().traces(); k++) {
            shapes.add(LongShapeDescriptor.fromShape(new long[] {in.batch(), in.neurons(), in.neurons()}, type));
        }
        return shapes;
    }

    @Override
    void execute(OpContext context) {
        LifetimeTensors in = tensors(context);
        in.requireFinite(where());
        INDArray[] traces = new INDArray[in.spec().traces()];
        for (int k = 0; k < traces.length; k++) {
            traces[k] = context.getOutputArray(1 + k);
        }
        Kernels.forType(in.type()).forward(in, context.getOutputArray(0), traces);
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> outputGradients) {
        List<SDVariable> arguments = new ArrayList<>(Arrays.asList(args()));
        arguments.add(outputVariables()[0]);
        arguments.addAll(outputGradients);
        SDVariable[] gradients = new FusedLifetimeGradOp(
                        sameDiff, spec(), neurons(), arguments.toArray(SDVariable[]::new))
                .outputVariables();
        List<SDVariable> all = new ArrayList<>();
        int next = 0;
        for (Slot slot : spec().inputs()) {
            // The mask is a choice, not a quantity: its gradient is zero by definition.
            all.add(slot == Slot.MASK ? sameDiff.zerosLike(arg(all.size())) : gradients[next++]);
        }
        return all;
    }
}
