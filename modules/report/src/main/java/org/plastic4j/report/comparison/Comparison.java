package org.plastic4j.report.comparison;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.plastic4j.report.page.Chart;
import org.plastic4j.report.plot.ComparisonPlot;
import org.plastic4j.training.UserError;
import org.plastic4j.training.run.AtomicFiles;
import org.plastic4j.training.trainer.PrimaryMetric;

/** Runs of one experiment side by side: {@code compare.html} and {@code compare.png}. */
public final class Comparison {
    private static final int MOST_POINTS = 500;
    private static final int LEAST_RUNS = 2;

    private final List<RunGroup> groups;
    private final PrimaryMetric measure;
    private final long window;
    private final Optional<Double> target;

    private Comparison(List<ComparedRun> runs) {
        groups = RunGroup.of(runs);
        measure = runs.get(0).measure();
        window = runs.stream()
                .map(ComparedRun::record)
                .mapToLong(RunRecord::window)
                .max()
                .orElseThrow();
        target = runs.stream()
                .map(run -> run.record().target())
                .flatMap(Optional::stream)
                .findFirst();
    }

    /**
     * Reads runs.
     *
     * @param directories run directories, or folders of them
     * @return their comparison
     * @throws UserError if one is no run, or they are not of one experiment
     */
    public static Comparison read(List<Path> directories) {
        Set<Path> seen = new LinkedHashSet<>();
        List<ComparedRun> runs = new ArrayList<>();
        for (Path directory : directories) {
            for (ComparedRun run : ComparedRun.read(directory)) {
                if (!seen.add(run.path().toAbsolutePath().normalize())) {
                    throw new UserError(String.format(Locale.ROOT, "%s: named twice", run.path()));
                }
                runs.add(run);
            }
        }
        if (runs.size() < LEAST_RUNS) {
            throw new UserError(
                    String.format(Locale.ROOT, "expected at least two runs to compare, found %d", runs.size()));
        }
        ComparedRun first = runs.get(0);
        for (ComparedRun run : runs) {
            if (!run.experiment().equals(first.experiment())
                    || !run.measure().name().equals(first.measure().name())) {
                throw new UserError(String.format(
                        Locale.ROOT,
                        "%s: a run of %s (%s), expected one of %s (%s) like %s",
                        run.path(),
                        run.experiment(),
                        run.measure().name(),
                        first.experiment(),
                        first.measure().name(),
                        first.path()));
            }
        }
        return new Comparison(runs);
    }

    /**
     * Makes sure that there is a folder to write to, before there is anything to write.
     *
     * @param out the folder
     * @throws UserError if it holds something or cannot be had
     */
    public static void reserve(Path out) {
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw new UserError(String.format(Locale.ROOT, "--out %s: expected a folder, found a file", out));
        }
        try {
            Files.createDirectories(out);
            try (Stream<Path> entries = Files.list(out)) {
                Optional<Path> held = entries.findFirst();
                if (held.isPresent()) {
                    throw new UserError(String.format(
                            Locale.ROOT,
                            "--out %s: already holds %s, expected a new or empty folder",
                            out,
                            held.get().getFileName()));
                }
            }
        } catch (IOException e) {
            throw new UserError(String.format(Locale.ROOT, "--out %s: nothing can be written there (%s)", out, e), e);
        }
    }

    /**
     * Writes both files.
     *
     * @param out the folder
     * @return why the picture could not be drawn, which a Java runtime without fonts cannot; nothing if it was
     * @throws IOException if a file cannot be written
     */
    public Optional<Throwable> write(Path out) throws IOException {
        List<ComparisonPlot.Curve> curves = new ArrayList<>();
        double[] grid = grid();
        for (RunGroup group : groups) {
            SeedBand band = group.curves(grid, window);
            boolean several = group.runs().size() > 1;
            curves.add(new ComparisonPlot.Curve(
                    label(group),
                    grid,
                    band.mean(),
                    several ? band.least() : new double[0],
                    several ? band.greatest() : new double[0]));
        }
        AtomicFiles.write(
                out.resolve("compare.html"),
                new ComparisonPage(out, groups, measure, window, target, curves, floor(curves)).html());
        return new ComparisonPlot(groups.get(0).runs().get(0).experiment(), measure, target, floor(curves), List.of())
                .tryDraw(curves, out.resolve("compare.png"));
    }

    static String label(RunGroup group) {
        int runs = group.runs().size();
        return runs == 1 ? group.name() : String.format(Locale.ROOT, "%s (%d seeds)", group.name(), runs);
    }

    private double[] grid() {
        double end = groups.stream().mapToDouble(RunGroup::lastLifetime).max().orElse(1);
        int points = (int) Math.min(MOST_POINTS, end);
        double[] grid = new double[points];
        for (int i = 0; i < points; i++) {
            grid[i] = Math.rint(end * (i + 1) / points);
        }
        return grid;
    }

    /** The lower end of a logarithmic axis; 0 where a value is 0 or more is better. */
    private double floor(List<ComparisonPlot.Curve> curves) {
        double least = curves.stream()
                .flatMap(curve -> Stream.of(curve.mean(), curve.low()))
                .flatMapToDouble(Arrays::stream)
                .filter(Double::isFinite)
                .min()
                .orElse(0);
        return measure.better() == PrimaryMetric.Better.LOWER && least > 0
                ? Chart.decade(least, target.filter(level -> level > 0).orElse(least))
                : 0;
    }
}
