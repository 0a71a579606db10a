package org.plastic4j.naturalimages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class DistancesTest {
    @Test
    void errorsAreSumsOverPixelsAndMeansOverTheBatch() {
        INDArray input = Nd4j.createFromArray(new float[][][] {
            {{9, 9, 9, 9}, {9, 9, 9, 9}},
            {{0, 0, 1, -1}, {1, 0.5f, 0, 0}},
        });
        INDArray target = Nd4j.createFromArray(new float[][] {{0.5f, -1, 1, -1}, {1, 0.5f, 0.5f, 0}});
        INDArray prediction = Nd4j.createFromArray(new float[][] {{0.5f, 0, 1, -1}, {1, 0.5f, -0.5f, 0.5f}});

        Map<String, Double> measured = Distances.measure(input, prediction, target);

        assertThat(measured).containsOnlyKeys("squared_error", "gray_squared_error");
        assertThat(measured.get("squared_error")).isCloseTo((1 + 1.25) / 2, within(1e-6));
        assertThat(measured.get("gray_squared_error")).isCloseTo((1.25 + 0.25) / 2, within(1e-6));
    }
}
