package org.plastic4j.live.http;

import java.util.Map;
import java.util.Optional;

/**
 * A request that passed all checks.
 *
 * @param parts what the route's pattern has in braces, by name
 * @param query the parameters behind the question mark; of several with the same name, the last
 * @param body what was sent; empty for {@code GET}
 */
public record Request(Map<String, String> parts, Map<String, String> query, byte[] body) {
    /**
     * @param name a name in braces in the route's pattern
     * @return what the path has there
     */
    public String part(String name) {
        return parts.get(name);
    }

    /**
     * @param name a parameter's name
     * @return its value, if it was given
     */
    public Optional<String> parameter(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /**
     * @param name a parameter's name
     * @param otherwise its value where it is not given
     * @return its value
     * @throws BadRequest if it is not a finite number that is not negative
     */
    public double number(String name, double otherwise) {
        String text = query.get(name);
        if (text == null) {
            return otherwise;
        }
        try {
            double value = Double.parseDouble(text);
            if (value >= 0 && Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Rejected below, like a number that is negative.
        }
        throw new BadRequest(name + ": expected a number that is not negative");
    }
}
