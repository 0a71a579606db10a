package org.plastic4j.training.config;

import java.util.Locale;
import org.plastic4j.training.UserError;

/**
 * A valid configuration that still knows where each of its settings came from.
 *
 * @param <C> the configuration's type
 */
public final class LoadedConfig<C extends Record> {
    private final C value;
    private final SettingNode tree;

    LoadedConfig(C value, SettingNode tree) {
        this.value = value;
        this.tree = tree;
    }

    /** @return the configuration */
    public C value() {
        return value;
    }

    /**
     * Says where a setting was written that turned out to be wrong only later, such as when it met the data.
     *
     * @param problem names its setting by the whole path
     * @return the error to throw
     */
    public UserError rejection(InvalidSetting problem) {
        return rejection(tree, "", problem);
    }

    static UserError rejection(SettingNode tree, String prefix, InvalidSetting problem) {
        String path = prefix + problem.setting();
        return new UserError(
                String.format(Locale.ROOT, "%s: %s (%s)", path, problem.problem(), tree.locationOf(path)), problem);
    }
}
