package org.plastic4j.core.cell;

import java.util.Arrays;
import java.util.stream.Collectors;

/** How much of a connection is plastic: the coefficient alpha of its Hebbian trace. */
public enum Alpha {
    /** Every connection learns its own alpha, of W's shape. */
    PER_CONNECTION("per_connection"),
    /** All connections share one learned alpha, shape [1]. */
    SHARED("shared"),
    /** No plasticity: no alpha, no eta, no trace. */
    ABSENT("absent");

    private final String key;

    Alpha(String key) {
        this.key = key;
    }

    /** {@return the name in saved graphs} */
    public String key() {
        return key;
    }

    /**
     * {@return the value with this key}
     *
     * @param key one of {@link #key()}
     * @throws IllegalArgumentException if there is none
     */
    public static Alpha of(String key) {
        return Arrays.stream(values())
                .filter(alpha -> alpha.key.equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("Alpha: expected one of "
                        + Arrays.stream(values()).map(Alpha::key).collect(Collectors.joining(", ")) + ", found \"" + key
                        + "\"."));
    }
}
