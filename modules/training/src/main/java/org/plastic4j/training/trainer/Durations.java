package org.plastic4j.training.trainer;

import java.util.Locale;

/** Times as people say them. */
public final class Durations {
    private Durations() {}

    public static String text(double seconds) {
        if (seconds < 10) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        long whole = Math.round(seconds);
        if (whole < 120) {
            return whole + " s";
        } else if (whole < 2 * 3600) {
            return String.format(Locale.ROOT, "%d min %d s", whole / 60, whole % 60);
        }
        return String.format(Locale.ROOT, "%d h %d min", whole / 3600, whole / 60 % 60);
    }
}
