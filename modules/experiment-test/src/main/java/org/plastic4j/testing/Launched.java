package org.plastic4j.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.plastic4j.training.checkpoint.Checkpoint;
import org.plastic4j.training.checkpoint.CheckpointFolder;
import org.plastic4j.training.metric.MetricTable;
import org.plastic4j.training.optimizer.AdamOptimizer;

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

    /**
     * Asserts that another run gave the same bits.
     *
     * @param other the other run
     */
    public void assertSameBits(Launched other) {
        for (String file : List.of("metrics.csv", "checkpoint/parameters.npz", "checkpoint/optimizer.npz")) {
            assertThat(other.bytes(file)).as(file).isEqualTo(bytes(file));
        }
    }

    /**
     * Asserts that gradients reached every parameter.
     *
     * @param experiment the experiment's name
     * @return the run's newest checkpoint
     */
    public Checkpoint assertTrainedAllParameters(String experiment) {
        Checkpoint checkpoint = new CheckpointFolder(directory).load(experiment);
        assertThat(checkpoint.parameters()).isNotEmpty();
        checkpoint
                .parameters()
                .keySet()
                .forEach(name -> assertThat(checkpoint
                                .optimizer()
                                .get(name + AdamOptimizer.SQUARE)
                                .maxNumber()
                                .doubleValue())
                        .as("squared gradients of %s", name)
                        .isPositive()
                        .isFinite());
        return checkpoint;
    }
}
