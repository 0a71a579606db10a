package org.plastic4j.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
                : options.out != null ? options.out : Path.of("runs", experiment.name(), folder());
        if (options.from == null) {
            checkPublishing(asked());
            SearchPage page = new SearchPage(experiment.name(), experiment.primaryMetric(), search, List.of(), "");
            for (String config : configs) {
                for (String value : search.values()) {
                    int code = attempt(search, page, runs, config, value);
                    if (code == Launcher.INTERRUPTED || code == Launcher.USAGE_ERROR) {
                        return code;
                    }
                }
            }
        }
        SearchedRuns found = SearchedRuns.read(experiment, search, options.setting != null, runs);
        write(search, found, runs, runs);
        if (options.docs != null) {
            checkPublishing(found.departures());
            write(search, found, runs, options.docs);
        }
        return Launcher.OK;
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

    /** A run that diverges is an outcome, not a failure of the search. */
    private int attempt(Search search, SearchPage page, Path runs, String config, String value) {
        List<String> arguments = new ArrayList<>(List.of("--config", config, "--seeds", Long.toString(search.seed())));
        arguments.addAll(List.of("--threads", Integer.toString(options.threads)));
        arguments.addAll(List.of("--out", SearchPage.folder(runs, config, value).toString()));
        arguments.addAll(List.of("--set", search.setting() + "=" + value));
        // Settings are chosen on validation lifetimes; those of the test stay unseen.
        arguments.addAll(List.of("--set", Resumption.HELD_OUT + "=null"));
        search.settings().forEach(setting -> arguments.addAll(List.of("--set", setting)));
        options.settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        out.println(String.format(Locale.ROOT, "%s, %s %s", config, search.setting(), value));
        int code = launch(arguments);
        Path run = page.run(runs, config, value);
        if (code == Launcher.INTERRUPTED || code == Launcher.USAGE_ERROR || !page.isToBeEvaluated(run)) {
            return code;
        }
        return launch(List.of(
                Launcher.EVALUATE,
                "--run",
                run.toString(),
                "--split",
                "validation",
                "--lifetimes",
                Integer.toString(search.validationLifetimes()),
                "--threads",
                Integer.toString(options.threads)));
    }

    private int launch(List<String> arguments) {
        return new Launcher(interrupt).launch(arguments.toArray(String[]::new), experiment, out, err);
    }
}
