package org.plastic4j.training.trainer;

import java.util.Locale;
import org.plastic4j.training.Decimals;

/**
 * The metric that an experiment's networks are compared by.
 *
 * @param name its column in the metrics, as in {@code error} or {@code squared_error}
 * @param label what it is, for people, as in "bit error rate"
 * @param better which way is better
 * @param unit how it is written
 */
public record PrimaryMetric(String name, String label, Better better, Unit unit) {
    /** Which way is better. */
    public enum Better {
        /** An error. */
        LOWER,
        /** An accuracy or a reward. */
        HIGHER
    }

    /** How a measure is written. */
    public enum Unit {
        /** A fraction of one, written in percent. */
        FRACTION,
        /** A plain number. */
        NUMBER
    }

    /**
     * @param value a value of this measure
     * @return its text, as in {@code 0.84%} or {@code 15.6}, rounded for people
     */
    public String text(double value) {
        if (!Double.isFinite(value)) {
            return Decimals.shortest(value);
        }
        return switch (unit) {
            case FRACTION -> String.format(Locale.ROOT, "%.2f%%", 100 * value);
            case NUMBER -> String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.3f" : "%.1f", value);
        };
    }

    /** @return the name as words, as in "squared error" */
    public String words() {
        return name.replace('_', ' ');
    }

    /**
     * @param value a value
     * @param other another
     * @return whether the first is better than the second
     */
    public boolean isBetter(double value, double other) {
        return reaches(value, other);
    }

    boolean reaches(double value, double target) {
        return better == Better.LOWER ? value < target : value > target;
    }
}
