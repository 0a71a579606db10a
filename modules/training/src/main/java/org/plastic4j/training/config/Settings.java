package org.plastic4j.training.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** A configuration as a flat list of settings, to be held against another one. */
public final class Settings {
    private Settings() {}

    /**
     * @param config a configuration record
     * @return the text of every setting by its path, as in {@code training.batch}; {@code null} for one that is absent
     */
    public static Map<String, String> of(Record config) {
        Map<String, String> settings = new LinkedHashMap<>();
        collect(SettingMapper.MAPPER.valueToTree(config), "", settings);
        return settings;
    }

    /**
     * @param yaml a resolved configuration
     * @return the text of every value by its path, in the file's order; a list is one value
     * @throws IllegalArgumentException if it is no YAML
     */
    public static Map<String, String> ofYaml(String yaml) {
        Map<String, String> settings = new LinkedHashMap<>();
        try {
            collect(SettingMapper.MAPPER.readTree(yaml), "", settings);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
        return settings;
    }

    private static void collect(JsonNode node, String path, Map<String, String> settings) {
        if (node.isObject()) {
            node.properties()
                    .forEach(entry -> collect(
                            entry.getValue(), path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), settings));
        } else {
            settings.put(path, node.isValueNode() ? node.asText() : node.toString());
        }
    }

    /** An older version, on the left, does not have settings that came later; not given, they change nothing. */
    private static boolean same(Map<String, String> left, Map<String, String> right, String path) {
        boolean later = !left.containsKey(path) && "null".equals(right.get(path));
        return later || Objects.equals(left.get(path), right.get(path));
    }

    /**
     * A setting that differs between two configurations.
     *
     * @param path the setting
     * @param left its value in the first; "nothing" if the first has no such setting
     * @param right its value in the second
     */
    public record Difference(String path, String left, String right) {}

    /**
     * @param left settings
     * @param right others
     * @param except settings that may differ
     * @return the first setting that differs, in the order of the first
     */
    public static Optional<Difference> difference(
            Map<String, String> left, Map<String, String> right, Set<String> except) {
        Set<String> paths = new LinkedHashSet<>(left.keySet());
        paths.addAll(right.keySet());
        return paths.stream()
                .filter(path -> !except.contains(path) && !same(left, right, path))
                .map(path ->
                        new Difference(path, left.getOrDefault(path, "nothing"), right.getOrDefault(path, "nothing")))
                .findFirst();
    }
}
