package org.plastic4j.data.patterns;

/**
 * The pattern-completion task of Miconi, Clune and Stanley (ICML 2018), section 4.1: in every cycle each pattern is
 * shown once, in random order, with silence after each; then one of them is shown with some of its bits missing.
 *
 * @param patterns how many patterns a lifetime has to memorise, at least 1
 * @param bits bits of a pattern, at least 1; half of them are -1, the others 1
 * @param degradedBits how many bits of the last presentation are missing (0), at most {@code bits}
 * @param cycles how often each pattern is shown, at least 1
 * @param presentationSteps how long a pattern is shown, at least 1
 * @param gapSteps how long the silence after it lasts, at least 0
 * @param testSteps how long the degraded pattern is shown, at least 1
 */
public record PatternTask(
        int patterns, int bits, int degradedBits, int cycles, int presentationSteps, int gapSteps, int testSteps) {
    /**
     * Checks the sizes.
     *
     * @param patterns how many patterns a lifetime has to memorise, at least 1
     * @param bits bits of a pattern, at least 1; half of them are -1, the others 1
     * @param degradedBits how many bits of the last presentation are missing (0), at most {@code bits}
     * @param cycles how often each pattern is shown, at least 1
     * @param presentationSteps how long a pattern is shown, at least 1
     * @param gapSteps how long the silence after it lasts, at least 0
     * @param testSteps how long the degraded pattern is shown, at least 1
     */
    public PatternTask {
        check("patterns", patterns, 1, Integer.MAX_VALUE);
        check("bits", bits, 1, Integer.MAX_VALUE);
        check("degradedBits", degradedBits, 0, bits);
        check("cycles", cycles, 1, Integer.MAX_VALUE);
        check("presentationSteps", presentationSteps, 1, Integer.MAX_VALUE);
        check("gapSteps", gapSteps, 0, Integer.MAX_VALUE);
        check("testSteps", testSteps, 1, Integer.MAX_VALUE);
    }

    private static void check(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("PatternTask: " + name + ": expected "
                    + (most == Integer.MAX_VALUE ? "at least " + least : "between " + least + " and " + most)
                    + ", found " + value + ".");
        }
    }

    /** {@return the length of a lifetime in steps, T} */
    public int steps() {
        return Math.addExact(
                Math.multiplyExact(Math.multiplyExact(cycles, patterns), Math.addExact(presentationSteps, gapSteps)),
                testSteps);
    }
}
