package org.plastic4j.training.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.plastic4j.training.DidYouMean;
import org.plastic4j.training.UserError;

/**
 * Holds a tree of settings against the record it is to become, before anything is built from it: names, kinds and what
 * is missing. Nothing is converted from one kind to another, except that an integer may stand for a number.
 */
final class SettingChecker {
    private final List<String> known;
    private final String config;

    /** {@code config} names the configuration that has to be completed where a setting is missing. */
    SettingChecker(Class<?> root, String config) {
        this.known = SettingType.paths(root);
        this.config = config;
    }

    void check(SettingNode node, Type type, String path) {
        Class<?> raw = SettingType.raw(type);
        if (raw == Optional.class) {
            if (!isNull(node)) {
                check(node, SettingType.argument(type), path);
            }
        } else if (raw.isRecord() && node instanceof SettingNode.Group group) {
            checkGroup(group, raw, path);
        } else if (raw == List.class && node instanceof SettingNode.Sequence list) {
            for (int i = 0; i < list.items().size(); i++) {
                check(list.items().get(i), SettingType.argument(type), path + "[" + i + "]");
            }
        } else if (!(node instanceof SettingNode.Scalar scalar && fits(scalar.value(), raw))) {
            throw new UserError(String.format(
                    Locale.ROOT,
                    "%sexpected %s, found %s (%s)",
                    path.isEmpty() ? "" : path + ": ",
                    expected(node, type),
                    node.found(),
                    node.location()));
        }
    }

    private void checkGroup(SettingNode.Group group, Class<?> record, String path) {
        String prefix = path.isEmpty() ? "" : path + ".";
        List<String> names = new ArrayList<>();
        for (RecordComponent component : record.getRecordComponents()) {
            names.add(component.getName());
        }
        group.entries().forEach((name, value) -> {
            if (!names.contains(name)) {
                throw unknown(prefix, name, names, value.location());
            }
        });
        for (RecordComponent component : record.getRecordComponents()) {
            SettingNode value = group.entries().get(component.getName());
            Type type = component.getGenericType();
            if (value != null) {
                check(value, type, prefix + component.getName());
            } else if (component.getType() != Optional.class) {
                throw new UserError(String.format(
                        Locale.ROOT,
                        "%s: missing setting, expected %s (%s)",
                        prefix + component.getName(),
                        SettingType.expected(type),
                        config));
            }
        }
    }

    private UserError unknown(String prefix, String name, List<String> siblings, SourceLocation location) {
        int dot = name.indexOf('.');
        if (dot > 0 && known.contains(prefix + name)) {
            return new UserError(String.format(
                            Locale.ROOT,
                            "%s: expected the name of one setting, found a path, as --set takes them; in a file, write",
                            prefix + name)
                    + String.format(
                            Locale.ROOT,
                            " %s: {%s: ...} (%s)",
                            name.substring(0, dot),
                            name.substring(dot + 1),
                            location));
        }
        // A near name in the same group is likelier meant than a nearer one elsewhere.
        String hint = DidYouMean.of(name, siblings)
                .map(sibling -> prefix + sibling)
                .or(() -> DidYouMean.ofPath(prefix + name, known))
                .map(path -> "did you mean " + path + "?")
                .orElseGet(() -> "known here: " + String.join(", ", siblings));
        return new UserError(String.format(Locale.ROOT, "%s: unknown setting, %s (%s)", prefix + name, hint, location));
    }

    private static boolean isNull(SettingNode node) {
        return node instanceof SettingNode.Scalar scalar && scalar.value().isNull();
    }

    private static boolean fits(JsonNode value, Class<?> type) {
        if (type == int.class || type == Integer.class) {
            return value.isIntegralNumber() && value.canConvertToInt();
        } else if (type == long.class || type == Long.class) {
            return value.isIntegralNumber() && value.canConvertToLong();
        } else if (type == double.class || type == Double.class) {
            return value.isNumber();
        } else if (type == boolean.class || type == Boolean.class) {
            return value.isBoolean();
        } else if (type == String.class) {
            return value.isTextual();
        } else if (type.isEnum()) {
            return value.isTextual()
                    && Arrays.stream(type.getEnumConstants())
                            .anyMatch(choice -> Kebab.of((Enum<?>) choice).equals(value.textValue()));
        }
        return false;
    }

    private static String expected(SettingNode node, Type type) {
        boolean tooLarge =
                node instanceof SettingNode.Scalar scalar && scalar.value().isIntegralNumber();
        Class<?> raw = SettingType.raw(type);
        if (tooLarge && (raw == int.class || raw == Integer.class)) {
            return "an integer from " + Integer.MIN_VALUE + " to " + Integer.MAX_VALUE;
        } else if (tooLarge && (raw == long.class || raw == Long.class)) {
            return "an integer from " + Long.MIN_VALUE + " to " + Long.MAX_VALUE;
        }
        return SettingType.expected(type);
    }
}
