package org.plastic4j.maze.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.maze.agent.ActorCriticSettings.EntropyRegularisation;

class LearnerTest {
    private static final double BOUND = 0.4;
    private static final double STEP = 1e-6;

    private final long seed = System.nanoTime();

    @ParameterizedTest
    @CsvSource({
        "ABSENT, oja",
        "SHARED, hard_bound",
        "PER_CONNECTION, hard_bound",
        "PER_CONNECTION, neuromodulated",
        "PER_CONNECTION, neuromodulated_fan_out",
        "PER_CONNECTION, retroactive"
    })
    void actingAndTheGraphAgreeOnPolicyAndValue(Alpha alpha, String rule) {
        SmallAgent agent = new SmallAgent(
                alpha, rule, new ActorCriticSettings(0.9, 0.1, EntropyRegularisation.SQUARES, 0.03), seed);

        Map<String, INDArray> graph = agent.learner.answers(agent.rollout);

        float[] probabilities = graph.get(Learner.PROBABILITIES).dup('c').data().asFloat();
        float[] values = graph.get(Learner.VALUES).dup('c').data().asFloat();
        assertThat(agent.rollout.probabilities).as("seed %d", seed).containsExactly(probabilities, within(2e-6f));
        assertThat(agent.rollout.values).as("seed %d", seed).containsExactly(values, within(1e-5f));
    }

    @Test
    void lossIsMadeOfThePartsThatAreRecorded() {
        SmallAgent agent = new SmallAgent(
                Alpha.PER_CONNECTION,
                "hard_bound",
                new ActorCriticSettings(0.8, 0.3, EntropyRegularisation.ENTROPY, 0.7),
                seed);

        Map<String, Double> parts = Measures.of(agent.rollout, agent.advantages);

        double expected = parts.get("policy_loss") + 0.3 * parts.get("value_loss") - 0.7 * parts.get("entropy");
        assertThat(agent.learner
                        .learn(agent.rollout, agent.returns, agent.advantages)
                        .loss())
                .as("seed %d", seed)
                .isCloseTo(expected, within(1e-5 * (1 + Math.abs(expected) + parts.get("value_loss"))));
    }

    /** Actions, returns and advantages are constants; everything else follows the parameters. */
    @ParameterizedTest
    @CsvSource({"ABSENT, SQUARES", "SHARED, ENTROPY", "PER_CONNECTION, SQUARES", "PER_CONNECTION, ENTROPY"})
    void gradientsOfAllParametersAreThoseOfCentralDifferences(Alpha alpha, EntropyRegularisation spreading) {
        ActorCriticSettings settings = new ActorCriticSettings(0.9, 0.2, spreading, 0.4);
        SmallAgent agent = new SmallAgent(alpha, "hard_bound", settings, 7);
        NaiveAgent naive = new NaiveAgent(agent, settings, alpha != Alpha.ABSENT, BOUND);

        Map<String, INDArray> gradients = agent.gradients();

        assertThat(gradients.keySet()).isEqualTo(agent.parameters.keySet());
        gradients.forEach((name, gradient) -> {
            float[] found = gradient.dup('c').data().asFloat();
            double[] values = naive.parameters.get(name);
            assertThat(gradient.shape()).isEqualTo(agent.parameters.get(name).shape());
            for (int k = 0; k < values.length; k++) {
                double before = values[k];
                values[k] = before + STEP;
                double above = naive.loss();
                values[k] = before - STEP;
                double below = naive.loss();
                values[k] = before;
                double expected = (above - below) / (2 * STEP);
                assertThat((double) found[k])
                        .as("%s[%d]", name, k)
                        .isCloseTo(expected, within(1e-4 * (1 + Math.abs(expected))));
            }
        });
    }
}
