package org.plastic4j.training.trainer;

import java.util.Locale;
import org.plastic4j.training.Numbers;

/**
 * The number by which an experiment's networks are judged.
 *
 * @param name its column in the metrics, as in {@code error} or {@code squared_error}
 * @param label what it is, for people, as in "share of wrong signs"
 * @param better which way is better
 * @param unit how it is written
 */
public record MainMeasure(String name, String label, Better better, Unit unit) {
    /** Which way is better. */
    public enum Better {
        /** An error. */
        LOWER,
        /** An accuracy or a reward. */
        HIGHER
    }

    /** How a measure is written. */
    public enum Unit {
        /** A share of one, written in percent. */
        SHARE,
        /** A plain number. */
        NUMBER
    }

    /**
     * @param value a value of this measure
     * @return its text, as in {@code 0.84%} or {@code 15.6}, rounded for people
     */
    public String text(double value) {
        if (!Double.isFinite(value)) {
            return Numbers.shortest(value);
        }
        return switch (unit) {
            case SHARE -> String.format(Locale.ROOT, "%.2f%%", 100 * value);
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
