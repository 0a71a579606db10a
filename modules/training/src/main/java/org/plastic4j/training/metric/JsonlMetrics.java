package org.plastic4j.training.metric;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.plastic4j.training.Numbers;

/** One JSON object a line, with the same names and numbers as the table; what JSON has no number for is null. */
public final class JsonlMetrics implements MetricSink {
    private final RowFile file;

    /**
     * @param file a new file
     * @throws org.plastic4j.training.RunFailure if it cannot be written, now or later
     */
    public JsonlMetrics(Path file) {
        this.file = RowFile.create(file);
    }

    private JsonlMetrics(RowFile file) {
        this.file = file;
    }

    /**
     * Goes on with the file of a run that was stopped, after cutting off the rows that are to be written again.
     *
     * @param file an existing file of this kind
     * @param lifetimes the row to keep, and all before it; 0 for none
     * @return the sink
     * @throws org.plastic4j.training.UserError if that row is not in the file, or another process writes it
     */
    public static JsonlMetrics resume(Path file, long lifetimes) {
        return new JsonlMetrics(RowFile.resume(file, lifetimes, RowFile.Format.JSONL));
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
    public void sync() {
        file.sync();
    }

    @Override
    public void close() {
        file.close();
    }
}
