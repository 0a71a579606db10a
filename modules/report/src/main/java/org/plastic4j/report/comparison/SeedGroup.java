package org.plastic4j.report.comparison;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.plastic4j.training.dataset.DataSettings;

/**
 * Runs of one configuration that differ in nothing but their seeds.
 *
 * @param name what tells it from the others
 * @param runs at least one
 */
public record SeedGroup(String name, List<RunRecord> runs) {
    private static final Pattern TIME = Pattern.compile("^\\d{8}-\\d{6}");
    private static final int MOST_SETTINGS = 3;

    /**
     * @param runs runs of one experiment
     * @return groups in the order of their first runs, named by the folders that hold them
     */
    public static List<SeedGroup> of(List<RunRecord> runs) {
        Map<Map<String, String>, List<RunRecord>> bySettings = new LinkedHashMap<>();
        for (RunRecord run : runs) {
            Map<String, String> settings = new LinkedHashMap<>(run.settings());
            settings.remove("seed");
            // What the data are, and not where.
            settings.remove(DataSettings.LOCATION);
            // On how many lifetimes it was evaluated is nothing of the network.
            settings.remove("training.heldOut");
            settings.put("data", run.facts().path("data").toString());
            bySettings.computeIfAbsent(settings, key -> new ArrayList<>()).add(run);
        }
        List<SeedGroup> groups = new ArrayList<>();
        Map<String, Integer> names = new LinkedHashMap<>();
        Set<String> differing = differing(bySettings.keySet());
        for (List<RunRecord> same : bySettings.values()) {
            String name = nameOf(same, differing);
            int times = names.merge(name, 1, Integer::sum);
            groups.add(new SeedGroup(times == 1 ? name : name + " (" + times + ")", List.copyOf(same)));
        }
        return groups;
    }

    private static Set<String> differing(Set<Map<String, String>> all) {
        Set<String> paths = new LinkedHashSet<>();
        all.forEach(settings -> paths.addAll(settings.keySet()));
        paths.removeIf(path ->
                all.stream().map(settings -> settings.get(path)).distinct().count() == 1);
        return paths;
    }

    /** Folders that are named by the time say nothing: their runs are named by the settings in which they differ. */
    private static String nameOf(List<RunRecord> runs, Set<String> differing) {
        String folder = folderOf(runs);
        if (!TIME.matcher(folder).find()) {
            return folder;
        }
        Map<String, String> own = runs.get(0).settings();
        String named = own.keySet().stream()
                .filter(path -> !path.equals("seed") && differing.contains(path))
                .limit(MOST_SETTINGS)
                .map(path -> path.substring(path.lastIndexOf('.') + 1) + "=" + own.get(path))
                .collect(Collectors.joining(", "));
        return named.isEmpty() ? folder : named;
    }

    private static String folderOf(List<RunRecord> runs) {
        List<String> names = runs.stream()
                .map(run ->
                        run.path().toAbsolutePath().normalize().getFileName().toString())
                .toList();
        if (names.size() == 1) {
            return names.get(0);
        }
        List<Path> parents = runs.stream()
                .map(run -> run.path().toAbsolutePath().normalize().getParent())
                .distinct()
                .toList();
        return parents.size() == 1 && parents.get(0).getFileName() != null && allIn(runs, names)
                ? parents.get(0).getFileName().toString()
                : names.get(0) + " and " + (names.size() - 1) + " more";
    }

    /** Folders that are named by their seeds say nothing themselves. */
    private static boolean allIn(List<RunRecord> runs, List<String> names) {
        for (int i = 0; i < names.size(); i++) {
            if (!names.get(i).endsWith(runs.get(i).seed())) {
                return false;
            }
        }
        return true;
    }

    /**
     * The settings that are not the same in all groups.
     *
     * @param groups groups of runs
     * @return a row a setting: its path, and its value in each group
     */
    public static List<List<String>> differences(List<SeedGroup> groups) {
        Set<String> keys = new LinkedHashSet<>();
        groups.forEach(group -> keys.addAll(group.runs().get(0).settings().keySet()));
        keys.remove("seed");
        List<List<String>> rows = new ArrayList<>();
        for (String key : keys) {
            List<String> values = groups.stream()
                    .map(group -> group.runs().get(0).settings().getOrDefault(key, "–"))
                    .toList();
            if (values.stream().distinct().count() > 1) {
                List<String> row = new ArrayList<>(List.of(key));
                row.addAll(values);
                rows.add(row);
            }
        }
        return rows;
    }
}
