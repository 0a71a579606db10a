package org.plastic4j.training.trainer;

import java.util.Locale;

/**
 * How a run ended.
 *
 * @param end why it ended
 * @param steps how many updates were made
 * @param lifetimes how many lifetimes were trained on
 * @param mean the mean of the primary metric over the last lifetimes; NaN if there were none
 * @param window how many lifetimes that mean is of
 * @param seconds how long it took
 */
public record TrainingOutcome(End end, long steps, long lifetimes, double mean, long window, double seconds) {
    /** Why a run ended. */
    public enum End {
        /** The stop rule was met. */
        TARGET_REACHED,
        /** All lifetimes were trained on. */
        MAX_LIFETIMES,
        /** The time was used up. */
        MAX_SECONDS,
        /** The stream had no more. */
        STREAM_ENDED,
        /** It was asked to stop. */
        INTERRUPTED,
        /** It goes on, or ended without saying how. */
        NONE_YET
    }

    /**
     * @param measure the primary metric
     * @return one sentence without a full stop, as in "Reached mean error 0.84% over 20 lifetimes after 215 lifetimes
     *     (31 s)"
     */
    public String summary(PrimaryMetric measure) {
        String mean = "mean " + measure.words() + " " + measure.text(mean());
        String after = String.format(Locale.ROOT, "after %s (%s)", count(lifetimes), Durations.text(seconds));
        String last = window == 0 ? "" : String.format(Locale.ROOT, " with %s over the last %s", mean, count(window));
        return switch (end) {
            case TARGET_REACHED -> String.format(Locale.ROOT, "Reached %s over %s %s", mean, count(window), after);
            case MAX_LIFETIMES, MAX_SECONDS, STREAM_ENDED -> "Stopped " + after + last;
            case NONE_YET -> "Not ended, " + after + last;
            case INTERRUPTED -> "Interrupted " + after + last;
        };
    }

    private static String count(long lifetimes) {
        return String.format(Locale.ROOT, "%,d lifetime%s", lifetimes, lifetimes == 1 ? "" : "s");
    }
}
