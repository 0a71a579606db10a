package org.plastic4j.training.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import java.util.List;
import java.util.Locale;
import org.plastic4j.training.UserError;

/**
 * Makes a configuration out of its three layers: the experiment's defaults, the configuration file and the overrides
 * of the command line. Nothing unknown, missing, ill-typed or senseless gets through; each rejection is a
 * {@link UserError} that names the setting by its path, what was expected, what was found, and where.
 *
 * <p>A configuration is a record whose components are {@code int}, {@code long}, {@code double}, {@code boolean},
 * {@code String}, enums (in kebab-case), records, and {@code Optional} or {@code List} of these. What a value must
 * satisfy beyond its type belongs into the record's compact constructor, see {@link Require}.
 */
public final class ConfigLoader {
    private ConfigLoader() {}

    /**
     * @param type the configuration's type
     * @param defaults the values of settings that the configuration leaves out
     * @param config the configuration; it may be empty, or extend another: {@code extends: other.yaml}
     * @param overrides single settings that go before both, later ones before earlier ones
     * @param <C> the configuration's type
     * @return the configuration
     * @throws UserError if anything in it is wrong
     */
    public static <C extends Record> LoadedConfig<C> load(
            Class<C> type, ConfigText defaults, ConfigText config, List<SettingOverride> overrides) {
        SettingNode tree = YamlReader.readFile(defaults).overlaidBy(Variant.read(config));
        for (SettingOverride override : overrides) {
            tree = tree.overlaidBy(override.toNode());
        }
        new SettingChecker(type, config.name()).check(tree, type, "");
        return new LoadedConfig<>(bind(type, tree), tree);
    }

    private static <C extends Record> C bind(Class<C> type, SettingNode tree) {
        try {
            return SettingMapper.MAPPER.treeToValue(tree.toJson(), type);
        } catch (ValueInstantiationException e) {
            String prefix = prefix(e);
            if (e.getCause() instanceof InvalidSetting problem) {
                throw LoadedConfig.rejection(tree, prefix, problem);
            } else if (e.getCause() instanceof IllegalArgumentException problem) {
                String path = prefix.isEmpty() ? "" : prefix.substring(0, prefix.length() - 1);
                throw new UserError(
                        String.format(
                                Locale.ROOT,
                                "%s%s (%s)",
                                path.isEmpty() ? "" : path + ": ",
                                problem.getMessage(),
                                tree.locationOf(path)),
                        e);
            }
            throw new IllegalStateException("the configuration record failed", e);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("checked settings do not bind to " + type, e);
        }
    }

    private static String prefix(JsonMappingException e) {
        StringBuilder prefix = new StringBuilder();
        for (JsonMappingException.Reference step : e.getPath()) {
            if (step.getFieldName() == null) {
                prefix.setLength(Math.max(0, prefix.length() - 1));
                prefix.append('[').append(step.getIndex()).append("].");
            } else {
                prefix.append(step.getFieldName()).append('.');
            }
        }
        return prefix.toString();
    }
}
