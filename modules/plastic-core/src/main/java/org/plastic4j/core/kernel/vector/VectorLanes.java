package org.plastic4j.core.kernel.vector;

import java.lang.invoke.MethodHandles;
import org.plastic4j.core.kernel.JvmVectors;
import org.plastic4j.core.kernel.compiled.Functions;

/**
 * The vectors of loops that are assembled: those of the Vector API, or of one element where that is not there or slow. This
 * class, and what it is used by alone, can be loaded without it.
 *
 * <p>Sums over the lanes of a vector that was written to memory have one fixed order: a reduction by the vector unit may be
 * formed in another before the code is compiled. A tree, since one addition has to wait for the other.
 */
final class VectorLanes {
    /** The species of all vectors; null where they have one element. */
    static final Object SPECIES = JvmVectors.whySlow().isPresent() ? null : VectorForward.LANES;
    /** How many lanes they have. */
    static final int WIDTH = SPECIES == null ? 1 : VectorForward.BLOCK_WIDTH;
    /** The columns of a column block. */
    static final int BLOCK_WIDTH = SPECIES == null ? VectorFlatTiles.WIDTH : VectorForward.BLOCK_WIDTH;

    private static final Functions.Sum SUM = Functions.sum(MethodHandles.lookup(), SPECIES, WIDTH);
    private static final Functions.Sum ZEROS = Functions.zeros(MethodHandles.lookup(), SPECIES, WIDTH);

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
        int whole = count - count % WIDTH;
        SUM.run(values, whole, lanes);
        float rest = 0;
        for (int at = whole; at < count; at++) {
            rest += values[at];
        }
        return sum(lanes, 0) + rest;
    }

    /** Whether all elements of some whole rows are finite. */
    static boolean areFinite(float[] rows) {
        float[] lanes = new float[PanelLayout.COLUMN_UNIT];
        ZEROS.run(rows, rows.length, lanes);
        return sum(lanes, 0) == 0;
    }
}
