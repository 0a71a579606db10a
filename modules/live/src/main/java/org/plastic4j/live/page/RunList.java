package org.plastic4j.live.page;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.plastic4j.live.run.RunIndex;
import org.plastic4j.live.run.RunState;
import org.plastic4j.live.run.WatchedRun;
import org.plastic4j.report.comparison.SeedGroup;
import org.plastic4j.training.config.Kebab;
import org.plastic4j.training.metric.ThinnedMetrics;
import org.plastic4j.training.metric.WindowMeans;
import org.plastic4j.training.run.RunFacts;
import org.plastic4j.training.trainer.Durations;
import org.plastic4j.training.trainer.PrimaryMetric;

/**
 * What the page's table is made of.
 *
 * @param version what it shows
 * @param folders where it looked
 * @param experiments how many runs there are of each
 * @param experiment the one whose runs these are
 * @param value the heading of the runs' values
 * @param runs its runs
 * @param differences the settings that are not the same in all of them
 */
record RunList(
        long version,
        List<String> folders,
        Map<String, Integer> experiments,
        String experiment,
        String value,
        List<Row> runs,
        Differences differences) {
    /** More columns than these nobody reads. */
    private static final int MOST_GROUPS = 12;

    /**
     * A run.
     *
     * @param id what it is called in addresses
     * @param name its path in the folder
     * @param label what its configuration is called among all
     * @param color the name of its curve's colour
     * @param seed its seed
     * @param state running, finished, interrupted or died
     * @param lifetimes how far it is
     * @param maxLifetimes how far it goes at most; 0 if nothing says so
     * @param time how long it took so far
     * @param left how long it takes at most from here
     * @param value the mean of its last lifetimes
     * @param report whether there is a report
     * @param problem what of it cannot be read
     */
    record Row(
            int id,
            String name,
            String label,
            String color,
            String seed,
            String state,
            long lifetimes,
            long maxLifetimes,
            String time,
            String left,
            String value,
            boolean report,
            String problem) {}

    /**
     * Settings that are not the same in all runs.
     *
     * @param names what the configurations are called
     * @param rows each a setting and its values
     * @param groups how many configurations there are; more than there are names where those are too many
     */
    record Differences(List<String> names, List<List<String>> rows, int groups) {}

    static RunList of(List<Path> folders, RunIndex.View view, Optional<String> chosen) {
        ShownRuns shown = ShownRuns.of(view, chosen);
        Optional<PrimaryMetric> measure = shown.measure();
        long window = shown.window();
        List<Row> rows = new ArrayList<>();
        for (ShownRuns.Group group : shown.groups()) {
            for (WatchedRun run : group.runs()) {
                rows.add(row(folders, group, run, measure, window));
            }
        }
        return new RunList(
                view.version(),
                folders.stream().map(RunList::shown).toList(),
                ShownRuns.experiments(view),
                shown.experiment(),
                measure.map(of -> String.format(Locale.ROOT, "mean %s, last %,d lifetimes", of.words(), window))
                        .orElse("value"),
                rows,
                differences(shown));
    }

    /** As the user would type it. */
    private static String shown(Path folder) {
        Path here = Path.of("").toAbsolutePath();
        String relative = folder.startsWith(here) ? here.relativize(folder).toString() : folder.toString();
        return relative.isEmpty() ? "this folder" : relative.replace('\\', '/');
    }

    private static Row row(
            List<Path> folders, ShownRuns.Group group, WatchedRun run, Optional<PrimaryMetric> measure, long window) {
        double lifetimes = run.metrics().map(ThinnedMetrics::lastLifetime).orElse(0.0);
        return new Row(
                run.id(),
                name(folders, run.directory().path()),
                group.seeds().name(),
                group.color(),
                ShownRuns.seed(run),
                Kebab.of(run.state()),
                (long) lifetimes,
                run.maxLifetimes(),
                run.seconds().isPresent() ? Durations.text(run.seconds().getAsDouble()) : "",
                run.left().orElse(""),
                measure.flatMap(of -> value(run, of, window).map(of::text)).orElse("–"),
                Files.isRegularFile(run.directory().report()),
                run.problem().orElse(""));
    }

    /** As the run itself has it where it has ended. */
    private static Optional<Double> value(WatchedRun run, PrimaryMetric measure, long window) {
        return run.facts()
                .filter(facts -> run.state() != RunState.RUNNING)
                .flatMap(RunFacts::result)
                .filter(result -> result.window() == window)
                .map(RunFacts.Result::mean)
                .or(() -> run.metrics()
                        .map(metrics ->
                                new WindowMeans(metrics.lifetimes(), metrics.column(measure.name()), window).last()))
                .filter(Double::isFinite);
    }

    private static String name(List<Path> folders, Path path) {
        return folders.stream()
                .filter(folder -> path.startsWith(folder) && !path.equals(folder))
                .map(folder -> folder.relativize(path))
                .findFirst()
                .orElse(path.getFileName())
                .toString()
                .replace('\\', '/');
    }

    private static Differences differences(ShownRuns shown) {
        List<SeedGroup> groups = shown.groups().stream()
                .map(ShownRuns.Group::seeds)
                .limit(MOST_GROUPS)
                .toList();
        return new Differences(
                groups.stream().map(SeedGroup::name).toList(),
                groups.size() < 2 ? List.of() : SeedGroup.differences(groups),
                shown.groups().size());
    }

    String json() {
        return Json.text(this);
    }
}
