package org.plastic4j.core.rule;

/**
 * A number that every neuron of every lifetime keeps from step to step besides its output, such as the sliding threshold of
 * the BCM rule. A rule declares its own in {@link PlasticityRule#states}; every lifetime of a graph begins with the initial
 * value.
 *
 * @param key its name: small letters, digits and underscores, a letter first
 * @param initial the value before the first step, finite
 */
public record NeuronState(String key, double initial) {
    /**
     * Checks the key and the value.
     *
     * @param key its name: small letters, digits and underscores, a letter first
     * @param initial the value before the first step, finite
     */
    public NeuronState {
        RuleKeys.require("NeuronState", key);
        if (!Double.isFinite(initial)) {
            throw new IllegalArgumentException(
                    "NeuronState: expected a finite initial value of " + key + ", found " + initial + ".");
        }
    }
}
