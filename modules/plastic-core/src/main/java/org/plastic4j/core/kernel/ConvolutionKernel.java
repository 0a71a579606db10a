package org.plastic4j.core.kernel;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What computes stacks of convolutions and their gradients; the equations stand in docs/math.md. */
public interface ConvolutionKernel {

    /** Fills y(L). */
    void forward(ConvolutionTensors in, INDArray output);

    /**
     * The gradients of {@code sum(y(L) * gradient)} by weights and biases.
     *
     * @param gradient [B, height, width, filters]
     * @param gradients receives those of w(1), b(1) .. w(L), b(L)
     */
    void parameterGradients(ConvolutionTensors in, INDArray gradient, List<INDArray> gradients);

    /** The gradient of the same sum by x, which {@code inputGradient} receives. */
    void inputGradient(ConvolutionTensors in, INDArray gradient, INDArray inputGradient);
}
