package org.plastic4j.training.metric;

import java.util.List;
import java.util.Map;

/** Where the rows of a run's metrics go. */
public interface MetricSink extends AutoCloseable {
    /**
     * Training begins, or resumes.
     *
     * @param seconds how long it has taken before
     */
    default void begin(double seconds) {}

    /**
     * @param lifetimes how many lifetimes were trained on so far
     * @param measures the measures by name, always the same ones in the same order
     * @throws IllegalArgumentException if the names differ from those of the first row
     */
    void record(long lifetimes, Map<String, Double> measures);

    /** Makes sure that a loss of power does not take the rows so far, as far as there is a disk. */
    default void sync() {}

    @Override
    default void close() {}

    /**
     * @param sinks where each row goes, in order
     * @return one sink for all
     */
    static MetricSink all(List<MetricSink> sinks) {
        return new MetricSink() {
            @Override
            public void begin(double seconds) {
                sinks.forEach(sink -> sink.begin(seconds));
            }

            @Override
            public void record(long lifetimes, Map<String, Double> measures) {
                sinks.forEach(sink -> sink.record(lifetimes, measures));
            }

            @Override
            public void sync() {
                sinks.forEach(MetricSink::sync);
            }

            @Override
            public void close() {
                sinks.forEach(MetricSink::close);
            }
        };
    }
}
