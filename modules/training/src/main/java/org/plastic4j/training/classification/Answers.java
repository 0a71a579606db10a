package org.plastic4j.training.classification;

import org.nd4j.linalg.api.ndarray.INDArray;

/** What classes are answered. */
public final class Answers {
    private Answers() {}

    /**
     * The share of right answers.
     *
     * @param answer a value for each class, [B, classes]; the answer is the class of the largest
     * @param asked the same where the class that is right has the largest, as one-hot vectors have
     * @return the share of rows whose answer is right
     */
    public static double accuracy(INDArray answer, INDArray asked) {
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

    /**
     * Where the largest of some values is.
     *
     * @param values the values
     * @param from the index of the first of them
     * @param count how many
     * @return the index of the largest, counted from the first of them; of several, the first
     */
    public static int largest(float[] values, int from, int count) {
        int largest = 0;
        for (int k = 1; k < count; k++) {
            if (values[from + k] > values[from + largest]) {
                largest = k;
            }
        }
        return largest;
    }
}
