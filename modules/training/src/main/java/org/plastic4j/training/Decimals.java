package org.plastic4j.training;

import com.fasterxml.jackson.core.io.NumberOutput;

/** Numbers as decimal text, the same in every locale. */
public final class Decimals {
    private Decimals() {}

    /**
     * The shortest decimal text that reads back as the same number: {@code 0.1}, {@code 20}, {@code 1.0E-4},
     * {@code NaN}.
     *
     * @param value any number
     * @return its text; whole numbers without a fraction
     */
    public static String shortest(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15 && !isNegativeZero(value)) {
            return Long.toString((long) value);
        }
        // Jackson carries the shortest-digits algorithm; Double.toString has it only from Java 19 on.
        return NumberOutput.toString(value, true);
    }

    private static boolean isNegativeZero(double value) {
        return value == 0 && Double.doubleToRawLongBits(value) != 0;
    }
}
