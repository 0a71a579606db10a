package org.plastic4j.cli;

import com.beust.jcommander.ParameterException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Several seeds, as in {@code 0-9} or {@code 0,3,7} or both. */
final class SeedRange {
    private static final Pattern RANGE = Pattern.compile("(-?\\d{1,18})(?:-(-?\\d{1,18}))?");
    private static final int MOST = 1000;

    private SeedRange() {}

    static List<Long> parse(String option, String text) {
        Set<Long> seeds = new LinkedHashSet<>();
        for (String part : text.split(",", -1)) {
            Matcher matcher = RANGE.matcher(part.strip());
            if (!matcher.matches()) {
                throw rejected(option, text);
            }
            long first = Long.parseLong(matcher.group(1));
            long last = matcher.group(2) == null ? first : Long.parseLong(matcher.group(2));
            if (last < first || last - first >= MOST) {
                throw rejected(option, text);
            }
            for (long seed = first; seed <= last; seed++) {
                if (!seeds.add(seed)) {
                    throw new ParameterException(String.format(
                            Locale.ROOT, "%s: expected every seed once, found %d twice in '%s'", option, seed, text));
                }
            }
        }
        return new ArrayList<>(seeds);
    }

    /** Seeds as {@link #parse} reads them: {@code 0-9}, or {@code 0,3,7}. */
    static String text(List<Long> seeds) {
        long first = seeds.get(0);
        long last = seeds.get(seeds.size() - 1);
        return seeds.size() > 1 && last - first + 1 == seeds.size()
                ? first + "-" + last
                : seeds.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private static ParameterException rejected(String option, String text) {
        return new ParameterException(String.format(
                Locale.ROOT, "%s: expected seeds as in 0-9 or 0,3,7, at most %d, found '%s'", option, MOST, text));
    }
}
