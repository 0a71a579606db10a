package org.plastic4j.maze.agent;

import java.util.LinkedHashMap;

/** What is recorded of a batch of episodes: means over them. */
final class Measures {
    /** The main measure: the sum of an episode's rewards, not discounted. */
    static final String REWARD = "reward";

    private Measures() {}

    /** Means over episodes of the reward, and over steps too of the parts of the loss, without their coefficients. */
    static LinkedHashMap<String, Double> of(Rollout lived, float[] advantages) {
        Shape shape = lived.shape();
        double reward = 0;
        double actor = 0;
        double critic = 0;
        double entropy = 0;
        for (int k = 0; k < shape.moments(); k++) {
            reward += lived.rewards[k];
            int first = k * shape.actions();
            actor -= Math.log(lived.probabilities[first + lived.actions[k]]) * advantages[k];
            critic += (double) advantages[k] * advantages[k];
            for (int a = first; a < first + shape.actions(); a++) {
                // p log p goes to 0 with p.
                entropy -= lived.probabilities[a] > 0 ? lived.probabilities[a] * Math.log(lived.probabilities[a]) : 0;
            }
        }
        LinkedHashMap<String, Double> measures = new LinkedHashMap<>();
        measures.put(REWARD, reward / shape.batch());
        measures.put("policy_loss", actor / shape.moments());
        measures.put("value_loss", critic / shape.moments());
        measures.put("entropy", entropy / shape.moments());
        return measures;
    }
}
