package org.plastic4j.core.cell;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.plastic4j.core.rule.NeuronState;
import org.plastic4j.core.rule.PlasticityRule;
import org.plastic4j.core.rule.RuleParameter;

/**
 * A fully recurrent plastic layer of n neurons. At step t = 1 .. T of a lifetime
 *
 * <pre>
 * pre(t)  = drive(t) + y(t-1) (W + alpha * H(t))
 * y(t)    = tanh(pre(t)), or the clamped value where a neuron is clamped
 * H(t+1)  = rule(H(t), x = y(t-1), y = y(t))
 * </pre>
 *
 * with row vectors y, W[i, j] the connection from pre-synaptic i to post-synaptic j, * elementwise (Miconi, Clune and
 * Stanley, ICML 2018, equation 1). W, alpha and what the rule learns persist and are trained; y and the
 * traces begin afresh in every lifetime.
 *
 * @param neurons n, from 1 to {@link #MOST_NEURONS}
 * @param alpha per connection, shared, or absent for a network that is not plastic
 * @param rule how the trace H changes; of no effect where alpha is absent
 */
public record PlasticCell(int neurons, Alpha alpha, PlasticityRule rule) implements PlasticLayer {
    /** The most neurons whose matrix [n, n] fits into one array of Java. */
    public static final int MOST_NEURONS = 46_340;

    /**
     * Checks the number of neurons, and that the parameters of the rule have different keys.
     *
     * @param neurons n, from 1 to {@link #MOST_NEURONS}
     * @param alpha per connection, shared, or absent for a network that is not plastic
     * @param rule how the trace H changes; of no effect where alpha is absent
     */
    public PlasticCell {
        Objects.requireNonNull(alpha, "alpha");
        Objects.requireNonNull(rule, "rule");
        if (neurons < 1 || neurons > MOST_NEURONS) {
            throw new IllegalArgumentException(
                    "PlasticCell: expected 1 to " + MOST_NEURONS + " neurons, found " + neurons + ".");
        }
        requireKeysOfTheirOwn(
                rule,
                "parameters",
                rule.parameters().stream().map(RuleParameter::key).toList());
        requireKeysOfTheirOwn(
                rule, "states", rule.states().stream().map(NeuronState::key).toList());
    }

    private static void requireKeysOfTheirOwn(PlasticityRule rule, String what, List<String> keys) {
        if (Set.copyOf(keys).size() < keys.size()) {
            throw new IllegalArgumentException("PlasticCell: rule " + rule.key() + ": expected " + what
                    + " with keys of their own, found " + String.join(", ", keys) + ".");
        }
    }

    @Override
    public int inputs() {
        return neurons;
    }

    @Override
    public int outputs() {
        return neurons;
    }

    /** {@return whether its connections keep eligibility traces} */
    public boolean hasEligibility() {
        return isPlastic() && rule.hasEligibility();
    }
}
