package org.plastic4j.experiment.metric;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.plastic4j.experiment.Numbers;

/** A table with a header whose first column is {@code lifetimes}, the same in every locale. */
public final class CsvMetrics implements MetricSink {
    /** The name of the first column. */
    public static final String LIFETIMES = "lifetimes";

    private final RowFile file;

    /**
     * @param file a new file
     * @throws org.plastic4j.experiment.RunFailure if it cannot be written, now or later
     */
    public CsvMetrics(Path file) {
        this.file = new RowFile(file);
    }

    @Override
    public void record(long lifetimes, Map<String, Double> measures) {
        if (file.isFirst(measures)) {
            file.append(LIFETIMES + "," + String.join(",", measures.keySet()));
        }
        file.append(lifetimes + ","
                + measures.values().stream().map(Numbers::shortest).collect(Collectors.joining(",")));
    }

    @Override
    public void close() {
        file.close();
    }
}
