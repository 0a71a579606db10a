package org.plastic4j.core.kernel;

import org.nd4j.linalg.api.ndarray.INDArray;

/** A batch of lifetimes that are run one step at a time. It keeps no reference to arrays that it is given. */
public interface StepKernel {
    /** Reads w, alpha and the rule's parameters; {@link #begin} has to follow. */
    void load(LifetimeTensors parameters);

    /**
     * Sets the state: y0, hebb0 and eligibility0, zero where there is none.
     *
     * @param states of neurons, each [B, n]; none of them where they begin with their initial values
     */
    void begin(LifetimeTensors state, INDArray... states);

    /**
     * Runs a step.
     *
     * @param drive [B, n]
     * @param mask [B, n]; null where nothing is clamped, as is value
     * @param y receives the outputs, [B, n]
     * @throws IllegalArgumentException if the mask holds anything but 0 and 1; the state is then as before
     */
    void step(INDArray drive, INDArray mask, INDArray value, INDArray y);

    /**
     * Writes the state, and leaves it as it is.
     *
     * @param y receives the last outputs, [B, n]
     * @param traces receive the traces, each [B, n, n]: Hebbian and eligibility, as far as there are any
     * @param states receive the states of neurons, each [B, n]
     */
    void store(INDArray y, INDArray[] traces, INDArray... states);
}
