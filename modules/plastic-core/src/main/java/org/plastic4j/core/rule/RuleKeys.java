package org.plastic4j.core.rule;

import java.util.regex.Pattern;

/** Names of rules and of their parameters, which become names of variables, entries of checkpoints and settings. */
final class RuleKeys {
    private static final Pattern KEY = Pattern.compile("[a-z][a-z0-9_]*");

    private RuleKeys() {}

    /** @throws IllegalArgumentException if it is not made of small letters, digits and underscores, a letter first */
    static String require(String where, String key) {
        if (key == null || !KEY.matcher(key).matches()) {
            throw new IllegalArgumentException(
                    where + ": expected a key of small letters, digits and underscores, found \"" + key + "\".");
        }
        return key;
    }
}
