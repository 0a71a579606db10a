package org.plastic4j.core.fused;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Computes lifetimes and their gradients on a CPU. Implementations agree to rounding. */
interface LifetimeKernel {
    /**
     * Lives a batch of lifetimes.
     *
     * @param y receives the outputs, [T, B, n]
     * @param hebb receives the final traces, [B, n, n]; null where the layer is not plastic
     */
    void forward(LifetimeTensors in, INDArray y, INDArray hebb);

    /**
     * The gradients of {@code sum(y * yGradient) + sum(hebb * hebbGradient)}.
     *
     * @param y the outputs that {@link #forward} gave
     * @param yGradient [T, B, n]
     * @param hebbGradient [B, n, n]; null where the layer is not plastic
     * @param gradients an array for each input but the mask, which receives its gradient
     */
    void backward(
            LifetimeTensors in, INDArray y, INDArray yGradient, INDArray hebbGradient, Map<Slot, INDArray> gradients);
}
