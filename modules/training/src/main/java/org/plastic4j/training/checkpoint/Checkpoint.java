package org.plastic4j.training.checkpoint;

import java.util.List;
import java.util.Map;
import java.util.Optional;
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
     * @param run whose checkpoint it is
     * @param step how many updates have been made
     * @param lifetimes how many lifetimes have been trained on
     * @param dataPosition how many lifetimes have been drawn from the stream
     * @param seconds how long training has taken so far
     * @param recent the latest values of the primary metric
     * @param row what belongs into the next row of the metrics
     * @param best the best mean of the primary metric at a checkpoint so far
     */
    public record State(
            Run run,
            long step,
            long lifetimes,
            long dataPosition,
            double seconds,
            Recent recent,
            PendingRow row,
            Optional<Best> best) {}

    /**
     * Which run a checkpoint belongs to.
     *
     * @param experiment the experiment's name
     * @param version the version of Plastic4j that wrote it
     * @param seed the run's seed
     * @param configHash the SHA-256 of the settings, without the length of the run, in hexadecimal digits
     * @param settings every setting by its path
     */
    public record Run(String experiment, String version, long seed, String configHash, Map<String, String> settings) {}

    /**
     * A rolling window as it stands.
     *
     * @param seen how many values have passed
     * @param window the values, one a slot; the newest is in slot {@code (seen - 1) % size}
     */
    public record Recent(long seen, List<Double> window) {}

    /**
     * A row of the metrics that is not full yet.
     *
     * @param after how many lifetimes the row before it is at; 0 if there is none
     * @param updates how many updates are in it
     * @param sums the sums of their measures, in the columns' order
     */
    public record PendingRow(long after, int updates, Map<String, Double> sums) {}

    /**
     * A good place in a run.
     *
     * @param lifetimes where it is
     * @param mean the mean of the primary metric over the lifetimes before it
     */
    public record Best(long lifetimes, double mean) {}
}
