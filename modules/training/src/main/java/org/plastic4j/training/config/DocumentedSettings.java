package org.plastic4j.training.config;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an experiment's defaults say of each setting: the comment above it, and its value. A setting without a default is
 * documented by a comment that begins with its name, {@code # stop: ...}.
 */
public final class DocumentedSettings {
    private static final Pattern KEY = Pattern.compile("( *)([A-Za-z]\\w*):(?: (.*))?");
    private static final Pattern COMMENT = Pattern.compile(" *# ?(.*)");

    private final Map<String, Setting> settings = new LinkedHashMap<>();

    /**
     * One setting.
     *
     * @param path its path
     * @param value its default; empty where there is none
     * @param comment what it means, in lines; none where nothing is said
     */
    public record Setting(String path, String value, List<String> comment) {}

    private DocumentedSettings() {}

    /**
     * @param defaults an experiment's defaults, in YAML with a setting a line
     * @param type its configuration's type
     * @return what they say
     */
    public static DocumentedSettings of(ConfigText defaults, Class<? extends Record> type) {
        DocumentedSettings documented = new DocumentedSettings();
        Set<String> known = Set.copyOf(SettingType.paths(type));
        List<String> comment = new ArrayList<>();
        Path path = new Path();
        for (String line : defaults.yaml().lines().toList()) {
            Matcher said = COMMENT.matcher(line);
            Matcher key = KEY.matcher(line);
            if (said.matches()) {
                Matcher named = KEY.matcher(said.group(1));
                String absent = named.matches() ? path.at(line.indexOf('#'), named.group(2)) : "";
                if (known.contains(absent)) {
                    documented.settings.put(absent, new Setting(absent, "", List.of(named.group(3))));
                } else {
                    comment.add(said.group(1));
                }
            } else if (key.matches()) {
                String name = path.enter(key.group(1).length(), key.group(2));
                String value = Optional.ofNullable(key.group(3)).orElse("").strip();
                if (!value.isEmpty()) {
                    documented.settings.put(name, new Setting(name, value, List.copyOf(comment)));
                    comment.clear();
                }
            } else {
                comment.clear();
            }
        }
        return documented;
    }

    /** @return all settings, in the order of the defaults */
    public List<Setting> all() {
        return List.copyOf(settings.values());
    }

    /**
     * @param yaml a resolved configuration, as {@link ConfigWriter} writes it
     * @return the same with the comments of the defaults
     */
    public String comment(String yaml) {
        StringBuilder text = new StringBuilder();
        Path path = new Path();
        for (String line : yaml.lines().toList()) {
            Matcher key = KEY.matcher(line);
            if (key.matches()) {
                Setting setting = settings.get(path.enter(key.group(1).length(), key.group(2)));
                if (setting != null) {
                    setting.comment()
                            .forEach(said -> text.append(key.group(1))
                                    .append("# ")
                                    .append(said)
                                    .append('\n'));
                }
            }
            text.append(line).append('\n');
        }
        return text.toString();
    }

    /** Where a line is, by the indents of the groups above it. */
    private static final class Path {
        private final Deque<Integer> indents = new ArrayDeque<>();
        private final Deque<String> names = new ArrayDeque<>();

        String at(int indent, String name) {
            Path other = new Path();
            other.indents.addAll(indents);
            other.names.addAll(names);
            return other.enter(indent, name);
        }

        String enter(int indent, String name) {
            while (!indents.isEmpty() && indents.getLast() >= indent) {
                indents.removeLast();
                names.removeLast();
            }
            indents.addLast(indent);
            names.addLast(name);
            return String.join(".", names);
        }
    }
}
