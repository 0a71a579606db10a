package org.plastic4j.core.op;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.plastic4j.core.kernel.ReadoutTensors;
import org.plastic4j.core.kernel.reference.ReadoutKernel;
import org.plastic4j.core.spec.ReadoutSlot;
import org.plastic4j.core.spec.ReadoutSpec;

/**
 * The gradient of {@link FusedReadoutOp}. Inputs: those of the readout, its y, the gradient of y and, where the readout
 * is plastic, of the final trace. Outputs: the gradient of every input, in the inputs' order and shapes.
 *
 * <p>It keeps nothing from the forward pass but y: traces are lived again from x and y.
 *
 * <p>NaN and infinities of y and of the gradients that come in are results of the graph, and are passed on.
 */
public final class FusedReadoutGradOp extends HostOp {
    /** The op's name in graphs. */
    public static final String NAME = "plastic_readout_grad";

    /** For SameDiff, which copies ops by name. */
    public FusedReadoutGradOp() {
        // All there is to know comes with the arguments.
    }

    FusedReadoutGradOp(SameDiff graph, ReadoutSpec spec, SDVariable... arguments) {
        super(graph, arguments);
        spec.writeTo(this);
    }

    @Override
    public String opName() {
        return NAME;
    }

    @Override
    public int getNumOutputs() {
        return ReadoutSpec.readFrom(this).inputs().size();
    }

    @Override
    List<LongShapeDescriptor> outputShapes(OpContext context) {
        ReadoutSpec spec = ReadoutSpec.readFrom(this);
        ReadoutTensors in = ReadoutTensors.of(where(), spec, context);
        return spec.inputs().stream()
                .map(slot -> LongShapeDescriptor.fromShape(in.get(slot).shape(), in.type()))
                .toList();
    }

    @Override
    void execute(OpContext context) {
        ReadoutSpec spec = ReadoutSpec.readFrom(this);
        ReadoutTensors in = ReadoutTensors.of(where(), spec, context);
        List<ReadoutSlot> slots = spec.inputs();
        int y = slots.size();
        INDArray hebbGradient = spec.isPlastic() ? context.getInputArray(y + 2) : null;
        Map<ReadoutSlot, INDArray> gradients = new EnumMap<>(ReadoutSlot.class);
        for (int i = 0; i < slots.size(); i++) {
            gradients.put(slots.get(i), context.getOutputArray(i));
        }
        ReadoutKernel.backward(in, context.getInputArray(y), context.getInputArray(y + 1), hebbGradient, gradients);
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> outputGradients) {
        throw new UnsupportedOperationException(
                NAME + ": second derivatives of a fused readout are not available; use UnrolledReadout for them.");
    }
}
