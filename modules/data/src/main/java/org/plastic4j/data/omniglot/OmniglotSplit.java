package org.plastic4j.data.omniglot;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which characters networks are trained on and which are held out, by name. The lists are fixed: they depend neither on a
 * run's seed nor on the order of files. The first three are ours. They were made once by sorting names by the SHA-256 of
 * "plastic4j omniglot SPLIT NAME": the first 100 characters, or the first six alphabets, are the test set; the next 64, or
 * three, are for validation. The others are the field's.
 */
public enum OmniglotSplit {
    /** The paper's sizes: of all 1,623 characters of both archives, 100 are the test set. */
    BOTH(List.of(OfficialArchive.BACKGROUND, OfficialArchive.EVALUATION)),
    /** Of the 964 characters of images_background, 100 are the test set. */
    BACKGROUND(List.of(OfficialArchive.BACKGROUND)),
    /** Of the 30 alphabets of images_background, six whole ones are the test set. */
    ALPHABETS(List.of(OfficialArchive.BACKGROUND)),
    /** Trained on images_background, tested on all 659 characters of images_evaluation. */
    OFFICIAL(List.of(OfficialArchive.BACKGROUND, OfficialArchive.EVALUATION)),
    /** That of Matching Networks (Vinyals et al., 2016): 423 characters of 13 alphabets are the test set. */
    VINYALS(List.of(OfficialArchive.BACKGROUND, OfficialArchive.EVALUATION));

    private static final String TEST = "test";
    private static final String VALIDATION = "validation";

    private final List<String> archives;

    OmniglotSplit(List<String> archives) {
        this.archives = archives;
    }

    /** What it needs. */
    List<OfficialArchive> archives() {
        return archives.stream().map(OfficialArchive::of).toList();
    }

    /** The names of those held out to report. */
    Set<String> test() {
        return listed(TEST);
    }

    /** The names of those to choose settings by. */
    Set<String> validation() {
        return listed(VALIDATION);
    }

    private Set<String> listed(String set) {
        Set<String> names = new TreeSet<>();
        for (String[] words : Lines.of(name().toLowerCase(Locale.ROOT) + ".txt")) {
            if (words[0].equals(set)) {
                names.add(words[1]);
            }
        }
        return names;
    }
}
