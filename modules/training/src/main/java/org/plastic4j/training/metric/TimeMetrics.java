package org.plastic4j.training.metric;

import java.nio.file.Path;
import java.util.Map;

/**
 * {@code times.csv}: how many seconds a run had taken at each row of its metrics. The clock is read here and not with the
 * measures, so that metrics.csv stays the same bytes for the same seed.
 */
public final class TimeMetrics implements MetricSink {
    /** The name of its second column. */
    public static final String SECONDS = "seconds";

    private final CsvMetrics file;
    private double secondsBefore;
    private long startedAt = System.nanoTime();

    /**
     * @param file a new file
     * @throws org.plastic4j.training.RunFailure if it cannot be written, now or later
     */
    public TimeMetrics(Path file) {
        this(new CsvMetrics(file));
    }

    private TimeMetrics(CsvMetrics file) {
        this.file = file;
    }

    /**
     * Continues the file of a run that was stopped.
     *
     * @param file an existing file of this kind
     * @param lifetimes the row to keep, and all before it; 0 for none
     * @return the sink
     * @throws org.plastic4j.training.UserError if that row is not in the file, or another process writes it
     */
    public static TimeMetrics resume(Path file, long lifetimes) {
        return new TimeMetrics(CsvMetrics.resume(file, lifetimes));
    }

    @Override
    public void begin(double seconds) {
        file.begin(seconds);
        secondsBefore = seconds;
        startedAt = System.nanoTime();
    }

    @Override
    public void record(long lifetimes, Map<String, Double> measures) {
        file.record(lifetimes, Map.of(SECONDS, secondsBefore + (System.nanoTime() - startedAt) / 1e9));
    }

    @Override
    public void sync() {
        file.sync();
    }

    @Override
    public void close() {
        file.close();
    }
}
