package org.plastic4j.report.search;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.plastic4j.training.UserError;
import org.plastic4j.training.metric.CsvMetrics;
import org.plastic4j.training.metric.MetricTable;
import org.plastic4j.training.run.RunFacts;

/**
 * What one value gave with one configuration.
 *
 * @param error the mean of the primary metric on validation lifetimes
 * @param loss the mean training loss of the last lifetimes
 * @param lifetimes on how many lifetimes it was trained
 * @param seconds how long that took
 */
record Trial(double error, double loss, long lifetimes, double seconds) {
    /** The trial in a run's directory; empty if the run has not ended, or diverged. */
    static Optional<Trial> read(Path run, Search search) {
        Path facts = run.resolve("run.json");
        if (!Files.isRegularFile(facts) || !RunFacts.read(facts).finished()) {
            return Optional.empty();
        }
        RunFacts found = RunFacts.read(facts);
        return Optional.of(new Trial(
                validated(run, search, found), loss(run, search.window()), found.lifetimes(), found.seconds()));
    }

    /** Whether the run's end was evaluated on so many validation lifetimes. */
    static boolean isValidated(Path run, Search search) {
        return !Double.isNaN(validated(run, search, RunFacts.read(run.resolve("run.json"))));
    }

    private static double validated(Path run, Search search, RunFacts facts) {
        Path file = run.resolve("eval-validation.json");
        if (!Files.isRegularFile(file)) {
            return Double.NaN;
        }
        try {
            JsonNode found = new ObjectMapper().readTree(file.toFile());
            boolean same = found.path("lifetimes").asInt() == search.validationLifetimes()
                    && found.path("checkpoint").asText().equals("newest")
                    && found.path("trainedLifetimes").asLong() == facts.lifetimes();
            return same ? found.path("mean").asDouble(Double.NaN) : Double.NaN;
        } catch (IOException e) {
            throw new UserError(file + ": expected the result of an evaluation in JSON, found something else", e);
        }
    }

    private static double loss(Path run, int window) {
        MetricTable metrics = MetricTable.read(run.resolve("metrics.csv"));
        double[] lifetimes = metrics.column(CsvMetrics.LIFETIMES);
        double[] losses = metrics.column("loss");
        double end = lifetimes[lifetimes.length - 1];
        int from = 0;
        while (lifetimes[from] <= end - window) {
            from++;
        }
        return Arrays.stream(losses, from, losses.length).average().orElse(Double.NaN);
    }
}
