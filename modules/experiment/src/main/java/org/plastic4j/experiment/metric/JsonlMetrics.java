package org.plastic4j.experiment.metric;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.plastic4j.experiment.Numbers;

/** One JSON object a line, with the same names and numbers as the table; what JSON has no number for is null. */
public final class JsonlMetrics implements MetricSink {
    private final RowFile file;

    /**
     * @param file a new file
     * @throws org.plastic4j.experiment.RunFailure if it cannot be written, now or later
     */
    public JsonlMetrics(Path file) {
        this.file = new RowFile(file);
    }

    @Override
    public void record(long lifetimes, Map<String, Double> measures) {
        file.isFirst(measures);
        file.append(measures.entrySet().stream()
                .map(entry -> "\"%s\":%s".formatted(entry.getKey(), json(entry.getValue())))
                .collect(Collectors.joining(",", "{\"" + CsvMetrics.LIFETIMES + "\":" + lifetimes + ",", "}")));
    }

    private static String json(double value) {
        return Double.isFinite(value) ? Numbers.shortest(value) : "null";
    }

    @Override
    public void close() {
        file.close();
    }
}
