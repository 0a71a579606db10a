package org.plastic4j.report.reproduction;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.plastic4j.training.stat.RankSum;
import org.plastic4j.training.trainer.PrimaryMetric;

/** The sentences that compare protocols by the last means of their seeds. */
final class RankTests {
    private final PrimaryMetric measure;
    private final Reproduction reproduction;
    private final long window;

    RankTests(PrimaryMetric measure, Reproduction reproduction, long window) {
        this.measure = measure;
        this.reproduction = reproduction;
        this.window = window;
    }

    /** A list in Markdown; empty where there is nothing to compare. */
    String text(List<ProtocolResult> results) {
        String lines = reproduction.comparisons().orElse(List.of()).stream()
                .flatMap(pair -> line(results, pair).stream())
                .collect(Collectors.joining());
        return lines.isEmpty()
                ? ""
                : String.format(
                                Locale.ROOT,
                                "\n%s, of the seeds' mean %s of the last %,d lifetimes; U is how many pairs of seeds, one of each, have the",
                                RankSum.METHOD,
                                measure.words(),
                                window)
                        + " greater one on the left:\n\n" + lines;
    }

    private Optional<String> line(List<ProtocolResult> results, Reproduction.Comparison pair) {
        return of(results, pair.of()).flatMap(one -> of(results, pair.with()).map(other -> line(one, other)));
    }

    private static Optional<ProtocolResult> of(List<ProtocolResult> results, String config) {
        return results.stream()
                .filter(result -> result.protocol().config().equals(config))
                .findFirst();
    }

    private static String line(ProtocolResult one, ProtocolResult other) {
        RankSum test = RankSum.of(one.lastMeans(), other.lastMeans());
        return String.format(
                Locale.ROOT,
                "- %s beside %s: U = %s of %d, p = %.3f (%d and %d seeds)\n",
                one.protocol().title(),
                other.protocol().title(),
                test.u() == Math.rint(test.u()) ? Long.toString((long) test.u()) : Double.toString(test.u()),
                test.pairs(),
                test.p(),
                one.runs().size(),
                other.runs().size());
    }
}
