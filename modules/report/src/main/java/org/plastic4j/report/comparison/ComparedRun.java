package org.plastic4j.report.comparison;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.plastic4j.training.UserError;
import org.plastic4j.training.metric.CsvMetrics;
import org.plastic4j.training.metric.MetricTable;
import org.plastic4j.training.metric.WindowMeans;
import org.plastic4j.training.run.HeldOut;
import org.plastic4j.training.run.RunFacts;
import org.plastic4j.training.trainer.PrimaryMetric;

/**
 * A run, read back from its directory.
 *
 * @param record its run.json and config.yaml
 * @param table its metrics.csv
 */
record ComparedRun(RunRecord record, MetricTable table) {
    /** The run of a directory, or those of its folders, as several seeds leave them. */
    static List<ComparedRun> read(Path path) {
        if (!Files.isDirectory(path)) {
            throw new UserError(String.format(Locale.ROOT, "%s: no such folder, expected a run's directory", path));
        }
        if (isRun(path)) {
            return List.of(readOne(path));
        }
        try (Stream<Path> folders = Files.list(path)) {
            List<ComparedRun> runs = folders.filter(ComparedRun::isRun)
                    .sorted(Comparator.comparing(ComparedRun::seedIn).thenComparing(Path::toString))
                    .map(ComparedRun::readOne)
                    .toList();
            if (runs.isEmpty()) {
                throw new UserError(String.format(
                        Locale.ROOT,
                        "%s: holds no run, expected run.json and metrics.csv there or in its folders",
                        path));
            }
            return runs;
        } catch (IOException e) {
            throw new UserError(String.format(Locale.ROOT, "%s: cannot be read (%s)", path, e), e);
        }
    }

    private static boolean isRun(Path path) {
        return Files.isRegularFile(path.resolve("run.json")) && Files.isRegularFile(path.resolve("metrics.csv"));
    }

    /** So that seed 10 comes after seed 9. */
    private static long seedIn(Path path) {
        String digits = path.getFileName().toString().replaceAll("\\D+", "");
        return digits.isEmpty() || digits.length() > 18 ? 0 : Long.parseLong(digits);
    }

    private static ComparedRun readOne(Path path) {
        MetricTable table = MetricTable.read(path.resolve("metrics.csv"));
        if (table.rows().isEmpty()) {
            throw new UserError(String.format(
                    Locale.ROOT, "%s: expected at least one row, found none", path.resolve("metrics.csv")));
        }
        return new ComparedRun(RunRecord.read(path), table);
    }

    Path path() {
        return record.path();
    }

    JsonNode facts() {
        return record.facts();
    }

    String experiment() {
        return record.experiment();
    }

    /** What the run was measured by. Runs from before that was written down have it in the column after lifetimes. */
    PrimaryMetric measure() {
        return record.measure(table.names().get(1));
    }

    double[] lifetimes() {
        return table.column(CsvMetrics.LIFETIMES);
    }

    double lastLifetime() {
        double[] lifetimes = lifetimes();
        return lifetimes[lifetimes.length - 1];
    }

    WindowMeans means(long window) {
        return new WindowMeans(table, measure().name(), window);
    }

    /** The mean of the last lifetimes, as the run itself has it where it is over as many. */
    double result(long window) {
        JsonNode result = facts().path("result");
        return result.path("window").asLong() == window
                ? result.path("mean").asDouble()
                : means(window).last();
    }

    /** After how many lifetimes a full window's mean was better than a target, if ever. */
    OptionalLong lifetimesTo(double target, long window) {
        return means(window).first(mean -> measure().isBetter(mean, target));
    }

    Optional<HeldOut> heldOut() {
        return HeldOut.ofEnd(path(), RunFacts.read(path().resolve("run.json")));
    }

    Optional<Double> seconds() {
        return facts().has("seconds") ? Optional.of(facts().path("seconds").asDouble()) : Optional.empty();
    }
}
