package org.plastic4j.training.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.math.BigInteger;
import java.util.regex.Pattern;

/**
 * What an unquoted YAML scalar means: the core schema of YAML 1.2.2, section 10.3.2. The parser underneath follows
 * YAML 1.1, where {@code yes} is a truth value and {@code 1e-3} is a text, which nobody who writes a learning rate
 * expects. Infinities and NaN are left out: no setting may be one.
 */
final class CoreSchema {
    private static final Pattern NULL = Pattern.compile("|~|null|Null|NULL");
    private static final Pattern TRUE = Pattern.compile("true|True|TRUE");
    private static final Pattern FALSE = Pattern.compile("false|False|FALSE");
    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]{1,40}");
    private static final Pattern OCTAL = Pattern.compile("0o[0-7]{1,40}");
    private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]{1,40}");
    private static final Pattern FLOAT = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

    private CoreSchema() {}

    static JsonNode resolve(String text) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        if (NULL.matcher(text).matches()) {
            return nodes.nullNode();
        } else if (TRUE.matcher(text).matches()) {
            return nodes.booleanNode(true);
        } else if (FALSE.matcher(text).matches()) {
            return nodes.booleanNode(false);
        } else if (INTEGER.matcher(text).matches()) {
            return integer(new BigInteger(text.startsWith("+") ? text.substring(1) : text));
        } else if (OCTAL.matcher(text).matches()) {
            return integer(new BigInteger(text.substring(2), 8));
        } else if (HEXADECIMAL.matcher(text).matches()) {
            return integer(new BigInteger(text.substring(2), 16));
        } else if (FLOAT.matcher(text).matches() && Double.isFinite(Double.parseDouble(text))) {
            return nodes.numberNode(Double.parseDouble(text));
        }
        return nodes.textNode(text);
    }

    private static JsonNode integer(BigInteger value) {
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        return value.bitLength() < Long.SIZE ? nodes.numberNode(value.longValue()) : nodes.numberNode(value);
    }
}
