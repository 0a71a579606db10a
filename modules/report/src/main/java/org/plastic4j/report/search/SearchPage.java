package org.plastic4j.report.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.plastic4j.report.reproduction.ResultsPage;
import org.plastic4j.training.RunFailure;
import org.plastic4j.training.config.Settings;
import org.plastic4j.training.run.MarkedPage;
import org.plastic4j.training.run.RunFacts;
import org.plastic4j.training.run.RunOrigins;
import org.plastic4j.training.trainer.PrimaryMetric;

/** A search's part of {@code results.md}: a row for each value, a column for each configuration, the best in bold. */
public final class SearchPage {
    private final String experiment;
    private final PrimaryMetric measure;
    private final Search search;
    private final List<String> departures;
    private final String command;

    /**
     * @param experiment the experiment's name
     * @param measure what its networks are evaluated by
     * @param search what was searched
     * @param departures in what the runs differ from the search, a phrase each; empty where they do not
     * @param command what gives the same runs
     */
    public SearchPage(
            String experiment, PrimaryMetric measure, Search search, List<String> departures, String command) {
        this.experiment = experiment;
        this.measure = measure;
        this.search = search;
        this.departures = List.copyOf(departures);
        this.command = command;
    }

    /**
     * @param runs the search's folder
     * @param config a configuration's name
     * @param value a value
     * @return the directory of the run that tries it
     */
    public Path run(Path runs, String config, String value) {
        return folder(runs, config, value).resolve("seed-" + search.seed());
    }

    /**
     * @param runs the search's folder
     * @param config a configuration's name
     * @param value a value
     * @return the folder that this run's directory is in
     */
    public static Path folder(Path runs, String config, String value) {
        return runs.resolve(config).resolve(value);
    }

    /**
     * @param run a run's directory
     * @return whether it has ended and was not yet evaluated
     */
    public boolean isToBeEvaluated(Path run) {
        return Trial.read(run, search).isPresent() && !Trial.isValidated(run, search);
    }

    /**
     * Writes the part from the runs' directories alone.
     *
     * @param runs the search's folder
     * @param docs the folder of results.md
     * @throws RunFailure if the page cannot be written
     */
    public void write(Path runs, Path docs) {
        try {
            Files.createDirectories(docs);
            MarkedPage.write(docs.resolve(ResultsPage.FILE), ResultsPage.HEAD, "search:" + experiment, section(runs));
        } catch (IOException e) {
            throw new RunFailure(
                    String.format(Locale.ROOT, "%s: the results cannot be written (%s)", docs, e.getMessage()), e);
        }
    }

    private String section(Path runs) throws IOException {
        StringBuilder text = new StringBuilder("## " + search.title() + "\n\n");
        text.append(ResultsPage.rehearsal(departures));
        text.append(
                String.format(Locale.ROOT, "| `%s` | %s |\n", search.setting(), String.join(" | ", search.configs())));
        text.append("|---".repeat(search.configs().size() + 1)).append("|\n");
        for (String value : search.values()) {
            List<String> cells = new ArrayList<>(List.of(value));
            for (String config : search.configs()) {
                cells.add(cell(runs, config, value));
            }
            text.append("| ").append(String.join(" | ", cells)).append(" |\n");
        }
        text.append(String.format(
                Locale.ROOT,
                "\nMean loss of the last %,d training lifetimes, the least of each column in bold; then the mean %s of %,d"
                        + " validation lifetimes, and how many lifetimes in how many seconds. Each run has seed %d%s.",
                search.window(),
                measure.words(),
                search.validationLifetimes(),
                search.seed(),
                settings(runs)));
        return text.append(String.format(Locale.ROOT, "\n\n%s Again: `%s`.\n", RunOrigins.of(facts(runs)), command))
                .toString();
    }

    /**
     * @param runs the search's folder
     * @return the directories of all runs in it that have begun, with their configurations and values
     */
    public List<Attempt> attempts(Path runs) {
        return search.configs().stream()
                .flatMap(config ->
                        search.values().stream().map(value -> new Attempt(config, value, run(runs, config, value))))
                .filter(attempt -> Files.isRegularFile(attempt.run().resolve("run.json")))
                .toList();
    }

    /**
     * One run of the search.
     *
     * @param config its configuration's name
     * @param value the value that it tries
     * @param run its directory
     */
    public record Attempt(String config, String value, Path run) {}

    private List<RunFacts> facts(Path runs) {
        return attempts(runs).stream()
                .map(attempt -> RunFacts.read(attempt.run().resolve("run.json")))
                .toList();
    }

    /** The settings that the search makes the same for all, with the values that the runs have. */
    private String settings(Path runs) throws IOException {
        List<Map<String, String>> all = new ArrayList<>();
        for (Attempt attempt : attempts(runs)) {
            all.add(Settings.ofYaml(Files.readString(attempt.run().resolve("config.yaml"))));
        }
        String settings = search.settings().stream()
                .map(setting -> setting.split("=", 2)[0])
                .map(path -> String.format(
                        Locale.ROOT,
                        "`%s=%s`",
                        path,
                        all.stream()
                                .map(found -> found.getOrDefault(path, "null"))
                                .distinct()
                                .collect(Collectors.joining(" or "))))
                .collect(Collectors.joining(", "));
        return settings.isEmpty() ? "" : " and " + settings;
    }

    private String cell(Path runs, String config, String value) {
        Optional<Trial> trial = Trial.read(run(runs, config, value), search);
        if (trial.isEmpty()) {
            return Files.exists(run(runs, config, value).resolve("run.json")) ? "diverged" : "not run";
        }
        String loss = String.format(Locale.ROOT, "%.4g", trial.get().loss());
        return String.format(
                Locale.ROOT,
                "%s, %s, %,d in %,.0f s",
                isBest(runs, config, trial.get()) ? "**" + loss + "**" : loss,
                measure.text(trial.get().error()),
                trial.get().lifetimes(),
                trial.get().seconds());
    }

    /** By the loss, which tells rates apart before answers do: lifetimes are new ones, in training too. */
    private boolean isBest(Path runs, String config, Trial trial) {
        return search.values().stream()
                .map(value -> Trial.read(run(runs, config, value), search))
                .flatMap(Optional::stream)
                .noneMatch(other -> other.loss() < trial.loss());
    }
}
