package org.plastic4j.maze.agent;

import org.plastic4j.training.config.Require;

/**
 * What an agent learns from an episode: advantage actor-critic (A2C), with the whole episode's discounted returns.
 *
 * <p>The loss is the mean over steps and episodes of {@code -log p(a) (R - V) + valueCoefficient (R - V)^2}, where
 * {@code R - V} is constant in the first term, and of what keeps the policy from deciding too early: {@link EntropyRegularisation}
 * times its coefficient.
 *
 * @param discount gamma, what a reward counts one step earlier
 * @param valueCoefficient the weight of the value's squared error
 * @param spreading what the policy is kept spread out by
 * @param spreadingCoefficient its weight
 */
public record ActorCriticSettings(
        double discount, double valueCoefficient, EntropyRegularisation spreading, double spreadingCoefficient) {
    /** What keeps the probabilities of actions apart from 0 and 1. */
    public enum EntropyRegularisation {
        /** Less of {@code sum p log p}: the entropy itself. */
        ENTROPY,
        /** Less of {@code sum p^2}, as in the released code. */
        SQUARES
    }

    /** Checks the settings. */
    public ActorCriticSettings {
        Require.between("discount", discount, 0, 1);
        Require.notNegative("valueCoefficient", valueCoefficient);
        Require.notNegative("spreadingCoefficient", spreadingCoefficient);
    }
}
