package org.plastic4j.core.kernel.vector;

/**
 * The outputs of two steps that follow each other, neuron by neuron side by side: a loop down the rows of a matrix finds
 * both by one index.
 */
final class OutputPairs {
    /** From a row's pair to the next row's. */
    static final int SIDE = 2;

    /** The earlier output of row i at i SIDE, the later one behind it. */
    final float[] values;

    private final int rows;

    OutputPairs(PanelLayout layout) {
        rows = layout.rows;
        values = new float[rows * SIDE];
    }

    /** Takes them from rows of y that begin at these places. */
    void put(float[] y, int earlier, int later) {
        float[] to = values;
        for (int i = 0; i < rows; i++) {
            to[SIDE * i] = y[earlier + i];
            to[SIDE * i + 1] = y[later + i];
        }
    }
}
