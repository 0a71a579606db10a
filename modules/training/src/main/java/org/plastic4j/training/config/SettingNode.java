package org.plastic4j.training.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A tree of settings in which every value remembers where it was written. */
sealed interface SettingNode {
    /** Where it was written. */
    SourceLocation location();

    /** The same for Jackson. */
    JsonNode toJson();

    /** What a message says was found. */
    String found();

    /** Named settings. */
    record Group(Map<String, SettingNode> entries, SourceLocation location) implements SettingNode {
        @Override
        public JsonNode toJson() {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            entries.forEach((key, value) -> node.set(key, value.toJson()));
            return node;
        }

        @Override
        public String found() {
            return "settings (" + String.join(", ", entries.keySet()) + ")";
        }
    }

    /** Values in order. */
    record Sequence(List<SettingNode> items, SourceLocation location) implements SettingNode {
        @Override
        public JsonNode toJson() {
            ArrayNode node = JsonNodeFactory.instance.arrayNode();
            items.forEach(item -> node.add(item.toJson()));
            return node;
        }

        @Override
        public String found() {
            return "a list";
        }
    }

    /** One value; {@code text} is how it was written. */
    record Scalar(JsonNode value, String text, SourceLocation location) implements SettingNode {
        @Override
        public JsonNode toJson() {
            return value;
        }

        @Override
        public String found() {
            if (value.isNull()) {
                return "nothing";
            }
            return value.isTextual() ? "the text '" + text + "'" : text;
        }
    }

    /** What {@code over} says, and what this says where {@code over} is silent. Lists are replaced whole. */
    default SettingNode overlaidBy(SettingNode over) {
        if (!(this instanceof Group base && over instanceof Group upper)) {
            return over;
        }
        Map<String, SettingNode> merged = new LinkedHashMap<>(base.entries());
        upper.entries().forEach((key, value) -> merged.merge(key, value, SettingNode::overlaidBy));
        return new Group(merged, upper.location());
    }

    /** The location of the value at a dotted path, or of the deepest group on the way to it. */
    default SourceLocation locationOf(String path) {
        SettingNode node = this;
        for (String name : path.split("[.\\[\\]]+")) {
            SettingNode next = null;
            if (node instanceof Group group) {
                next = group.entries().get(name);
            } else if (node instanceof Sequence list && name.matches("\\d+")) {
                int index = Integer.parseInt(name);
                next = index < list.items().size() ? list.items().get(index) : null;
            }
            if (next == null) {
                break;
            }
            node = next;
        }
        return node.location();
    }
}
