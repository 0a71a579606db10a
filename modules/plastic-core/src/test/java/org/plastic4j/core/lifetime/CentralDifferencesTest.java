package org.plastic4j.core.lifetime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.rule.PlasticityRule;

/** Gradients of both executions against the objective itself, along a random direction for each input. */
class CentralDifferencesTest {
    private static final double STEP = 1e-5;
    private static final int STEPS = 5;
    private static final long SEED = 42;

    @ParameterizedTest
    @CsvSource({
        "decaying_hebb, PER_CONNECTION, false",
        "decaying_hebb, SHARED, true",
        "decaying_hebb, ABSENT, true",
        "oja, PER_CONNECTION, true",
        "oja, SHARED, false",
        "hard_bound, PER_CONNECTION, true",
        "hard_bound, SHARED, false",
        "soft_bound, PER_CONNECTION, false",
        "neuromodulated, PER_CONNECTION, true",
        "neuromodulated_fan_out, PER_CONNECTION, false",
        "neuromodulated_fan_out, SHARED, true",
        "retroactive, PER_CONNECTION, false",
        "retroactive, SHARED, true",
    })
    void gradientsAreTheSlopesOfTheObjective(String rule, Alpha alpha, boolean clamped) {
        LifetimeCase lifetimes = LifetimeCase.random(
                new PlasticCell(5, alpha, PlasticityRule.of(rule, 1)), clamped, true, STEPS, 2, 0.2, SEED);
        SameDiff fused = lifetimes.graph(new FusedLifetime(), DataType.DOUBLE);
        List<String> inputs = lifetimes.inputs(fused);
        List<List<String>> oneByOne = inputs.stream().map(List::of).toList();
        assertSlopes(fused, inputs, oneByOne, "fused");
        // An unrolled graph takes long, so all inputs move at once: a gradient that is wrong shows in the sum.
        SameDiff unrolled = lifetimes.graph(new UnrolledLifetime(STEPS), DataType.DOUBLE);
        assertThat(lifetimes.inputs(unrolled)).isEqualTo(inputs);
        assertSlopes(unrolled, inputs, List.of(inputs), "unrolled");
    }

    /** Each group of inputs moves in a random direction of its own. */
    private static void assertSlopes(SameDiff graph, List<String> inputs, List<List<String>> groups, String execution) {
        Map<String, INDArray> gradients = graph.calculateGradients(Map.of(), inputs);
        Random random = new Random(SEED);
        for (List<String> group : groups) {
            Map<String, INDArray> directions = new LinkedHashMap<>();
            double expected = 0;
            for (String input : group) {
                INDArray direction = graph.getVariable(input).getArr().dup('c');
                for (int k = 0; k < direction.length(); k++) {
                    direction.putScalar(k, random.nextGaussian());
                }
                directions.put(input, direction);
                expected += gradients.get(input).mul(direction).sumNumber().doubleValue();
            }
            double above = objectiveAfter(graph, directions, STEP);
            double below = objectiveAfter(graph, directions, -2 * STEP);
            move(graph, directions, STEP);
            assertThat((above - below) / (2 * STEP))
                    .as("slope along %s, %s, seed %d", group, execution, SEED)
                    .isCloseTo(expected, within(1e-6 * Math.max(1, Math.abs(expected))));
        }
    }

    private static double objectiveAfter(SameDiff graph, Map<String, INDArray> directions, double step) {
        move(graph, directions, step);
        return graph.outputSingle(Map.of(), "objective").getDouble(0);
    }

    private static void move(SameDiff graph, Map<String, INDArray> directions, double step) {
        directions.forEach((input, direction) -> {
            // Assigned as a whole: each input's array stays the one that the graph holds.
            INDArray array = graph.getVariable(input).getArr();
            array.assign(array.add(direction.mul(step)));
        });
    }
}
