package org.plastic4j.core.lifetime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.rule.PlasticityRule;

/** Gradients of both executions against the objective itself, along a random direction for each input. */
class CentralDifferencesTest {
    private static final double STEP = 1e-5;

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
        long seed = 42;
        LifetimeCase lifetimes = LifetimeCase.random(
                new PlasticCell(5, alpha, PlasticityRule.of(rule, 1)), clamped, true, 7, 2, 0.2, seed);
        for (Lifetime lifetime : List.of(new UnrolledLifetime(7), new FusedLifetime())) {
            SameDiff graph = lifetimes.graph(lifetime, DataType.DOUBLE);
            List<String> inputs = graph.variables().stream()
                    .filter(variable -> variable.getVariableType() == VariableType.VARIABLE)
                    .map(SDVariable::name)
                    .filter(name -> alpha != Alpha.ABSENT || !name.equals("hebb0"))
                    .toList();
            Map<String, INDArray> gradients = graph.calculateGradients(Map.of(), inputs.toArray(String[]::new));
            Random random = new Random(seed);
            for (String input : inputs) {
                INDArray array = graph.getVariable(input).getArr();
                INDArray direction = array.dup('c');
                for (int k = 0; k < direction.length(); k++) {
                    direction.putScalar(k, random.nextGaussian());
                }
                INDArray start = array.dup('c');
                double slope = (objective(graph, array, start.add(direction.mul(STEP)))
                                - objective(graph, array, start.sub(direction.mul(STEP))))
                        / (2 * STEP);
                array.assign(start);
                double expected =
                        gradients.get(input).mul(direction).sumNumber().doubleValue();
                assertThat(slope)
                        .as("slope along %s, %s, seed %d", input, lifetime, seed)
                        .isCloseTo(expected, within(1e-6 * Math.max(1, Math.abs(expected))));
            }
        }
    }

    private static double objective(SameDiff graph, INDArray array, INDArray value) {
        array.assign(value);
        return graph.outputSingle(Map.of(), "objective").getDouble(0);
    }
}
