package org.plastic4j.maze.agent;

import java.util.Locale;

/** What was gained from each step of an episode on, and how much more that is than was expected. */
final class Returns {
    private Returns() {}

    /**
     * Discounted returns: {@code R(t) = r(t) + gamma R(t+1)}, with {@code R(T) = 0} after the last step.
     *
     * @param rewards r, [T, B]
     * @param batch B
     * @param discount gamma
     * @return R, [T, B]
     */
    static float[] discounted(float[] rewards, int batch, double discount) {
        if (batch < 1 || rewards.length % batch != 0) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT, "Returns: expected rewards [T, %d], found %d numbers.", batch, rewards.length));
        }
        float[] returns = new float[rewards.length];
        for (int b = 0; b < batch; b++) {
            double later = 0;
            for (int k = rewards.length - batch + b; k >= 0; k -= batch) {
                later = rewards[k] + discount * later;
                returns[k] = (float) later;
            }
        }
        return returns;
    }

    /**
     * Advantages: every episode has its own baseline.
     *
     * @param returns R, [T, B]
     * @param values V, [T, B]
     * @return {@code R - V}, [T, B]
     */
    static float[] advantages(float[] returns, float[] values) {
        float[] advantages = new float[returns.length];
        for (int k = 0; k < returns.length; k++) {
            advantages[k] = returns[k] - values[k];
        }
        return advantages;
    }
}
