package org.plastic4j.training.network;

import java.util.List;
import org.plastic4j.core.rule.PlasticityRule;
import org.plastic4j.training.config.Require;

/**
 * Plasticity rules as configurations name them, in kebab-case: those of the library, and those on the class path that a
 * {@link org.plastic4j.core.rule.RuleProvider} makes known.
 */
public final class RuleNames {
    /** What traces are kept within unless the configuration says otherwise, as in Backpropamine. */
    static final double USUAL_BOUND = 1;

    private RuleNames() {}

    /** @return the names of all rules there are */
    public static List<String> all() {
        return PlasticityRule.keys().stream().map(key -> key.replace('_', '-')).toList();
    }

    /**
     * @param setting the name of the setting, for messages
     * @param name what it says
     * @throws org.plastic4j.training.config.InvalidSetting if there is no such rule
     */
    public static void require(String setting, String name) {
        Require.that(setting, name, all().contains(name), "one of " + String.join(", ", all()));
    }

    /**
     * @param name one of {@link #all}
     * @return the rule, with the usual bound if it has one
     */
    public static PlasticityRule rule(String name) {
        return rule(name, USUAL_BOUND);
    }

    /**
     * @param name one of {@link #all}
     * @param bound what traces are kept within, from {@code -bound} to {@code bound}; of no effect for rules without one
     * @return the rule
     */
    public static PlasticityRule rule(String name, double bound) {
        return PlasticityRule.of(name.replace('-', '_'), bound);
    }
}
