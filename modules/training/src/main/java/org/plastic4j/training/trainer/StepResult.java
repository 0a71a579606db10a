package org.plastic4j.training.trainer;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What one batch of lifetimes gave.
 *
 * @param loss the loss that was differentiated
 * @param gradients for every parameter an array of its shape and type. They are the trainer's to overwrite until the
 *     next step, so a {@link Trainable} may hand out the same arrays again and again
 *     A trainable that keeps its gradients on a device and has an optimizer of its own hands out a number for each, the
 *     sum of its squares
 * @param measures what is recorded besides the loss, always under the same names, the main measure among them: means
 *     over the batch
 */
public record StepResult(double loss, Map<String, INDArray> gradients, LinkedHashMap<String, Double> measures) {}
