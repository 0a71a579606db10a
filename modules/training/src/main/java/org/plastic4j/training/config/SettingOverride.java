package org.plastic4j.training.config;

import java.util.Collections;
import java.util.Locale;
import java.util.regex.Pattern;
import org.plastic4j.training.UserError;

/**
 * A setting given on the command line.
 *
 * @param path the setting's dotted path
 * @param value its value in YAML
 * @param option the option as typed, for messages
 */
public record SettingOverride(String path, String value, String option) {
    private static final Pattern PATH = Pattern.compile("[^.\\s]+(\\.[^.\\s]+)*");

    /**
     * @param assignment the argument of {@code --set}: {@code a.b=value}
     * @return the override
     * @throws UserError if it has not that form
     */
    public static SettingOverride parse(String assignment) {
        int equals = assignment.indexOf('=');
        if (equals < 0 || !PATH.matcher(assignment.substring(0, equals)).matches()) {
            throw new UserError(String.format(
                    Locale.ROOT, "--set: expected NAME=VALUE, as in task.bits=100, found '%s'", assignment));
        }
        return new SettingOverride(
                assignment.substring(0, equals), assignment.substring(equals + 1), "--set " + assignment);
    }

    SettingNode toNode() {
        SettingNode node = YamlReader.readValue(value, option);
        String[] names = path.split("\\.");
        for (int i = names.length - 1; i >= 0; i--) {
            node = new SettingNode.Group(Collections.singletonMap(names[i], node), new SourceLocation(option, 0));
        }
        return node;
    }
}
