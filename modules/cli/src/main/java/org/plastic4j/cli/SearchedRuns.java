package org.plastic4j.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.plastic4j.report.search.Search;
import org.plastic4j.report.search.SearchPage;
import org.plastic4j.training.config.SettingOverride;
import org.plastic4j.training.trainer.Experiment;
import org.plastic4j.training.trainer.ExperimentConfig;

/**
 * The runs of a search: how they differ from those that are published, and the command that gives them again.
 *
 * @param departures a phrase for each difference
 * @param command the command, without the options that say where to and on how many threads
 */
record SearchedRuns(List<String> departures, String command) {
    static <C extends Record & ExperimentConfig> SearchedRuns read(
            Experiment<C> experiment, Search search, boolean own, Path folder) {
        List<Departures.Run> runs = new ArrayList<>();
        Set<String> configs = new LinkedHashSet<>();
        for (SearchPage.Attempt attempt :
                new SearchPage(experiment.name(), experiment.primaryMetric(), search, List.of(), "").attempts(folder)) {
            List<SettingOverride> published = new ArrayList<>();
            published.add(SettingOverride.parse(search.setting() + "=" + attempt.value()));
            search.settings().forEach(setting -> published.add(SettingOverride.parse(setting)));
            runs.add(Departures.Run.of(
                    experiment,
                    attempt.config(),
                    published,
                    Recorded.of(experiment, attempt.run(), "--from", List.of())
                            .config()
                            .value()));
            configs.add(attempt.config());
        }
        List<String> phrases = new ArrayList<>();
        search.configs().stream()
                .filter(config -> !configs.contains(config))
                .forEach(config -> phrases.add("no run of " + config));
        Departures departures = new Departures(runs);
        phrases.addAll(departures.phrases());
        String chosen = own
                ? String.format(
                        Locale.ROOT,
                        " --setting %s --values %s --seed %d --configs %s",
                        search.setting(),
                        String.join(",", search.values()),
                        search.seed(),
                        String.join(",", search.configs()))
                : "";
        String options = own
                ? chosen
                : configs.size() < search.configs().size() && !configs.isEmpty()
                        ? " --configs " + String.join(",", configs)
                        : "";
        return new SearchedRuns(phrases, "scripts/search " + experiment.name() + options + departures.options());
    }
}
