package org.plastic4j.data.pictures;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Pictures in three sets that share none.
 *
 * @param name what they are, as in "CIFAR-10"
 * @param training what networks are trained on
 * @param validation held out, to choose settings by
 * @param test held out, to report
 * @param facts what a run records of them, in order: which files with which checksums, and which of their pictures are
 *     in which set. Equal facts mean equal pictures
 */
public record PictureData(
        String name, Pictures training, Pictures validation, Pictures test, Map<String, String> facts) {
    /**
     * Copies the facts.
     *
     * @param name what they are, as in "CIFAR-10"
     * @param training what networks are trained on
     * @param validation held out, to choose settings by
     * @param test held out, to report
     * @param facts what a run records of them, in order: which files with which checksums, and which of their
     *     pictures are in which set. Equal facts mean equal pictures
     */
    public PictureData {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    }
}
