package org.plastic4j.core.kernel.vector;

/** Factors by row that loops down a column block multiply its vectors with: up to K + 1 of them side by side for each row. */
final class RowFactors {
    /** Indices of a row. */
    static final int SIDE = LifetimeBuffers.RANK + 1;

    private final int rows;
    /** [set, row, index]. */
    final float[] values;

    /**
     * @param sets how many there are of them, for lifetimes or parts of one
     * @param scratch has the room for them
     */
    RowFactors(LifetimeBuffers m, int sets, Scratch scratch) {
        rows = m.layout.columns;
        values = scratch.floats(Math.multiplyExact(sets, rows * SIDE));
    }

    /** Where a row's factors begin. */
    int at(int set, int row) {
        return (set * rows + row) * SIDE;
    }

    /** Puts one number for each row, from a row vector. */
    void put(int set, int index, float[] from, int begin) {
        int at = at(set, 0) + index;
        for (int i = 0; i < rows; i++, at += SIDE) {
            values[at] = from[begin + i];
        }
    }

    /** Puts the products of two row vectors of the same array. */
    void putProducts(int set, int index, float[] from, int begin, int otherBegin) {
        int at = at(set, 0) + index;
        for (int i = 0; i < rows; i++, at += SIDE) {
            values[at] = from[begin + i] * from[otherBegin + i];
        }
    }

    /** Puts zeros. */
    void clear(int set, int index) {
        int at = at(set, 0) + index;
        for (int i = 0; i < rows; i++, at += SIDE) {
            values[at] = 0;
        }
    }
}
