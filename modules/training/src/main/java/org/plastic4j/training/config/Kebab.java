package org.plastic4j.training.config;

import java.util.Locale;

/** The spelling of choices that users see: {@code DECAYING_HEBB} is {@code decaying-hebb}. */
public final class Kebab {
    private Kebab() {}

    /**
     * @param choice a constant of an enum
     * @return its name in lower case with hyphens
     */
    public static String of(Enum<?> choice) {
        return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
