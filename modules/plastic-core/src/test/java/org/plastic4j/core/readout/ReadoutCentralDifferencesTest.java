package org.plastic4j.core.readout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticReadout;
import org.plastic4j.core.rule.PlasticityRule;

/** Gradients of both executions against the objective itself, along a random direction for each input. */
class ReadoutCentralDifferencesTest {
    private static final double STEP = 1e-5;

    @ParameterizedTest
    @CsvSource({
        "decaying_hebb, PER_CONNECTION, true",
        "decaying_hebb, SHARED, false",
        "decaying_hebb, ABSENT, false",
        "oja, PER_CONNECTION, false",
        "oja, SHARED, true",
    })
    void gradientsAreTheSlopesOfTheObjective(String rule, Alpha alpha, boolean fromHebb0) {
        long seed = 42;
        ReadoutCase lifetimes = ReadoutCase.random(
                new PlasticReadout(7, 4, alpha, PlasticityRule.of(rule, Double.NaN)), fromHebb0, 5, 2, 0.4, seed);
        for (ReadoutLifetime lifetime : List.of(new UnrolledReadout(5), new FusedReadout())) {
            SameDiff graph = lifetimes.graph(lifetime, DataType.DOUBLE);
            Map<String, INDArray> gradients = graph.calculateGradients(Map.of(), lifetimes.inputs());
            Random random = new Random(seed);
            for (String input : lifetimes.inputs()) {
                INDArray array = graph.getVariable(input).getArr();
                INDArray direction = ReadoutCase.normal(random, 1, array.shape());
                INDArray start = array.dup('c');
                double slope = (objective(graph, array, start.add(direction.mul(STEP)))
                                - objective(graph, array, start.sub(direction.mul(STEP))))
                        / (2 * STEP);
                array.assign(start);
                double expected =
                        gradients.get(input).mul(direction).sumNumber().doubleValue();
                assertThat(slope)
                        .as("slope along %s, %s, seed %d", input, lifetime, seed)
                        .isCloseTo(expected, within(1e-7 * Math.max(1, Math.abs(expected))));
            }
        }
    }

    private static double objective(SameDiff graph, INDArray array, INDArray value) {
        array.assign(value);
        return graph.outputSingle(Map.of(), "objective").getDouble(0);
    }
}
