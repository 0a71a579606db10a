package org.plastic4j.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.plastic4j.report.reproduction.ResultsPage;
import org.plastic4j.report.search.Search;
import org.plastic4j.report.search.SearchPage;
import org.plastic4j.training.UserError;
import org.plastic4j.training.trainer.Experiment;
import org.plastic4j.training.trainer.Interrupt;

/** Tries each value of one setting with each configuration, evaluates each run, and writes the table. */
final class SearchRun {
    private final Experiment<?> experiment;
    private final SearchOptions options;
    private final PrintStream out;
    private final PrintStream err;
    private final Interrupt interrupt;

    SearchRun(Experiment<?> experiment, SearchOptions options, PrintStream out, PrintStream err, Interrupt interrupt) {
        this.experiment = experiment;
        this.options = options;
        this.out = out;
        this.err = err;
        this.interrupt = interrupt;
    }

    int execute() {
        Search search = search();
        List<String> configs = Commands.chosen(search.configs(), options.configs);
        Path runs = options.from != null
                ? options.from
                : options.out != null ? options.out.path() : Path.of("runs", experiment.name(), folder());
        if (options.from != null) {
            writeAll(search, runs);
            return Launcher.OK;
        }
        checkPublishing(asked());
        SearchPage page = new SearchPage(experiment.name(), experiment.primaryMetric(), search, List.of(), "");
        List<SweepBatch.Part> parts = new ArrayList<>();
        for (String config : configs) {
            for (String value : search.values()) {
                parts.add(new SweepBatch.Part(
                        String.format(Locale.ROOT, "%s, %s %s", config, search.setting(), value),
                        attempt(search, runs, config, value)));
            }
        }
        try (RunExecutor executor = Cluster.open(experiment, options.cluster(), runs, 1, options.threads())) {
            int code = new SweepBatch(executor, out, err, interrupt)
                    .run(
                            parts,
                            runs,
                            run -> page.isToBeEvaluated(run) ? Optional.of(evaluation(search)) : Optional.empty());
            if (code == Launcher.INTERRUPTED || code == Launcher.USAGE_ERROR) {
                return code;
            }
            writeAll(search, runs);
        }
        // A run that diverges is an outcome, not a failure of the search.
        return Launcher.OK;
    }

    private void writeAll(Search search, Path runs) {
        SearchedRuns found = SearchedRuns.read(experiment, search, options.setting != null, runs);
        write(search, found, runs, runs);
        if (options.docs != null) {
            checkPublishing(found.departures());
            write(search, found, runs, options.docs);
        }
    }

    private void write(Search search, SearchedRuns found, Path runs, Path folder) {
        new SearchPage(experiment.name(), experiment.primaryMetric(), search, found.departures(), found.command())
                .write(runs, folder);
        out.println("Results: " + folder.resolve(ResultsPage.FILE));
    }

    /** How what is asked for differs from what is published, before anything is run. */
    private List<String> asked() {
        List<String> asked = new ArrayList<>();
        options.settings.forEach(setting -> asked.add("--set " + setting));
        if (!options.configs.isEmpty()) {
            asked.add("--configs " + String.join(",", options.configs));
        }
        return asked;
    }

    private void checkPublishing(List<String> departures) {
        if (options.docs != null && !options.force && !departures.isEmpty()) {
            throw new UserError(String.format(
                            Locale.ROOT,
                            "--docs %s: expected the published configurations, values and settings, found %s;",
                            options.docs,
                            String.join("; ", departures))
                    + " --force publishes them all the same");
        }
    }

    /** Runs of other settings have a folder of their own. */
    private String folder() {
        return options.setting == null ? "search" : "search-" + options.setting;
    }

    private Search search() {
        return options.search()
                .orElseGet(() -> Commands.described(experiment, Search.class, experiment.searchResource(), "searches"));
    }

    private SeedSweep<?> attempt(Search search, Path runs, String config, String value) {
        List<String> arguments = new ArrayList<>(List.of("--config", config, "--seeds", Long.toString(search.seed())));
        arguments.addAll(List.of("--threads", Integer.toString(options.threads())));
        arguments.addAll(List.of("--out", SearchPage.folder(runs, config, value).toString()));
        arguments.addAll(List.of("--set", search.setting() + "=" + value));
        // Settings are chosen on validation lifetimes; those of the test stay unseen.
        arguments.addAll(List.of("--set", Resumption.HELD_OUT + "=null"));
        search.settings().forEach(setting -> arguments.addAll(List.of("--set", setting)));
        options.settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        String[] all = arguments.toArray(String[]::new);
        return new SeedSweep<>(experiment, OptionParser.parse(all), options.cluster(), all, out, err, interrupt);
    }

    private List<String> evaluation(Search search) {
        return List.of(
                "--split",
                "validation",
                "--lifetimes",
                Integer.toString(search.validationLifetimes()),
                "--threads",
                Integer.toString(options.threads()));
    }
}
