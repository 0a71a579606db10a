package org.plastic4j.report.comparison;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.plastic4j.training.dataset.DataSettings;

/**
 * Runs of one configuration that differ in nothing but their seeds.
 *
 * @param name what tells it from the others
 * @param runs at least one
 */
record RunGroup(String name, List<ComparedRun> runs) {
    private static final Pattern TIME = Pattern.compile("^\\d{8}-\\d{6}");
    private static final int MOST_SETTINGS = 3;

    /** Groups in the order of their first runs, named by the folders that hold them. */
    static List<RunGroup> of(List<ComparedRun> runs) {
        Map<Map<String, String>, List<ComparedRun>> bySettings = new LinkedHashMap<>();
        for (ComparedRun run : runs) {
            Map<String, String> settings = new LinkedHashMap<>(run.settings());
            settings.remove("seed");
            // What the data are, and not where; and on how many others it was evaluated is nothing of the network.
            settings.remove(DataSettings.LOCATION);
            settings.remove("training.heldOut");
            settings.put("data", run.facts().path("data").toString());
            bySettings.computeIfAbsent(settings, key -> new ArrayList<>()).add(run);
        }
        List<RunGroup> groups = new ArrayList<>();
        Map<String, Integer> names = new LinkedHashMap<>();
        for (List<ComparedRun> same : bySettings.values()) {
            String name = nameOf(same, bySettings.keySet());
            int times = names.merge(name, 1, Integer::sum);
            groups.add(new RunGroup(times == 1 ? name : name + " (" + times + ")", List.copyOf(same)));
        }
        return groups;
    }

    /** Folders that are named by the time say nothing: their runs are named by the settings in which they differ. */
    private static String nameOf(List<ComparedRun> runs, Set<Map<String, String>> all) {
        String folder = folderOf(runs);
        if (!TIME.matcher(folder).find()) {
            return folder;
        }
        Map<String, String> own = runs.get(0).settings();
        String differing = own.keySet().stream()
                .filter(path -> !path.equals("seed"))
                .filter(path -> all.stream()
                                .map(settings -> settings.get(path))
                                .distinct()
                                .count()
                        > 1)
                .limit(MOST_SETTINGS)
                .map(path -> path.substring(path.lastIndexOf('.') + 1) + "=" + own.get(path))
                .collect(Collectors.joining(", "));
        return differing.isEmpty() ? folder : differing;
    }

    private static String folderOf(List<ComparedRun> runs) {
        List<String> names = runs.stream()
                .map(run ->
                        run.path().toAbsolutePath().normalize().getFileName().toString())
                .toList();
        if (names.size() == 1) {
            return names.get(0);
        }
        var parents = runs.stream()
                .map(run -> run.path().toAbsolutePath().normalize().getParent())
                .distinct()
                .toList();
        return parents.size() == 1 && parents.get(0).getFileName() != null && allIn(runs, names)
                ? parents.get(0).getFileName().toString()
                : names.get(0) + " and " + (names.size() - 1) + " more";
    }

    /** Folders that are named by their seeds say nothing themselves. */
    private static boolean allIn(List<ComparedRun> runs, List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            if (!names.get(i).endsWith(runs.get(i).seed())) {
                return false;
            }
        }
        return true;
    }

    double lastLifetime() {
        return runs.stream().mapToDouble(ComparedRun::lastLifetime).max().orElse(0);
    }

    /** The runs' means of windows at so many lifetimes: least, mean and greatest of those that got so far. */
    double[][] curves(double[] grid, long window) {
        double[][] curves = new double[3][grid.length];
        List<double[]> each =
                runs.stream().map(run -> onGrid(run, grid, window)).toList();
        for (int i = 0; i < grid.length; i++) {
            int at = i;
            double[] values = each.stream()
                    .mapToDouble(curve -> curve[at])
                    .filter(Double::isFinite)
                    .toArray();
            curves[0][i] = Arrays.stream(values).min().orElse(Double.NaN);
            curves[1][i] = Arrays.stream(values).average().orElse(Double.NaN);
            curves[2][i] = Arrays.stream(values).max().orElse(Double.NaN);
        }
        return curves;
    }

    /** Straight lines between rows; nothing before the first and after the last. */
    private static double[] onGrid(ComparedRun run, double[] grid, long window) {
        double[] means = run.means(window).centred();
        int[] known = IntStream.range(0, means.length)
                .filter(i -> Double.isFinite(means[i]))
                .toArray();
        double[] x = Arrays.stream(known).mapToDouble(i -> run.lifetimes()[i]).toArray();
        double[] y = Arrays.stream(known).mapToDouble(i -> means[i]).toArray();
        double[] values = new double[grid.length];
        for (int i = 0; i < grid.length; i++) {
            int found = Arrays.binarySearch(x, grid[i]);
            int next = -found - 1;
            if (found >= 0) {
                values[i] = y[found];
            } else if (next == 0 || next == x.length) {
                values[i] = Double.NaN;
            } else {
                double fraction = (grid[i] - x[next - 1]) / (x[next] - x[next - 1]);
                values[i] = y[next - 1] + fraction * (y[next] - y[next - 1]);
            }
        }
        return values;
    }
}
