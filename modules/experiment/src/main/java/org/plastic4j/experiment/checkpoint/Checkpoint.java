package org.plastic4j.experiment.checkpoint;

import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * All that a run needs to go on from where it was.
 *
 * @param state where it was
 * @param parameters the parameters by name
 * @param optimizer the optimizer's moments: {@code NAME.m} and {@code NAME.v} for every parameter
 */
public record Checkpoint(State state, Map<String, INDArray> parameters, Map<String, INDArray> optimizer) {
    /**
     * Where a run is.
     *
     * @param experiment the experiment's name
     * @param step how many updates have been made
     * @param lifetimes how many lifetimes have been trained on
     * @param seed the run's seed
     * @param dataPosition how many lifetimes have been drawn from the stream
     * @param configHash the SHA-256 of the resolved configuration's text, in hexadecimal digits
     */
    public record State(
            String experiment, long step, long lifetimes, long seed, long dataPosition, String configHash) {}
}
