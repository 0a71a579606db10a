package org.plastic4j.report.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.plastic4j.training.UserError;
import org.plastic4j.training.config.Settings;
import org.plastic4j.training.trainer.PrimaryMetric;
import org.plastic4j.training.trainer.TrainingSettings;

/**
 * What a run's directory says of the run, its metrics apart.
 *
 * @param path the directory
 * @param facts its run.json
 * @param settings its config.yaml, the text of every value by its path
 */
public record RunRecord(Path path, JsonNode facts, Map<String, String> settings) {
    /**
     * @param path a run's directory
     * @return what it says
     * @throws UserError if run.json or config.yaml cannot be read
     */
    public static RunRecord read(Path path) {
        try {
            JsonNode facts =
                    new ObjectMapper().readTree(path.resolve("run.json").toFile());
            return new RunRecord(path, facts, Settings.ofYaml(Files.readString(path.resolve("config.yaml"))));
        } catch (IOException | IllegalArgumentException e) {
            throw new UserError(
                    String.format(Locale.ROOT, "%s: run.json or config.yaml cannot be read (%s)", path, e.getMessage()),
                    e);
        }
    }

    /** @return the experiment's name */
    public String experiment() {
        return facts.path("experiment").asText();
    }

    /** @return the run's seed; a question mark where it is not recorded */
    public String seed() {
        return settings.getOrDefault("seed", "?");
    }

    /**
     * @param column the column that it is in runs of versions that did not record it
     * @return what the run is measured by
     */
    public PrimaryMetric measure(String column) {
        JsonNode measure = facts.path("measure");
        String name = measure.path("column").asText(column);
        return new PrimaryMetric(
                name,
                measure.path("label").asText(name),
                measure.path("lowerIsBetter").asBoolean(true)
                        ? PrimaryMetric.Better.LOWER
                        : PrimaryMetric.Better.HIGHER,
                measure.path("share").asBoolean(false) ? PrimaryMetric.Unit.FRACTION : PrimaryMetric.Unit.NUMBER);
    }

    /** @return what ends the run when it is reached, if anything does */
    public Optional<Double> target() {
        return number("training.stop.target");
    }

    /** @return over how many lifetimes the primary metric's mean is the run's result */
    public long window() {
        return number("training.stop.window")
                .or(() -> number("training.window"))
                .map(Double::longValue)
                .orElse((long) TrainingSettings.DEFAULT_WINDOW);
    }

    /**
     * @param setting the path of a setting
     * @return its value, where it has one that is a number
     */
    public Optional<Double> number(String setting) {
        try {
            return Optional.ofNullable(settings.get(setting)).map(Double::valueOf);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
