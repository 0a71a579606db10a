package org.plastic4j.core.kernel.compiled;

import org.plastic4j.core.kernel.compiled.LoopBuilder.Int;

/**
 * The vectors of loops, and what their length is best for: how many rows of a matrix a loop takes at a time.
 *
 * @param lanes the species; null for vectors of one element, plain floats
 * @param blockWidth how many lanes there are, from one row of a column block to the next
 * @param nextTotal from one row's vector to the next in totals
 */
record LoopWidth(Object lanes, int blockWidth, int nextTotal) {
    /** So many operations on a connection, and no more, are written out for several rows at a time. */
    private static final int FOUR_ROWS = 8;

    private static final int TWO_ROWS = 24;
    /** This mask leaves indices below 2^30 as they are, from which the compiler knows that a little more does not overflow. */
    private static final int INDICES = (1 << 30) - 1;

    private boolean isScalar() {
        return lanes == null;
    }

    /** For loops that keep traces in registers from step to step. */
    int tileRows(int operations) {
        if (isScalar() || operations <= FOUR_ROWS) {
            return 4;
        }
        return operations <= TWO_ROWS ? 2 : 1;
    }

    /**
     * For a pass over a block: sums of their own keep the processor from waiting for one addition after the other. Of longer
     * vectors, two are enough beside what else there is to do.
     */
    int together(int operations) {
        if (operations <= 2 * FOUR_ROWS) {
            return isScalar() ? 4 : 2;
        }
        return isScalar() && operations <= TWO_ROWS ? 2 : 1;
    }

    /** How many sums of each kind there are for rows taken together: vectors have enough to do beside one. */
    int sums(int together) {
        return isScalar() ? together : 1;
    }

    /** An index of which the compiler is to know that a little more does not overflow; plain loops need no such help. */
    Int index(Int at) {
        return isScalar() ? at : at.and(INDICES);
    }
}
