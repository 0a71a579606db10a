package org.plastic4j.experiment.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/** A resolved configuration as dotted paths and their values, as in {@code training.optimizer.learningRate: 0.001}. */
public final class FlatSettings {
    private FlatSettings() {}

    /**
     * @param yaml a resolved configuration
     * @return the text of every value by its path, in the file's order; a list is one value
     * @throws IllegalArgumentException if it is no YAML
     */
    public static Map<String, String> of(String yaml) {
        Map<String, String> settings = new LinkedHashMap<>();
        try {
            add("", new YAMLMapper().readTree(yaml), settings);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e.getOriginalMessage(), e);
        }
        return settings;
    }

    private static void add(String path, JsonNode node, Map<String, String> settings) {
        if (node.isObject()) {
            node.properties()
                    .forEach(entry -> add(
                            path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), entry.getValue(), settings));
        } else {
            settings.put(path, node.isArray() ? node.toString() : node.asText());
        }
    }
}
