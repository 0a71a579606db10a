package org.plastic4j.training.config;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.plastic4j.training.UserError;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Reads YAML into a tree that knows its lines. */
final class YamlReader {
    private static final int DEEPEST = 30;
    /** An alias repeats what it stands for, and aliases of aliases double it. */
    private static final int MOST_VALUES = 10_000;

    private final String source;
    private final boolean hasLines;
    private int values;

    private YamlReader(String source, boolean hasLines) {
        this.source = source;
        this.hasLines = hasLines;
    }

    /** A whole file; an empty one has no settings. */
    static SettingNode readFile(ConfigText file) {
        YamlReader reader = new YamlReader(file.name(), true);
        Node root = reader.compose(file.yaml());
        SourceLocation start = new SourceLocation(file.name(), 1);
        return root == null ? new SettingNode.Group(Map.of(), start) : reader.convert(root, 0);
    }

    /** The value of an option. */
    static SettingNode readValue(String value, String option) {
        YamlReader reader = new YamlReader(option, false);
        Node root = reader.compose(value);
        return root == null
                ? new SettingNode.Scalar(JsonNodeFactory.instance.nullNode(), "", new SourceLocation(option, 0))
                : reader.convert(root, 0);
    }

    private Node compose(String yaml) {
        try {
            return new Yaml(new LoaderOptions()).compose(new java.io.StringReader(yaml));
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark() == null ? 0 : e.getProblemMark().getLine() + 1;
            throw reject(line, e.getProblem(), e);
        } catch (YAMLException e) {
            throw reject(0, e.getMessage().lines().findFirst().orElse("unreadable"), e);
        }
    }

    private SettingNode convert(Node node, int depth) {
        SourceLocation location = location(node);
        if (depth > DEEPEST) {
            throw reject(location.line(), "nested too deeply", null);
        }
        values++;
        if (values > MOST_VALUES) {
            throw reject(location.line(), "more than " + MOST_VALUES + " values, with those that aliases repeat", null);
        }
        if (node instanceof ScalarNode scalar) {
            String text = scalar.getValue();
            boolean plain = scalar.getScalarStyle() == ScalarStyle.PLAIN;
            return new SettingNode.Scalar(
                    plain ? CoreSchema.resolve(text) : JsonNodeFactory.instance.textNode(text), text, location);
        } else if (node instanceof SequenceNode list) {
            List<SettingNode> items = new ArrayList<>();
            list.getValue().forEach(item -> items.add(convert(item, depth + 1)));
            return new SettingNode.Sequence(items, location);
        } else if (node instanceof MappingNode mapping) {
            return group(mapping, location, depth);
        }
        throw reject(location.line(), "aliases are not supported", null);
    }

    private SettingNode group(MappingNode mapping, SourceLocation location, int depth) {
        Map<String, SettingNode> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            SourceLocation at = location(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw reject(at.line(), "the name of a setting has to be a plain text", null);
            }
            SettingNode value = convert(tuple.getValueNode(), depth + 1);
            SettingNode before = entries.put(key.getValue(), value);
            if (before != null) {
                throw new UserError(String.format(
                        Locale.ROOT,
                        "%s: set twice, first on line %d (%s)",
                        key.getValue(),
                        before.location().line(),
                        at));
            }
        }
        return new SettingNode.Group(entries, location);
    }

    private SourceLocation location(Node node) {
        return new SourceLocation(source, hasLines ? node.getStartMark().getLine() + 1 : 0);
    }

    private UserError reject(int line, String problem, Throwable cause) {
        return new UserError(
                String.format(
                        Locale.ROOT,
                        "not valid YAML: %s (%s)",
                        problem,
                        new SourceLocation(source, hasLines ? line : 0)),
                cause);
    }
}
