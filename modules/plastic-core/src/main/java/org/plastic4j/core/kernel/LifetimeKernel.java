package org.plastic4j.core.kernel;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Computes lifetimes and their gradients on a CPU. Implementations agree to rounding. */
public interface LifetimeKernel {
    /**
     * Runs a batch of lifetimes.
     *
     * @param y receives the outputs, [T, B, n]
     * @param traces receive the final traces, each [B, n, n]: Hebbian and eligibility, as far as there are any
     */
    void forward(LifetimeTensors in, INDArray y, INDArray[] traces);

    /**
     * The same one step at a time: equal bits for the same drives.
     *
     * @param parameters w, alpha and the rule's
     */
    StepKernel steps(LifetimeTensors parameters);

    /**
     * The gradients of {@code sum(y * yGradient)} and the same of each final trace.
     *
     * @param y the outputs that {@link #forward} gave
     * @param yGradient [T, B, n]
     * @param traceGradients each [B, n, n], as in {@link #forward}; none of them where all are zero
     * @param gradients an array for each input but the mask, which receives its gradient
     */
    void backward(
            LifetimeTensors in,
            INDArray y,
            INDArray yGradient,
            INDArray[] traceGradients,
            Map<String, INDArray> gradients);
}
