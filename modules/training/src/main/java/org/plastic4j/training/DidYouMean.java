package org.plastic4j.training;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Finds what a user probably meant. */
public final class DidYouMean {
    private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();

    private DidYouMean() {}

    /**
     * The known name with the fewest edits from the typed one, if that is close enough to be a slip.
     *
     * @param typed what the user wrote
     * @param known the names there are
     * @return the nearest of them, or nothing if none is near
     */
    public static Optional<String> of(String typed, Collection<String> known) {
        return known.stream()
                .filter(name -> distance(typed, name) <= slips(typed))
                .min(Comparator.comparingInt(name -> distance(typed, name)));
    }

    /**
     * The same for dotted paths, where the last name alone may be right: {@code bits} is near to {@code task.bits}.
     *
     * @param typed the path the user wrote
     * @param known the paths there are
     * @return the nearest of them, or nothing if none is near
     */
    public static Optional<String> ofPath(String typed, Collection<String> known) {
        return of(typed, known)
                .or(() -> known.stream()
                        .filter(path -> distance(lastName(typed), lastName(path)) <= slips(lastName(typed)))
                        .min(Comparator.comparingInt((String path) -> distance(lastName(typed), lastName(path)))
                                .thenComparingInt(path -> distance(typed, path))));
    }

    private static int distance(String left, String right) {
        return DISTANCE.apply(left, right);
    }

    private static int slips(String typed) {
        return Math.max(1, Math.min(3, typed.length() / 3));
    }

    private static String lastName(String path) {
        return path.substring(path.lastIndexOf('.') + 1);
    }
}
