package org.plastic4j.training.config;

import com.fasterxml.jackson.core.JsonProcessingException;

/** Writes a configuration so that {@link ConfigLoader} reads an equal one back. */
public final class ConfigWriter {
    private ConfigWriter() {}

    /**
     * @param config a configuration record
     * @return all its settings in YAML; an empty Optional is {@code null}
     */
    public static String toYaml(Record config) {
        try {
            return SettingMapper.MAPPER.writeValueAsString(config);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("not a configuration: " + config.getClass(), e);
        }
    }
}
