package org.plastic4j.report.reproduction;

import java.util.List;
import java.util.Optional;
import org.plastic4j.training.config.Require;

/**
 * What an experiment reproduces. An experiment describes it in a YAML resource with just these settings.
 *
 * @param title the experiment, for people
 * @param source where the paper's figures are from
 * @param target what the mean of the primary metric has to be better than; empty where the paper names no such level
 * @param evaluationLifetimes on how many held-out lifetimes each run is evaluated
 * @param protocols what is run
 * @param summary what the table gives of the seeds; the mean where it is empty
 * @param comparisons which protocols' seeds are compared by a rank-sum test; none where it is empty
 * @param together what a picture of all protocols' curves shows, as its caption; no such picture where it is empty
 * @param note how the runs came to be, and what else a reader has to know, for the page; none where it is empty
 * @param race whether that picture has logarithmic axes, and another one shows the same over the seconds it took
 */
public record Reproduction(
        String title,
        String source,
        Optional<Double> target,
        int evaluationLifetimes,
        List<Protocol> protocols,
        Optional<Summary> summary,
        Optional<List<Comparison>> comparisons,
        Optional<String> together,
        Optional<String> note,
        Optional<Boolean> race) {
    /** What the table gives of several seeds. */
    public enum Summary {
        /** The mean and its 95% interval. */
        MEAN,
        /** The median and the quartiles. */
        MEDIAN
    }

    /** Checks the description. */
    public Reproduction {
        target.ifPresent(level -> Require.finite("target", level));
        Require.positive("evaluationLifetimes", evaluationLifetimes);
        Require.that("protocols", protocols.size(), !protocols.isEmpty(), "at least one");
        List<String> known = protocols.stream().map(Protocol::config).toList();
        comparisons.ifPresent(all -> all.forEach(pair -> {
            Require.that("comparisons", pair.of(), known.contains(pair.of()), "some of " + known);
            Require.that("comparisons", pair.with(), known.contains(pair.with()), "some of " + known);
        }));
    }

    /**
     * Two protocols to compare.
     *
     * @param of the configuration of one
     * @param with the configuration of the other
     */
    public record Comparison(String of, String with) {}

    /**
     * One way to run the experiment.
     *
     * @param config the name of its configuration
     * @param title what it is, for people
     * @param paper the paper's figure
     * @param level the same as a number, where a picture of all protocols should have a line at it
     * @param shown how many lifetimes the picture shows, at most
     * @param seeds with which seeds it is run, as in 0-2, where the command does not say; 0-9 where this is empty
     */
    public record Protocol(
            String config, String title, String paper, Optional<Double> level, long shown, Optional<String> seeds) {
        /** Checks the description. */
        public Protocol {
            Require.positive("shown", shown);
        }
    }
}
