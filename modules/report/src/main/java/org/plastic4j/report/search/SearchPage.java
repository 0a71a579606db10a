package org.plastic4j.report.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.plastic4j.report.reproduction.ResultsPage;
import org.plastic4j.training.Decimals;
import org.plastic4j.training.RunFailure;
import org.plastic4j.training.run.MarkedPage;
import org.plastic4j.training.run.RunFacts;
import org.plastic4j.training.run.RunOrigins;
import org.plastic4j.training.trainer.PrimaryMetric;

/** A search's part of {@code results.md}: a row for each value, a column for each configuration, the best in bold. */
public final class SearchPage {
    private final String experiment;
    private final PrimaryMetric measure;
    private final Search search;

    /**
     * @param experiment the experiment's name
     * @param measure what its networks are evaluated by
     * @param search what was searched
     */
    public SearchPage(String experiment, PrimaryMetric measure, Search search) {
        this.experiment = experiment;
        this.measure = measure;
        this.search = search;
    }

    /**
     * @param runs the search's folder
     * @param config a configuration's name
     * @param value a value
     * @return the directory of the run that tries it
     */
    public Path run(Path runs, String config, double value) {
        return folder(runs, config, value).resolve("seed-" + search.seed());
    }

    /**
     * @param runs the search's folder
     * @param config a configuration's name
     * @param value a value
     * @return the folder that this run's directory is in
     */
    public static Path folder(Path runs, String config, double value) {
        return runs.resolve(config).resolve(text(value));
    }

    /**
     * @param value a value
     * @return its text as people write it: {@code 3e-5}
     */
    public static String text(double value) {
        return Decimals.shortest(value).replace(".0E", "E").replace('E', 'e');
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
            MarkedPage.write(docs.resolve("results.md"), ResultsPage.HEAD, "search:" + experiment, section(runs));
        } catch (IOException e) {
            throw new RunFailure(
                    String.format(Locale.ROOT, "%s: the results cannot be written (%s)", docs, e.getMessage()), e);
        }
    }

    private String section(Path runs) {
        StringBuilder text = new StringBuilder("## " + search.title() + "\n\n");
        text.append(
                String.format(Locale.ROOT, "| `%s` | %s |\n", search.setting(), String.join(" | ", search.configs())));
        text.append("|---".repeat(search.configs().size() + 1)).append("|\n");
        for (double value : search.values()) {
            List<String> cells = new ArrayList<>(List.of(text(value)));
            for (String config : search.configs()) {
                cells.add(cell(runs, config, value));
            }
            text.append("| ").append(String.join(" | ", cells)).append(" |\n");
        }
        text.append(String.format(
                Locale.ROOT,
                "\n"
                    + "Mean loss of the last %,d training lifetimes, the least of each column in bold; then the mean"
                    + " %s of %,d validation lifetimes, and how many lifetimes in how many seconds. Each run has seed"
                    + " %d and %s.",
                search.window(),
                measure.words(),
                search.validationLifetimes(),
                search.seed(),
                "`" + String.join("`, `", search.settings()) + "`"));
        return text.append(String.format(
                        Locale.ROOT, "\n\n%s Again: `scripts/search %s`.\n", RunOrigins.of(facts(runs)), experiment))
                .toString();
    }

    private List<RunFacts> facts(Path runs) {
        return search.configs().stream()
                .flatMap(config -> search.values().stream().map(value -> run(runs, config, value)))
                .map(run -> run.resolve("run.json"))
                .filter(Files::isRegularFile)
                .map(RunFacts::read)
                .toList();
    }

    private String cell(Path runs, String config, double value) {
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
