package org.plastic4j.core.rule;

import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The rule by which a Hebbian trace changes from one step of a lifetime to the next; docs/math.md has all of them in one
 * table, and their gradients.
 *
 * <pre>
 * H(t+1) = next(H(t), x = y(t-1), y = y(t), parameters)
 * </pre>
 *
 * <p>{@code x} is the pre-synaptic activity (the layer's output one step before), {@code y} the post-synaptic one (its
 * output now), {@code H} the trace before and the result the trace after this step; {@code H[b, i, j]} belongs to the
 * connection from pre-synaptic neuron i to post-synaptic neuron j in lifetime b of the batch. {@code E} is the
 * eligibility trace of a rule that has one.
 *
 * <p>The interface is open: a rule of your own is {@link #next next}, written in SameDiff's ops. A {@link RuleProvider} makes
 * it known to configurations; docs/rules.md goes through it from idea to run. Implementations are immutable, records best.
 */
public interface PlasticityRule {

    /** {@return the rule's name in configurations and saved graphs, such as {@code decaying_hebb}} */
    String key();

    /** {@return what it learns, in the order in which a fused lifetime takes it} */
    default List<RuleParameter> parameters() {
        return List.of(RuleParameter.ETA);
    }

    /**
     * {@return the bound b within which the rule bounds every {@code H[i, j]}, from -b to b; infinite where it has
     * none}
     */
    default double bound() {
        return Double.POSITIVE_INFINITY;
    }

    /** {@return whether it keeps eligibility traces beside the Hebbian ones} */
    default boolean hasEligibility() {
        return false;
    }

    /** {@return what its neurons keep from step to step besides their outputs, with keys of their own} */
    default List<NeuronState> states() {
        return List.of();
    }

    /**
     * {@return the largest plasticity rate that it makes sense to begin with: 1 where a trace decays by it}
     * Training may go past it.
     */
    default double largestInitialEta() {
        return 1;
    }

    /**
     * One step of the traces, and of the neuron states where the rule has some.
     *
     * @param traces H, and E where the rule has it, each [B, n, n]; a variable [B, 1, n] for each of {@link #states()}
     * @param pre x, shape [B, n, 1]
     * @param post y, shape [B, 1, n]
     * @param parameters a variable for each of {@link #parameters()}
     * @return the next traces, of the same shapes
     */
    Traces next(Traces traces, SDVariable pre, SDVariable post, Map<RuleParameter, SDVariable> parameters);

    /**
     * {@return the rule with this key}
     *
     * @param key as in a configuration
     * @param bound for the rules that have one; of no effect for the others
     * @throws IllegalArgumentException if there is none, or two providers claim the same key
     */
    static PlasticityRule of(String key, double bound) {
        return Rules.of(key, bound);
    }

    /**
     * {@return the keys of all rules that there are: this library's, then those of every {@link RuleProvider} on
     * the class path}
     */
    static List<String> keys() {
        return Rules.keys();
    }
}
