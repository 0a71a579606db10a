package org.plastic4j.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.plastic4j.training.config.SettingOverride;
import org.plastic4j.training.config.Settings;
import org.plastic4j.training.trainer.Experiment;
import org.plastic4j.training.trainer.ExperimentConfig;

/**
 * In which settings runs differ from what is published, read from their directories alone.
 *
 * @param runs the settings of each run beside those that it should have
 */
record Departures(List<Run> runs) {
    /** What may be another: where data are, which lifetimes a run has, and on how many others it was evaluated. */
    private static final Set<String> ANY = Set.of("seed", "data.dir", Resumption.HELD_OUT);

    private static final String NONE = "null";

    /**
     * One run.
     *
     * @param config its configuration's name
     * @param published the settings that it should have
     * @param found those that it has
     */
    record Run(String config, Map<String, String> published, Map<String, String> found) {
        static <C extends Record & ExperimentConfig> Run of(
                Experiment<C> experiment, String config, List<SettingOverride> published, C found) {
            return new Run(
                    config,
                    Settings.of(Configured.load(experiment, config, published).value()),
                    Settings.of(found));
        }

        private Set<String> differing() {
            Set<String> paths = new LinkedHashSet<>();
            published.keySet().forEach(path -> paths.add(absent(path).orElse(path)));
            paths.addAll(found.keySet());
            paths.removeIf(path -> ANY.contains(path)
                    || Objects.equals(published(path), found(path))
                    || NONE.equals(published.get(path)) && !found.containsKey(path));
            return paths;
        }

        /** The group of settings that the run has not, where this setting is of one. */
        private Optional<String> absent(String path) {
            return found.keySet().stream()
                    .filter(group ->
                            path.startsWith(group + ".") && found(group).equals(NONE))
                    .findFirst();
        }

        String published(String path) {
            return value(published, path);
        }

        String found(String path) {
            return value(found, path);
        }

        private static String value(Map<String, String> settings, String path) {
            String group = settings.entrySet().stream()
                    .filter(entry -> entry.getKey().startsWith(path + "."))
                    .map(entry -> entry.getKey().substring(path.length() + 1) + ": " + entry.getValue())
                    .collect(Collectors.joining(", "));
            return group.isEmpty() ? settings.getOrDefault(path, NONE) : "{" + group + "}";
        }
    }

    private Set<String> paths() {
        return runs.stream()
                .flatMap(run -> run.differing().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** One phrase a setting, as in "`training.maxSeconds=20` instead of 3600 (rnn), null (plastic)". */
    List<String> phrases() {
        List<String> phrases = new ArrayList<>();
        for (String path : paths()) {
            Map<String, Map<String, Set<String>>> configs = new LinkedHashMap<>();
            runs.stream()
                    .filter(run -> run.differing().contains(path))
                    .forEach(run -> configs.computeIfAbsent(run.found(path), found -> new LinkedHashMap<>())
                            .computeIfAbsent(run.published(path), published -> new LinkedHashSet<>())
                            .add(run.config()));
            configs.forEach((found, instead) -> phrases.add(String.format(
                    Locale.ROOT,
                    "`%s=%s` instead of %s",
                    path,
                    found,
                    instead.entrySet().stream()
                            .map(entry -> String.format(
                                    Locale.ROOT, "%s (%s)", entry.getKey(), String.join(", ", entry.getValue())))
                            .collect(Collectors.joining(", ")))));
        }
        return phrases;
    }

    /** The options that give the same settings, as far as they are the same in all runs. */
    String options() {
        return paths().stream()
                .filter(path ->
                        runs.stream().map(run -> run.found(path)).distinct().count() == 1)
                .map(path -> String.format(
                        Locale.ROOT, " --set %s=%s", path, runs.get(0).found(path)))
                .collect(Collectors.joining());
    }
}
