package org.plastic4j.core.op;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.spec.LifetimeSpec;
import org.plastic4j.core.spec.Slot;

/**
 * The gradient of {@link FusedLifetimeOp} and of {@link LivedLifetimeOp}. Inputs: those of the lifetime, its y, and the
 * gradients of its outputs; those of the final traces are zero where they are missing.
 * Outputs: the gradient of every input but the mask, in the inputs' order and shapes.
 *
 * <p>It needs nothing from the forward pass but y: traces are rebuilt from y, which is cheap beside reading them. Sums that
 * a kernel still has of the very same life are used again, and formed where it has not.
 *
 * <p>The lifetime has looked at its inputs for NaN and infinities. Those of y and of the gradients that come in are
 * results of the graph, and are passed on: a loss of NaN is to be seen as such, not as a mistake in the inputs.
 */
public final class FusedLifetimeGradOp extends LifetimeOp {
    /** The op's name in graphs. */
    public static final String NAME = "plastic_lifetime_grad";

    /** For SameDiff, which copies ops by name. */
    public FusedLifetimeGradOp() {
        // All there is to know comes with the arguments.
    }

    public FusedLifetimeGradOp(SameDiff graph, LifetimeSpec spec, int neurons, SDVariable... arguments) {
        super(graph, spec, neurons, arguments);
    }

    private static List<Slot> differentiated(LifetimeSpec spec) {
        return spec.inputs().stream().filter(slot -> slot != Slot.MASK).toList();
    }

    @Override
    public String opName() {
        return NAME;
    }

    @Override
    public int getNumOutputs() {
        return differentiated(spec()).size();
    }

    @Override
    List<LongShapeDescriptor> outputShapes(OpContext context) {
        LifetimeTensors in = tensors(context);
        return differentiated(in.spec()).stream()
                .map(slot -> LongShapeDescriptor.fromShape(in.get(slot).shape(), in.type()))
                .toList();
    }

    @Override
    void execute(OpContext context) {
        LifetimeTensors in = tensors(context);
        LifetimeSpec spec = in.spec();
        int y = spec.inputs().size();
        INDArray[] traceGradients = new INDArray[y + 2 < context.numInputArguments() ? spec.traces() : 0];
        for (int k = 0; k < traceGradients.length; k++) {
            traceGradients[k] = context.getInputArray(y + 2 + k);
        }
        Map<Slot, INDArray> gradients = new EnumMap<>(Slot.class);
        List<Slot> slots = differentiated(spec);
        for (int i = 0; i < slots.size(); i++) {
            gradients.put(slots.get(i), context.getOutputArray(i));
        }
        Kernels.forType(in.type())
                .backward(in, context.getInputArray(y), context.getInputArray(y + 1), traceGradients, gradients);
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> outputGradients) {
        throw new UnsupportedOperationException(
                NAME + ": second derivatives of a fused lifetime are not available; use UnrolledLifetime for them.");
    }
}
