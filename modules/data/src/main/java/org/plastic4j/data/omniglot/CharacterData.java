package org.plastic4j.data.omniglot;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.plastic4j.data.InvalidData;

/**
 * Characters in three sets that share none.
 *
 * @param name what they are, as in "Omniglot"
 * @param training what networks are trained on
 * @param validation held out, to choose settings by; none where they are trained on
 * @param test held out, to report
 * @param facts what a run records of them, in order. Equal facts mean equal drawings in the same sets
 */
public record CharacterData(
        String name, Characters training, Characters validation, Characters test, Map<String, String> facts) {
    /**
     * Checks that no character is in two sets, and copies the facts.
     *
     * @param name what they are, as in "Omniglot"
     * @param training what networks are trained on
     * @param validation held out, to choose settings by; none where they are trained on
     * @param test held out, to report
     * @param facts what a run records of them, in order. Equal facts mean equal drawings in the same sets
     * @throws InvalidData if one is, by its name or by all of its drawings
     */
    public CharacterData {
        facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
        Map<Object, Member> known = new HashMap<>();
        claim(name, known, "training", training);
        claim(name, known, "validation", validation);
        claim(name, known, "test", test);
    }

    /** A character of a set. */
    private record Member(String set, String character) {}

    private static void claim(String data, Map<Object, Member> known, String set, Characters characters) {
        for (int c = 0; c < characters.count(); c++) {
            Member member = new Member(set, characters.name(c));
            for (Object identity : List.of(characters.name(c), characters.drawn(c))) {
                Member other = known.putIfAbsent(identity, member);
                if (other != null && !other.set.equals(set)) {
                    throw new InvalidData(String.format(
                            Locale.ROOT,
                            "%s: expected training, validation and test characters that share none, found %s for %s"
                                    + " and %sfor %s",
                            data,
                            other.character,
                            other.set,
                            other.character.equals(member.character) ? "" : "its drawings as " + member.character + " ",
                            set));
                }
            }
        }
    }
}
