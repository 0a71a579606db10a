package org.plastic4j.core.rule;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * What a batch of lifetimes remembers: in its connections, and in its neurons where a rule says so.
 *
 * @param hebb the Hebbian traces H, shape [B, n, n]
 * @param eligibility the eligibility traces E, shape [B, n, n]; empty where the rule has none
 * @param states a variable for each of {@link PlasticityRule#states}, shape [B, 1, n]
 */
public record Traces(SDVariable hebb, Optional<SDVariable> eligibility, Map<NeuronState, SDVariable> states) {
    /**
     * None may be null.
     *
     * @param hebb the Hebbian traces H, shape [B, n, n]
     * @param eligibility the eligibility traces E, shape [B, n, n]; empty where the rule has none
     * @param states a variable for each of {@link PlasticityRule#states}, shape [B, 1, n]
     */
    public Traces {
        Objects.requireNonNull(hebb, "hebb");
        Objects.requireNonNull(eligibility, "eligibility");
        states = Map.copyOf(states);
    }

    /**
     * Traces of a rule without neuron states.
     *
     * @param hebb [B, m, n]
     * @param eligibility [B, m, n]
     */
    public Traces(SDVariable hebb, Optional<SDVariable> eligibility) {
        this(hebb, eligibility, Map.of());
    }

    /**
     * {@return traces of a rule without eligibility}
     *
     * @param hebb [B, m, n]
     */
    public static Traces of(SDVariable hebb) {
        return new Traces(hebb, Optional.empty());
    }

    /**
     * {@return the same with one more state of neurons, shape [B, 1, n]}
     *
     * @param state as the rule declares it
     * @param value [B, 1, n]
     */
    public Traces with(NeuronState state, SDVariable value) {
        Map<NeuronState, SDVariable> more = new LinkedHashMap<>(states);
        more.put(state, value);
        return new Traces(hebb, eligibility, more);
    }

    /**
     * {@return these, if they are all that a rule has to give for its next step}
     *
     * @param rule the plasticity rule
     * @throws IllegalArgumentException naming the rule and what it left out or added
     */
    public Traces requiredOf(PlasticityRule rule) {
        if (eligibility.isPresent() != rule.hasEligibility()) {
            throw new IllegalArgumentException("Plasticity rule " + rule.key() + ": expected next to give "
                    + (rule.hasEligibility() ? "eligibility traces" : "no eligibility traces") + ", found "
                    + (eligibility.isPresent() ? "some" : "none") + ".");
        }
        if (!states.keySet().equals(Set.copyOf(rule.states()))) {
            throw new IllegalArgumentException("Plasticity rule " + rule.key() + ": expected next to give the states "
                    + rule.states().stream().map(NeuronState::key).toList() + ", found "
                    + states.keySet().stream().map(NeuronState::key).sorted().toList() + ".");
        }
        return this;
    }
}
