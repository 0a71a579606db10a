package org.plastic4j.report.comparison;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Runs of one configuration that differ in nothing but their seeds, with their metrics.
 *
 * @param seeds what they are
 * @param runs at least one
 */
record RunGroup(SeedGroup seeds, List<ComparedRun> runs) {
    /** Groups in the order of their first runs. */
    static List<RunGroup> of(List<ComparedRun> runs) {
        Map<Path, ComparedRun> byPath = runs.stream().collect(Collectors.toMap(ComparedRun::path, Function.identity()));
        return SeedGroup.of(runs.stream().map(ComparedRun::record).toList()).stream()
                .map(group -> new RunGroup(
                        group,
                        group.runs().stream().map(run -> byPath.get(run.path())).toList()))
                .toList();
    }

    String name() {
        return seeds.name();
    }

    double lastLifetime() {
        return runs.stream().mapToDouble(ComparedRun::lastLifetime).max().orElse(0);
    }

    /** The runs' means of windows at so many lifetimes. */
    SeedBand curves(double[] grid, long window) {
        return SeedBand.of(
                runs.stream()
                        .map(run -> new SeedBand.Curve(
                                run.lifetimes(), run.means(window).centred()))
                        .toList(),
                grid);
    }
}
