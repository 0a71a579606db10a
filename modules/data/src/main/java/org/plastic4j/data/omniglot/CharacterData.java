package org.plastic4j.data.omniglot;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Characters in three sets.
 *
 * @param name what they are, as in "Omniglot"
 * @param training what networks are trained on
 * @param validation held out, to choose settings by; none where they are trained on
 * @param test held out, to report
 * @param facts what a run records of them, in order. Equal facts mean equal drawings in the same sets
 */
public record CharacterData(
        String name, Characters training, Characters validation, Characters test, Map<String, String> facts) {
    /** Copies the facts. */
    public CharacterData {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }
}
