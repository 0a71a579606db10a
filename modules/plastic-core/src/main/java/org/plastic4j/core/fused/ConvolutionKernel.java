package org.plastic4j.core.fused;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** What computes stacks of convolutions and their gradients; the equations stand in docs/math.md. */
interface ConvolutionKernel {

    /** Fills y(1) .. y(L). */
    void forward(ConvolutionTensors in, List<INDArray> outputs);

    /**
     * The gradients of {@code sum(y(L) * gradient)} by weights and biases.
     *
     * @param outputs y(1) .. y(L), as {@link #forward} gave them
     * @param gradient [B, height, width, filters]
     * @param gradients receives those of w(1), b(1) .. w(L), b(L)
     */
    void parameterGradients(ConvolutionTensors in, List<INDArray> outputs, INDArray gradient, List<INDArray> gradients);

    /** The gradient of the same sum by x, which {@code inputGradient} receives. */
    void inputGradient(ConvolutionTensors in, List<INDArray> outputs, INDArray gradient, INDArray inputGradient);
}
