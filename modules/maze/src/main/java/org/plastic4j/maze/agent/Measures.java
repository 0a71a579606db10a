package org.plastic4j.maze.agent;

import java.util.LinkedHashMap;

/** What is recorded of a batch of episodes: means over them. */
final class Measures {
    /** The primary metric: the sum of an episode's rewards, not discounted. */
    static final String REWARD = "reward";

    private Measures() {}

    /** Means over episodes of the reward, and over steps too of the parts of the loss, without their coefficients. */
    static LinkedHashMap<String, Double> of(Rollout rollout, float[] advantages) {
        Shape shape = rollout.shape();
        double reward = 0;
        double actor = 0;
        double critic = 0;
        double entropy = 0;
        for (int k = 0; k < shape.transitions(); k++) {
            reward += rollout.rewards[k];
            int first = k * shape.actions();
            actor -= Math.log(rollout.probabilities[first + rollout.actions[k]]) * advantages[k];
            critic += (double) advantages[k] * advantages[k];
            for (int a = first; a < first + shape.actions(); a++) {
                // p log p goes to 0 with p.
                entropy -= rollout.probabilities[a] > 0
                        ? rollout.probabilities[a] * Math.log(rollout.probabilities[a])
                        : 0;
            }
        }
        LinkedHashMap<String, Double> measures = new LinkedHashMap<>();
        measures.put(REWARD, reward / shape.batch());
        measures.put("policy_loss", actor / shape.transitions());
        measures.put("value_loss", critic / shape.transitions());
        measures.put("entropy", entropy / shape.transitions());
        return measures;
    }
}
