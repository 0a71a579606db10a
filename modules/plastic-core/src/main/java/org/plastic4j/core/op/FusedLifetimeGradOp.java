package org.plastic4j.core.op;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.spec.LifetimeSpec;
import org.plastic4j.core.spec.Signature.Input;

/**
 * The gradient of {@link FusedLifetimeOp} and of {@link RecordedLifetimeOp}. Inputs: those of the lifetime, its y, and the
 * gradients of its outputs; those of the final traces are zero where they are missing.
 * Outputs: the gradient of every input but the mask, in the inputs' order and shapes.
 *
 * <p>It needs nothing from the forward pass but y: traces are recomputed from y, which is cheap beside reading them. Sums
 * that a kernel still has of the very same lifetimes are used again, and formed where it has not.
 *
 * <p>The lifetime has looked at its inputs for NaN and infinities. Those of y and of the gradients that come in are
 * results of the graph, and are passed on: a loss of NaN is to be seen as such, not as an error in the inputs.
 */
public class FusedLifetimeGradOp extends LifetimeOp {
    /** The op's name in graphs. */
    public static final String NAME = "plastic_lifetime_grad";

    /** For SameDiff, which copies ops by name. */
    public FusedLifetimeGradOp() {
        // All there is to know comes with the arguments.
    }

    FusedLifetimeGradOp(SameDiff graph, LifetimeSpec spec, SDVariable... arguments) {
        super(graph, spec, arguments);
    }

    @Override
    public String opName() {
        return NAME;
    }

    @Override
    public int getNumOutputs() {
        return spec().signature().differentiable().size();
    }

    @Override
    List<long[]> outputShapes(LifetimeTensors in) {
        return in.gradientShapes();
    }

    @Override
    void execute(LifetimeTensors in, List<INDArray> inputs, List<INDArray> outputs) {
        int y = in.spec().signature().inputs().size();
        INDArray[] traceGradients = inputs.subList(y + 2, inputs.size()).toArray(INDArray[]::new);
        Map<String, INDArray> gradients = new LinkedHashMap<>();
        for (Input input : in.spec().signature().differentiable()) {
            gradients.put(input.label(), outputs.get(gradients.size()));
        }
        Kernels.of(in).backward(in, inputs.get(y), inputs.get(y + 1), traceGradients, gradients);
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> outputGradients) {
        throw noSecondDerivatives("lifetime", "UnrolledLifetime");
    }
}
