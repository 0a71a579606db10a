package org.plastic4j.data.omniglot;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What an archive should hold.
 *
 * @param name the folder in it; the archive is that and ".zip"
 * @param alphabets how many characters each of its alphabets has
 * @param drawings how many drawings there are of each character
 */
record OfficialArchive(String name, Map<String, Integer> alphabets, int drawings) {
    static final String BACKGROUND = "images_background";
    static final String EVALUATION = "images_evaluation";
    private static final int DRAWINGS = 20;

    OfficialArchive {
        alphabets = Map.copyOf(alphabets);
    }

    /** One of Omniglot's two; archives.txt lists what is in them. */
    static OfficialArchive of(String name) {
        Map<String, Integer> alphabets = new java.util.HashMap<>();
        for (String[] words : Lines.of("archives.txt")) {
            if (words[0].equals(name)) {
                alphabets.put(words[1], Integer.valueOf(words[2]));
            }
        }
        return new OfficialArchive(name, alphabets, DRAWINGS);
    }

    /** All characters, sorted, as in "Greek/character07". */
    List<String> characters() {
        List<String> names = new ArrayList<>();
        alphabets.forEach((alphabet, count) -> {
            for (int c = 1; c <= count; c++) {
                names.add(String.format(Locale.ROOT, "%s/character%02d", alphabet, c));
            }
        });
        names.sort(null);
        return names;
    }
}
