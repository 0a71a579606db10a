package org.plastic4j.live.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.plastic4j.live.run.RunIndex;
import org.plastic4j.live.run.WatchedRun;
import org.plastic4j.report.comparison.RunRecord;
import org.plastic4j.report.comparison.SeedGroup;
import org.plastic4j.training.trainer.PrimaryMetric;

/**
 * The runs of one experiment.
 *
 * @param experiment its name; empty where there are no runs
 * @param groups its runs that differ in nothing but their seeds, each with its runs
 */
record ShownRuns(String experiment, List<Group> groups) {
    private static final int COLORS = 8;

    /**
     * Runs that differ in nothing but their seeds.
     *
     * @param number the how manieth it is, which its colour follows from
     * @param seeds what they are
     * @param runs at least one
     */
    record Group(int number, SeedGroup seeds, List<WatchedRun> runs) {
        String color() {
            return "c" + number % COLORS;
        }

        boolean dashed() {
            return number / COLORS % 2 == 1;
        }

        /** What a run is called among all. */
        String label(WatchedRun run) {
            return runs.size() == 1 ? seeds.name() : seeds.name() + ", seed " + seed(run);
        }
    }

    static String seed(WatchedRun run) {
        return run.record().map(RunRecord::seed).orElse("?");
    }

    /** How many runs there are of each experiment. */
    static Map<String, Integer> experiments(RunIndex.View view) {
        Map<String, Integer> experiments = new LinkedHashMap<>();
        view.runs()
                .forEach(run ->
                        run.record().ifPresent(record -> experiments.merge(record.experiment(), 1, Integer::sum)));
        return experiments;
    }

    static ShownRuns of(RunIndex.View view, Optional<String> chosen) {
        Map<String, Integer> experiments = experiments(view);
        String experiment = chosen.filter(experiments::containsKey)
                .orElse(
                        experiments.isEmpty()
                                ? ""
                                : experiments.keySet().iterator().next());
        Map<RunRecord, WatchedRun> byRecord = new LinkedHashMap<>();
        for (WatchedRun run : view.runs()) {
            run.record()
                    .filter(record -> record.experiment().equals(experiment))
                    .ifPresent(record -> byRecord.put(record, run));
        }
        List<Group> groups = new ArrayList<>();
        for (SeedGroup seeds : SeedGroup.of(List.copyOf(byRecord.keySet()))) {
            groups.add(new Group(
                    groups.size(),
                    seeds,
                    seeds.runs().stream().map(byRecord::get).toList()));
        }
        return new ShownRuns(experiment, groups);
    }

    List<WatchedRun> runs() {
        return groups.stream().flatMap(group -> group.runs().stream()).toList();
    }

    /** What the runs are measured by. */
    Optional<PrimaryMetric> measure() {
        return runs().stream().map(ShownRuns::measure).flatMap(Optional::stream).findFirst();
    }

    private static Optional<PrimaryMetric> measure(WatchedRun run) {
        return run.metrics()
                .flatMap(metrics -> run.record()
                        .map(record -> record.measure(metrics.names().get(1))));
    }

    /** Over how many lifetimes the mean is a run's result. */
    long window() {
        return runs().stream()
                .map(WatchedRun::record)
                .flatMap(Optional::stream)
                .mapToLong(RunRecord::window)
                .max()
                .orElse(1);
    }
}
