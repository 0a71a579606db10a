package org.plastic4j.training.optimizer;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Changes parameters by their gradients. */
public interface Optimizer {
    /**
     * Makes one update.
     *
     * @param gradients what a network's step gave last, which is overwritten; empty where gradients stay on the
     *     device that this optimizer works on
     * @throws IllegalArgumentException if one is missing or of another shape than its parameter
     */
    void update(Map<String, INDArray> gradients);

    /** @return how many updates have been made */
    int step();

    /** @return the moments as they are now, {@code NAME.m} and {@code NAME.v} for every parameter */
    Map<String, INDArray> moments();

    /**
     * Resumes from a checkpoint, whose parameters have been restored.
     *
     * @param step how many updates had been made
     * @param saved what {@link #moments} was
     * @throws IllegalArgumentException if a moment is missing or of another shape
     */
    void restore(int step, Map<String, INDArray> saved);
}
