package org.plastic4j.maze.agent;

/**
 * One output of a linear layer: a weighted sum and a bias.
 *
 * @param weights one an input
 * @param bias what the sum begins with
 */
record LinearUnit(float[] weights, float bias) {
    private static final int LANES = 4;

    /** The unit whose weights are a column of a matrix, which lies in memory row by row. */
    static LinearUnit column(float[] matrix, int columns, int column, float bias) {
        float[] weights = new float[matrix.length / columns];
        for (int k = 0; k < weights.length; k++) {
            weights[k] = matrix[k * columns + column];
        }
        return new LinearUnit(weights, bias);
    }

    /** Of the inputs from a place on. Four sums side by side: one alone would wait for each of its additions. */
    float of(float[] inputs, int at) {
        float a = bias;
        float b = 0;
        float c = 0;
        float d = 0;
        int whole = weights.length - weights.length % LANES;
        for (int k = 0; k < whole; k += LANES) {
            a += weights[k] * inputs[at + k];
            b += weights[k + 1] * inputs[at + k + 1];
            c += weights[k + 2] * inputs[at + k + 2];
            d += weights[k + 3] * inputs[at + k + 3];
        }
        for (int k = whole; k < weights.length; k++) {
            a += weights[k] * inputs[at + k];
        }
        return a + b + (c + d);
    }
}
