package org.plastic4j.training.trainer;

import java.util.LinkedHashMap;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.plastic4j.training.optimizer.AdamOptimizer;
import org.plastic4j.training.optimizer.AdamSettings;
import org.plastic4j.training.optimizer.Optimizer;

/** A network with its loss: forward and backward through whole lifetimes, and nothing else. */
public interface Trainable extends AutoCloseable {
    /**
     * The parameters by name, the very arrays that {@link #step} uses: the optimizer changes them in place.
     *
     * @return always the same arrays in the same order, as they are now
     */
    LinkedHashMap<String, INDArray> parameters();

    /**
     * Runs a batch of lifetimes forward and backward. Changes no parameter.
     *
     * @param lifetimes one batch from the stream
     * @return the loss, the gradient of every parameter, and what is to be recorded
     */
    StepResult step(MultiDataSet lifetimes);

    /**
     * What changes the parameters. There is one for each training.
     *
     * @param settings how
     * @param batch how many lifetimes make an update
     * @return an optimizer of {@link #parameters}
     */
    default Optimizer optimizer(AdamSettings settings, int batch) {
        return new AdamOptimizer(settings, batch, parameters());
    }

    /**
     * Runs a batch of lifetimes forward only. Changes no parameter.
     *
     * @param lifetimes one batch, of the size that the network was built for
     * @return the measures of {@link #step}, the main one among them: means over the batch
     */
    default LinkedHashMap<String, Double> evaluate(MultiDataSet lifetimes) {
        return step(lifetimes).measures();
    }

    @Override
    default void close() {}
}
