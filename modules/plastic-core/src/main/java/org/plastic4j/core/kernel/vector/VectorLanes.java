package org.plastic4j.core.kernel.vector;

import static org.plastic4j.core.kernel.vector.VectorForward.LANES;

import jdk.incubator.vector.FloatVector;

/**
 * Sums over the lanes of a vector that was written to memory, in one fixed order: a reduction by the vector unit may be
 * formed in another before the code is compiled. A tree, since one addition has to wait for the other.
 */
final class VectorLanes {
    private VectorLanes() {}

    /** The sum of 16 elements; where vectors are shorter, the rest is zero. */
    static float sum(float[] v, int at) {
        float low = ((v[at] + v[at + 8]) + (v[at + 4] + v[at + 12]))
                + ((v[at + 2] + v[at + 10]) + (v[at + 6] + v[at + 14]));
        float high = ((v[at + 1] + v[at + 9]) + (v[at + 5] + v[at + 13]))
                + ((v[at + 3] + v[at + 11]) + (v[at + 7] + v[at + 15]));
        return low + high;
    }

    /**
     * The sum of the first elements of an array.
     *
     * @param lanes room for a vector
     */
    static float sumOf(float[] values, int count, float[] lanes) {
        int whole = count - count % LANES.length();
        FloatVector sum = FloatVector.zero(LANES);
        for (int at = 0; at < whole; at += LANES.length()) {
            sum = sum.add(FloatVector.fromArray(LANES, values, at));
        }
        sum.intoArray(lanes, 0);
        float rest = 0;
        for (int at = whole; at < count; at++) {
            rest += values[at];
        }
        return sum(lanes, 0) + rest;
    }

    /** Whether all elements of some whole rows are finite: 0 times an infinity or NaN is NaN, and stays it. */
    static boolean areFinite(float[] rows) {
        FloatVector zero = FloatVector.zero(LANES);
        FloatVector sum = zero;
        for (int at = 0; at < rows.length; at += LANES.length()) {
            sum = FloatVector.fromArray(LANES, rows, at).fma(zero, sum);
        }
        float[] lanes = new float[PanelLayout.COLUMN_UNIT];
        sum.intoArray(lanes, 0);
        return sum(lanes, 0) == 0;
    }
}
