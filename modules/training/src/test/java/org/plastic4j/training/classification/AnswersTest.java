package org.plastic4j.training.classification;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class AnswersTest {
    @Test
    void accuracyIsTheShareOfRowsWithTheRightLargestNumber() {
        INDArray answer = Nd4j.createFromArray(new float[][] {{0.1f, 0.6f, 0.3f}, {0.5f, 0.4f, 0.1f}, {0, 0, 1}});
        INDArray asked = Nd4j.createFromArray(new float[][] {{0, 1, 0}, {0, 1, 0}, {0, 0, 1}});
        assertThat(Answers.accuracy(answer, asked)).isEqualTo(2 / 3.0);
    }

    @Test
    void ofSeveralLargestTheFirstIsTaken() {
        assertThat(Answers.largest(new float[] {9, 1, 3, 3, 2}, 1, 4)).isEqualTo(1);
    }
}
