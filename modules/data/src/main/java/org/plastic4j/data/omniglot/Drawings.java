package org.plastic4j.data.omniglot;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Drawings of characters in memory, a byte a pixel: from 0 for paper to 255 for ink, of {@value #SIDE} by {@value #SIDE}
 * pixels, row after row.
 *
 * @param names the characters, as in "Greek/character07"
 * @param counts how many drawings there are of each
 * @param ink all drawings, character after character
 */
record Drawings(List<String> names, List<Integer> counts, byte[] ink) {
    static final int SIDE = 31;
    static final int PIXELS = SIDE * SIDE;

    Drawings {
        names = List.copyOf(names);
        counts = List.copyOf(counts);
        int total = counts.stream().mapToInt(Integer::intValue).sum();
        if (names.size() != counts.size() || ink.length != total * PIXELS) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "Drawings: expected %d counts and %d pixels, found %d and %d",
                    names.size(),
                    total * PIXELS,
                    counts.size(),
                    ink.length));
        }
    }

    /** All drawings of both. */
    Drawings and(Drawings other) {
        List<String> allNames = new ArrayList<>(names);
        allNames.addAll(other.names);
        List<Integer> allCounts = new ArrayList<>(counts);
        allCounts.addAll(other.counts);
        byte[] all = Arrays.copyOf(ink, ink.length + other.ink.length);
        System.arraycopy(other.ink, 0, all, ink.length, other.ink.length);
        return new Drawings(allNames, allCounts, all);
    }

    /** Where each character's drawings begin, counted in drawings. */
    private int[] firsts() {
        int[] first = new int[names.size() + 1];
        for (int c = 0; c < counts.size(); c++) {
            first[c + 1] = first[c] + counts.get(c);
        }
        return first;
    }

    /** Some of the characters, in this order. */
    Characters select(List<String> wanted) {
        Map<String, Integer> numbers = new HashMap<>();
        for (int c = 0; c < names.size(); c++) {
            numbers.put(names.get(c), c);
        }
        int[] firsts = firsts();
        int[] first =
                wanted.stream().mapToInt(name -> firsts[numbers.get(name)]).toArray();
        int[] count =
                wanted.stream().mapToInt(name -> counts.get(numbers.get(name))).toArray();
        return new Characters(wanted, first, count, ink);
    }
}
