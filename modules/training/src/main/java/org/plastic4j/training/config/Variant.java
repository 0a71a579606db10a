package org.plastic4j.training.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.plastic4j.training.UserError;

/**
 * Reads a configuration that may be a variant of another: {@code extends: other.yaml} takes all that the other says,
 * and changes what it says itself. The other is looked for beside the file that names it, then
 * among the shipped ones, {@code extends: quick}, and may be a variant too.
 */
final class Variant {
    /** The name that no setting of an experiment can have. */
    static final String EXTENDS = "extends";

    private Variant() {}

    static SettingNode read(ConfigText config) {
        return read(config, new ArrayList<>());
    }

    private static SettingNode read(ConfigText config, List<String> chain) {
        chain.add(config.name());
        if (!(YamlReader.readFile(config) instanceof SettingNode.Group group)) {
            return YamlReader.readFile(config);
        }
        SettingNode base = group.entries().get(EXTENDS);
        if (base == null) {
            return group;
        }
        if (!(base instanceof SettingNode.Scalar scalar && scalar.value().isTextual())) {
            throw new UserError(String.format(
                    Locale.ROOT,
                    "%s: expected the path of another configuration, found %s (%s)",
                    EXTENDS,
                    base.found(),
                    base.location()));
        }
        ConfigText other = config.sibling(scalar.text())
                .orElseThrow(() -> new UserError(String.format(
                        Locale.ROOT,
                        "%s: there is no configuration %s beside this one%s (%s)",
                        EXTENDS,
                        scalar.text(),
                        config.shipped().isPresent() ? ", and none of that name is shipped" : "",
                        base.location())));
        if (chain.contains(other.name())) {
            throw new UserError(String.format(
                    Locale.ROOT,
                    "%s: %s extends itself, by way of %s (%s)",
                    EXTENDS,
                    other.name(),
                    String.join(", ", chain.subList(chain.indexOf(other.name()), chain.size())),
                    base.location()));
        }
        Map<String, SettingNode> own = new LinkedHashMap<>(group.entries());
        own.remove(EXTENDS);
        return read(other, chain).overlaidBy(new SettingNode.Group(own, group.location()));
    }
}
