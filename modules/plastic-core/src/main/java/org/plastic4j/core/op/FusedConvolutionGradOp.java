package org.plastic4j.core.op;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.plastic4j.core.convolution.ConvolutionStack;
import org.plastic4j.core.kernel.ConvolutionKernel;
import org.plastic4j.core.kernel.ConvolutionTensors;
import org.plastic4j.core.spec.ConvolutionArguments;

/**
 * The gradient of {@link FusedConvolutionOp}. Inputs: those of the convolution, and the gradient of y(L).
 * Outputs: either the gradient of x, or those of all weights and biases, w(1), b(1) .. w(L), b(L).
 *
 * <p>Outputs of the layers do not pass through the graph: they are those that the kernel still has from the way forward,
 * if it was with the same pictures and parameters, else computed again.
 *
 * <p>NaN and infinities of the gradient that comes in are results of the graph, and are passed on.
 */
public final class FusedConvolutionGradOp extends HostOp {
    /** The op's name in graphs. */
    public static final String NAME = "plastic_convolution_grad";

    /** For SameDiff, which copies ops by name. */
    public FusedConvolutionGradOp() {
        // All there is to know comes with the arguments.
    }

    FusedConvolutionGradOp(SameDiff graph, ConvolutionStack stack, boolean ofInput, SDVariable... arguments) {
        super(graph, arguments);
        ConvolutionArguments.write(stack, this);
        addBArgument(ofInput);
    }

    private boolean isOfInput() {
        return bArgs()[0];
    }

    @Override
    public String opName() {
        return NAME;
    }

    @Override
    public int getNumOutputs() {
        return isOfInput() ? 1 : 2 * ConvolutionArguments.read(this).layers().size();
    }

    @Override
    List<LongShapeDescriptor> outputShapes(OpContext context) {
        ConvolutionTensors in = ConvolutionTensors.of(where(), ConvolutionArguments.read(this), context);
        return in.gradientsOf(isOfInput()).stream()
                .map(array -> LongShapeDescriptor.fromShape(array.shape(), in.type()))
                .toList();
    }

    @Override
    void execute(OpContext context) {
        ConvolutionStack stack = ConvolutionArguments.read(this);
        ConvolutionTensors in = ConvolutionTensors.of(where(), stack, context);
        int layers = stack.layers().size();
        INDArray gradient = context.getInputArray(1 + 2 * layers);
        ConvolutionKernel kernel = Kernels.convolutions(in.type());
        if (isOfInput()) {
            kernel.inputGradient(in, gradient, context.getOutputArray(0));
        } else {
            List<INDArray> gradients = new ArrayList<>();
            for (int k = 0; k < 2 * layers; k++) {
                gradients.add(context.getOutputArray(k));
            }
            kernel.parameterGradients(in, gradient, gradients);
        }
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> outputGradients) {
        throw new UnsupportedOperationException(
                NAME + ": second derivatives of a fused convolution are not available; use UnrolledEncoder for them.");
    }
}
