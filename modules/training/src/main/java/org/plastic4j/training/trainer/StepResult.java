package org.plastic4j.training.trainer;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What one batch of lifetimes gave.
 *
 * @param loss the loss that was differentiated
 * @param gradients for every parameter an array of its shape and type; empty where the gradients stay on a device. They
 *     are the trainer's to overwrite until the next step, so a {@link Trainable} may hand out the same arrays again and
 *     again
 * @param squaredNorms where the gradients stay on a device, for every parameter the sum of its gradient's squares; empty
 *     where {@code gradients} holds them
 * @param measures what is recorded besides the loss, always under the same names, the primary metric among them: means
 *     over the batch
 */
public record StepResult(
        double loss,
        Map<String, INDArray> gradients,
        Map<String, Double> squaredNorms,
        LinkedHashMap<String, Double> measures) {
    /**
     * The result of a step whose gradients are here.
     *
     * @param loss the loss that was differentiated
     * @param gradients for every parameter an array of its shape and type
     * @param measures what is recorded besides the loss
     */
    public StepResult(double loss, Map<String, INDArray> gradients, LinkedHashMap<String, Double> measures) {
        this(loss, gradients, Map.of(), measures);
    }
}
