package org.plastic4j.training.config;

import org.plastic4j.training.Decimals;

/** What compact constructors of configuration records ask of their components. All throw {@link InvalidSetting}. */
public final class Require {
    private Require() {}

    /**
     * @param setting the component's name
     * @param value an integer that has to be at least 1
     */
    public static void positive(String setting, long value) {
        that(setting, value, value > 0, "a positive integer");
    }

    /**
     * @param setting the component's name
     * @param value a number that has to be finite and above 0
     */
    public static void positive(String setting, double value) {
        that(setting, value, value > 0 && Double.isFinite(value), "a positive number");
    }

    /**
     * @param setting the component's name
     * @param value an integer that has to be at least 0
     */
    public static void notNegative(String setting, long value) {
        that(setting, value, value >= 0, "an integer of at least 0");
    }

    /**
     * @param setting the component's name
     * @param value a number that has to be finite and at least 0
     */
    public static void notNegative(String setting, double value) {
        that(setting, value, value >= 0 && Double.isFinite(value), "a number of at least 0");
    }

    /**
     * @param setting the component's name
     * @param value an integer
     * @param lowest the lowest allowed value
     * @param highest the highest allowed value
     */
    public static void between(String setting, long value, long lowest, long highest) {
        that(setting, value, value >= lowest && value <= highest, "an integer from " + lowest + " to " + highest);
    }

    /**
     * @param setting the component's name
     * @param value a number
     * @param lowest the lowest allowed value
     * @param highest the highest allowed value
     */
    public static void between(String setting, double value, double lowest, double highest) {
        that(
                setting,
                value,
                value >= lowest && value <= highest,
                "a number from " + Decimals.shortest(lowest) + " to " + Decimals.shortest(highest));
    }

    /**
     * @param setting the component's name
     * @param value a number that may be neither NaN nor infinite
     */
    public static void finite(String setting, double value) {
        that(setting, value, Double.isFinite(value), "a finite number");
    }

    /**
     * @param setting the component's name
     * @param value its value, for the message
     * @param condition what has to hold
     * @param expected the condition in words, as in "at most bits (1000)"
     */
    public static void that(String setting, Object value, boolean condition, String expected) {
        if (!condition) {
            throw new InvalidSetting(setting, expected, value instanceof Double d ? Decimals.shortest(d) : value);
        }
    }
}
