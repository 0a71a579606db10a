package org.plastic4j.training.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.plastic4j.training.UserError;

/**
 * What a run's evaluation on the test split says.
 *
 * @param mean the mean of the primary metric
 * @param lifetimes on how many held-out lifetimes
 * @param checkpoint of which checkpoint, newest or best
 * @param trainedLifetimes on how many lifetimes that had been trained
 */
public record HeldOut(double mean, long lifetimes, String checkpoint, long trainedLifetimes) {
    /**
     * @param run the run's directory
     * @return its evaluation; empty if it was not evaluated
     * @throws UserError if the file is no evaluation
     */
    public static Optional<HeldOut> read(Path run) {
        Path file = file(run);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            JsonNode found = new ObjectMapper().readTree(file.toFile());
            if (!found.path("mean").isNumber()) {
                throw new UserError(file + ": expected the result of an evaluation, found no mean in it");
            }
            return Optional.of(new HeldOut(
                    found.path("mean").doubleValue(),
                    found.path("lifetimes").asLong(),
                    found.path("checkpoint").asText(),
                    found.path("trainedLifetimes").asLong()));
        } catch (IOException e) {
            throw new UserError(file + ": expected the result of an evaluation in JSON, found something else", e);
        }
    }

    /**
     * @param run the run's directory
     * @return where its evaluation is, if it was evaluated
     */
    public static Path file(Path run) {
        return run.resolve("eval-test.json");
    }

    /**
     * @param run the run's directory
     * @param facts what the run says of itself
     * @return the evaluation of its end, on however many lifetimes; empty if that was not evaluated
     */
    public static Optional<HeldOut> ofEnd(Path run, RunFacts facts) {
        return read(run).filter(found -> found.isOf(Math.toIntExact(found.lifetimes), facts));
    }

    /**
     * An evaluation of an earlier checkpoint, of the best one or on other lifetimes does not count.
     *
     * @param wanted on how many lifetimes it has to be
     * @param facts what the run says of itself
     * @return whether this is the evaluation of the run's end
     */
    public boolean isOf(int wanted, RunFacts facts) {
        return lifetimes == wanted && checkpoint.equals("newest") && trainedLifetimes == facts.lifetimes();
    }
}
