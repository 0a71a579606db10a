package org.plastic4j.core.kernel.compiled;

import org.plastic4j.core.kernel.compiled.LoopBuilder.Int;

/**
 * The vectors of loops, and what their length is best for: how many rows of a matrix a loop takes at a time.
 *
 * @param lanes the species
 * @param blockWidth how many lanes there are, from one row of a column block to the next
 * @param nextTotal from one row's vector to the next in totals
 */
record LoopWidth(Object lanes, int blockWidth, int nextTotal) {
    /** So many operations on a connection, and no more, are written out for several rows at a time. */
    private static final int FOUR_ROWS = 8;

    private static final int TWO_ROWS = 24;
    /** This mask leaves indices below 2^30 as they are, from which the compiler knows that a little more does not overflow. */
    private static final int INDICES = (1 << 30) - 1;

    /** For loops that keep traces in registers from step to step. */
    static int tileRows(int operations) {
        return operations <= FOUR_ROWS ? 4 : operations <= TWO_ROWS ? 2 : 1;
    }

    /** For a pass over a block: two vectors are enough beside what else there is to do. */
    static int together(int operations) {
        return operations <= 2 * FOUR_ROWS ? 2 : 1;
    }

    /** An index of which the compiler is to know that a little more does not overflow. */
    static Int index(Int at) {
        return at.and(INDICES);
    }
}
