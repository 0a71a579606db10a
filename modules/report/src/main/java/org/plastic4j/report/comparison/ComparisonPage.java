package org.plastic4j.report.comparison;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.plastic4j.report.page.Chart;
import org.plastic4j.report.page.Html;
import org.plastic4j.report.page.Page;
import org.plastic4j.report.plot.ComparisonPlot;
import org.plastic4j.report.plot.Curve;
import org.plastic4j.training.trainer.PrimaryMetric;

/** The page about several runs. */
record ComparisonPage(
        Path out,
        List<RunGroup> groups,
        PrimaryMetric measure,
        long window,
        Optional<Double> target,
        List<ComparisonPlot.Curve> curves,
        double floor) {
    private static final int COLORS = 8;

    String html() {
        List<ComparedRun> runs =
                groups.stream().flatMap(group -> group.runs().stream()).toList();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("runs", String.valueOf(runs.size()));
        facts.put("configurations", String.valueOf(groups.size()));
        target.ifPresent(level -> facts.put("target", measure.text(level)));
        return new Page(
                        groups.size() == 1 ? groups.get(0).name() : names(" and "),
                        runs.get(0).experiment() + " · comparison",
                        lead(),
                        Html.facts(facts),
                        List.of(
                                new Page.Section("Curves", chart().html()),
                                new Page.Section("Runs", table(runs)),
                                new Page.Section("What differs in their settings", differences())))
                .html();
    }

    private String names(String between) {
        return groups.stream().map(RunGroup::name).collect(Collectors.joining(between));
    }

    private String lead() {
        String ends = groups.stream()
                .map(group -> Comparison.label(group) + " "
                        + measure.text(group.runs().stream()
                                .mapToDouble(run -> run.result(window))
                                .average()
                                .orElse(Double.NaN)))
                .collect(Collectors.joining(", "));
        return String.format(Locale.ROOT, "Mean %s of the last %,d lifetimes: %s.", measure.words(), window, ends);
    }

    private Chart chart() {
        List<Chart.Line> lines = new ArrayList<>();
        List<int[]> bands = new ArrayList<>();
        for (int i = 0; i < curves.size(); i++) {
            ComparisonPlot.Curve curve = curves.get(i);
            String color = "c" + i % COLORS;
            boolean dashed = i >= COLORS;
            if (curve.high().length > 0) {
                bands.add(new int[] {lines.size(), lines.size() + 1});
                lines.add(new Chart.Line(curve.label() + ", greatest", color, 0.6, false, false, curve.high()));
                lines.add(new Chart.Line(curve.label() + ", least", color, 0.6, false, false, curve.low()));
            }
            lines.add(new Chart.Line(curve.label(), color, 2, dashed, true, curve.mean()));
        }
        double[] x = curves.get(0).lifetimes();
        target.ifPresent(level -> {
            double[] everywhere = new double[x.length];
            Arrays.fill(everywhere, level);
            lines.add(new Chart.Line("target", "target", 1.4, true, true, everywhere));
        });
        String caption = String.format(
                Locale.ROOT,
                "%s: %s%s",
                measure.label(),
                Curve.label(window, x[x.length - 1]),
                bands.isEmpty() ? "" : "; of several seeds, the mean and the range of those that got so far");
        return new Chart(
                caption, measure.label(), measure.unit() == PrimaryMetric.Unit.FRACTION, floor, x, lines, bands);
    }

    private String table(List<ComparedRun> runs) {
        List<String> headings = new ArrayList<>(
                List.of("run", "configuration", "seed", "lifetimes", "final mean " + measure.words(), "held out"));
        target.ifPresent(level -> headings.add("lifetimes to " + measure.text(level)));
        headings.addAll(List.of("wall time", "ended"));
        List<List<String>> rows = new ArrayList<>();
        for (RunGroup group : groups) {
            for (ComparedRun run : group.runs()) {
                List<String> row = new ArrayList<>(List.of(
                        run(run),
                        group.name(),
                        run.record().seed(),
                        String.format(Locale.ROOT, "%,.0f", run.lastLifetime()),
                        measure.text(run.result(window)),
                        run.heldOut().map(found -> measure.text(found.mean())).orElse("–")));
                target.ifPresent(level -> row.add(reached(run.lifetimesTo(level, window))));
                row.add(run.seconds()
                        .map(s -> String.format(Locale.ROOT, "%,.1f s", s))
                        .orElse("unknown"));
                row.add(run.facts().path("outcome").asText("unknown").replace('-', ' '));
                rows.add(row);
            }
        }
        return Html.cards(
                String.format(Locale.ROOT, "Each run; its final mean is of the last %,d lifetimes", window),
                headings,
                rows);
    }

    /** By the end of its path, with a link to its report where there is one. */
    private String run(ComparedRun run) {
        Path path = run.path().toAbsolutePath().normalize();
        int names = path.getNameCount();
        String name = path.subpath(Math.max(0, names - 2), names).toString().replace('\\', '/');
        Path report = path.resolve("report.html");
        return Files.isRegularFile(report)
                ? Html.link(
                        name,
                        out.toAbsolutePath()
                                .normalize()
                                .relativize(report)
                                .toString()
                                .replace('\\', '/'))
                : name;
    }

    private static String reached(OptionalLong lifetimes) {
        return lifetimes.isPresent() ? String.format(Locale.ROOT, "%,d", lifetimes.getAsLong()) : "not reached";
    }

    private String differences() {
        List<List<String>> rows =
                SeedGroup.differences(groups.stream().map(RunGroup::seeds).toList());
        if (rows.isEmpty()) {
            return Html.paragraph("Nothing but the seed.");
        }
        List<String> headings = new ArrayList<>(List.of("setting"));
        groups.forEach(group -> headings.add(group.name()));
        return Html.cards("Settings that are not the same everywhere", headings, rows);
    }
}
