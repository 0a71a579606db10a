package org.plastic4j.omniglot;

import org.nd4j.linalg.api.ndarray.INDArray;

/** What classes are answered. */
final class Answers {
    private Answers() {}

    /** The share of rows [B, N] of which the largest number is where that of {@code asked} is. */
    static double accuracy(INDArray answer, INDArray asked) {
        float[] given = values(answer);
        float[] expected = values(asked);
        int ways = (int) asked.size(1);
        int right = 0;
        for (int row = 0; row < given.length; row += ways) {
            right += largest(given, row, ways) == largest(expected, row, ways) ? 1 : 0;
        }
        return right / (double) asked.size(0);
    }

    private static float[] values(INDArray array) {
        try (INDArray copy = array.dup('c')) {
            return copy.data().asFloat();
        }
    }

    /** Where the largest of so many numbers is, counted from the first of them. */
    static int largest(float[] values, int from, int count) {
        int largest = 0;
        for (int k = 1; k < count; k++) {
            if (values[from + k] > values[from + largest]) {
                largest = k;
            }
        }
        return largest;
    }
}
