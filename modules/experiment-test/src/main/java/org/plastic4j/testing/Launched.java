package org.plastic4j.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.plastic4j.training.metric.MetricTable;

/**
 * What a launch came to.
 *
 * @param code the exit code
 * @param out what the user saw on standard output
 * @param err what the user saw on standard error
 * @param directory where the run was to be
 */
public record Launched(int code, String out, String err, Path directory) {
    /** @return the run's metrics */
    public MetricTable metrics() {
        return MetricTable.read(directory.resolve("metrics.csv"));
    }

    /**
     * @param file a file of the run's directory
     * @return what it holds
     */
    public byte[] bytes(String file) {
        try {
            return Files.readAllBytes(directory.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
