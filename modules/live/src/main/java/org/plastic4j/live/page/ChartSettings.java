package org.plastic4j.live.page;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.plastic4j.live.http.BadRequest;
import org.plastic4j.live.http.Request;
import org.plastic4j.training.config.Kebab;

/**
 * What the user has chosen to see.
 *
 * @param experiment the experiment whose runs are shown; the first one where nothing is chosen
 * @param hidden the runs that are not shown, by what they are called in addresses
 * @param smoothing over which part of the longest run's lifetimes means are taken, 0 for single values; empty for the
 *     windows of the runs' own results
 * @param seeds how runs are shown that differ in nothing but their seeds
 * @param y the vertical axis
 * @param x the horizontal axis
 */
record ChartSettings(
        Optional<String> experiment, Set<String> hidden, OptionalDouble smoothing, Seeds seeds, Axis y, Axis x) {
    /** How runs are shown that differ in nothing but their seeds. */
    enum Seeds {
        BAND,
        SINGLE
    }

    /** An axis. */
    enum Axis {
        AUTO,
        LINEAR,
        LOG
    }

    static ChartSettings of(Request request) {
        double smoothing = request.number("smoothing", Double.MAX_VALUE);
        if (smoothing > 1 && smoothing < Double.MAX_VALUE) {
            throw new BadRequest("smoothing: expected a part of the run between 0 and 1");
        }
        return new ChartSettings(
                request.parameter("experiment"),
                request.parameter("hide")
                        .map(ids -> Arrays.stream(ids.split(",", -1)).collect(Collectors.toSet()))
                        .orElse(Set.of()),
                smoothing <= 1 ? OptionalDouble.of(smoothing) : OptionalDouble.empty(),
                choice(request, "seeds", Seeds.values()),
                choice(request, "y", Axis.values()),
                choice(request, "x", Axis.values()));
    }

    /** The first of them where nothing is chosen. */
    private static <E extends Enum<E>> E choice(Request request, String name, E[] choices) {
        return request.parameter(name)
                .map(value -> Arrays.stream(choices)
                        .filter(choice -> Kebab.of(choice).equals(value))
                        .findFirst()
                        .orElseThrow(() -> new BadRequest(String.format(
                                Locale.ROOT,
                                "%s: expected %s",
                                name,
                                Arrays.stream(choices).map(Kebab::of).collect(Collectors.joining(" or "))))))
                .orElse(choices[0]);
    }
}
