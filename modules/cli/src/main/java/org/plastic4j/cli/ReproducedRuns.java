package org.plastic4j.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.plastic4j.report.reproduction.FinishedRuns;
import org.plastic4j.report.reproduction.Reproduction;
import org.plastic4j.report.reproduction.Reproduction.Protocol;
import org.plastic4j.training.trainer.Experiment;
import org.plastic4j.training.trainer.ExperimentConfig;

/**
 * The finished runs of a reproduction, wherever they came from: how they differ from those that are published, and the
 * command that gives them again.
 *
 * @param window over how many lifetimes the primary metric's mean is a run's result
 * @param departures a phrase for each difference; empty where they are the published protocols with all seeds and settings
 * @param command the command, without the options that say where to and how many at a time
 */
record ReproducedRuns(int window, List<String> departures, String command) {
    private static final String ALL_SEEDS = "0-9";

    static <C extends Record & ExperimentConfig> ReproducedRuns read(
            Experiment<C> experiment, Reproduction reproduction, Path folder) {
        Map<Protocol, List<Long>> seeds = new LinkedHashMap<>();
        List<String> phrases = new ArrayList<>();
        List<Departures.Run> runs = new ArrayList<>();
        int window = 1;
        for (Protocol protocol : reproduction.protocols()) {
            Map<Long, Path> finished = FinishedRuns.of(folder.resolve(protocol.config()));
            for (Path run : finished.values()) {
                C found = Recorded.of(experiment, run, "--from", List.of())
                        .config()
                        .value();
                runs.add(Departures.Run.of(experiment, protocol.config(), List.of(), found));
                window = Math.max(window, found.training().resultWindow());
            }
            List<Long> found = List.copyOf(finished.keySet());
            if (found.isEmpty()) {
                phrases.add("no run of " + protocol.config());
                continue;
            }
            seeds.put(protocol, found);
            if (!found.containsAll(published(protocol))) {
                phrases.add(String.format(
                        Locale.ROOT,
                        "seeds %s of %s instead of %s",
                        SeedRange.text(found),
                        protocol.config(),
                        SeedRange.text(published(protocol))));
            }
        }
        Departures departures = new Departures(runs);
        phrases.addAll(departures.phrases());
        String command = "scripts/reproduce " + experiment.name() + options(reproduction, seeds) + departures.options();
        return new ReproducedRuns(window, phrases, command);
    }

    /** The seeds that a protocol is published with. */
    static List<Long> published(Protocol protocol) {
        return SeedRange.parse("seeds of " + protocol.config(), protocol.seeds().orElse(ALL_SEEDS));
    }

    private static String options(Reproduction reproduction, Map<Protocol, List<Long>> seeds) {
        String options = "";
        if (seeds.size() < reproduction.protocols().size()) {
            options +=
                    seeds.keySet().stream().map(Protocol::config).collect(Collectors.joining(",", " --configs ", ""));
        }
        boolean usual =
                seeds.entrySet().stream().allMatch(entry -> entry.getValue().equals(published(entry.getKey())));
        if (!usual && seeds.values().stream().distinct().count() == 1) {
            options += " --seeds " + SeedRange.text(seeds.values().iterator().next());
        }
        return options;
    }
}
