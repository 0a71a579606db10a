package org.plastic4j.core.op;

import java.util.List;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.kernel.ConvolutionKernel;
import org.plastic4j.core.kernel.ConvolutionTensors;
import org.plastic4j.core.spec.ConvolutionSpec;

/**
 * The gradient of {@link FusedConvolutionOp}. Inputs: those of the convolution, and the gradient of y(L).
 * Outputs: either the gradient of x, or those of all weights and biases, w(1), b(1) .. w(L), b(L).
 *
 * <p>Outputs of the layers do not pass through the graph: they are those that the kernel still has from the forward pass,
 * if it was with the same pictures and parameters, else computed again.
 *
 * <p>NaN and infinities of the gradient that comes in are results of the graph, and are passed on.
 */
public final class FusedConvolutionGradOp extends HostOp<ConvolutionTensors> {
    /** The op's name in graphs. */
    public static final String NAME = "plastic_convolution_grad";

    /** For SameDiff, which copies ops by name. */
    public FusedConvolutionGradOp() {
        // All there is to know comes with the arguments.
    }

    FusedConvolutionGradOp(SameDiff graph, ConvolutionSpec spec, boolean ofInput, SDVariable... arguments) {
        super(graph, arguments);
        spec.writeTo(this);
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
        return isOfInput()
                ? 1
                : ConvolutionSpec.readFrom(this).signature().inputs().size() - 1;
    }

    @Override
    ConvolutionTensors tensors(List<INDArray> inputs) {
        return new ConvolutionTensors(where(), ConvolutionSpec.readFrom(this), inputs);
    }

    @Override
    List<long[]> outputShapes(ConvolutionTensors in) {
        List<long[]> shapes = in.gradientShapes();
        return isOfInput() ? shapes.subList(0, 1) : shapes.subList(1, shapes.size());
    }

    @Override
    void execute(ConvolutionTensors in, List<INDArray> inputs, List<INDArray> outputs) {
        ConvolutionKernel kernel = Kernels.convolutions(in.type());
        INDArray gradient = inputs.get(inputs.size() - 1);
        if (isOfInput()) {
            kernel.inputGradient(in, gradient, outputs.get(0));
        } else {
            kernel.parameterGradients(in, gradient, outputs);
        }
    }

    @Override
    public List<SDVariable> doDiff(List<SDVariable> outputGradients) {
        throw noSecondDerivatives("convolution", "UnrolledEncoder");
    }
}
