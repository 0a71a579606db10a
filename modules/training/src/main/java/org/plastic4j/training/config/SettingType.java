package org.plastic4j.training.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a configuration record says about its settings. */
final class SettingType {
    private SettingType() {}

    /** The class behind a component's type. */
    static Class<?> raw(Type type) {
        return (Class<?>) (type instanceof ParameterizedType generic ? generic.getRawType() : type);
    }

    /** What an Optional or a List holds. */
    static Type argument(Type type) {
        return ((ParameterizedType) type).getActualTypeArguments()[0];
    }

    /** The dotted paths of all settings, groups included. */
    static List<String> paths(Class<?> record) {
        List<String> paths = new ArrayList<>();
        collect(record, "", paths);
        return paths;
    }

    private static void collect(Class<?> record, String prefix, List<String> paths) {
        for (RecordComponent component : record.getRecordComponents()) {
            String path = prefix + component.getName();
            paths.add(path);
            Type type = component.getGenericType();
            Class<?> inner = raw(raw(type) == Optional.class ? argument(type) : type);
            if (inner.isRecord()) {
                collect(inner, path + ".", paths);
            }
        }
    }

    /** What a message says a setting of this type should be. */
    static String expected(Type type) {
        Class<?> raw = raw(type);
        if (raw == int.class || raw == long.class || raw == Integer.class || raw == Long.class) {
            return "an integer";
        } else if (raw == double.class || raw == Double.class) {
            return "a number";
        } else if (raw == boolean.class || raw == Boolean.class) {
            return "true or false";
        } else if (raw == String.class) {
            return "a text";
        } else if (raw.isEnum()) {
            return Arrays.stream(raw.getEnumConstants())
                    .map(choice -> Kebab.of((Enum<?>) choice))
                    .collect(Collectors.joining(", ", "one of ", ""));
        } else if (raw == Optional.class) {
            return expected(argument(type));
        } else if (raw == List.class) {
            return "a list";
        } else if (raw.isRecord()) {
            return Arrays.stream(raw.getRecordComponents())
                    .map(RecordComponent::getName)
                    .collect(Collectors.joining(", ", "settings (", ")"));
        }
        throw new IllegalArgumentException("no setting can be of type " + type);
    }
}
