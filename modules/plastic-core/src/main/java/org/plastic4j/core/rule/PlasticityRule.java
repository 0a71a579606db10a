package org.plastic4j.core.rule;

import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The rule by which a Hebbian trace changes from one step of a lifetime to the next.
 *
 * <p>{@code x} is the pre-synaptic activity (the layer's output one step before), {@code y} the post-synaptic one (its
 * output now), {@code H} the trace before and the result the trace after this step; {@code H[b, i, j]} belongs to the
 * connection from pre-synaptic neuron i to post-synaptic neuron j in lifetime b of the batch.
 */
public sealed interface PlasticityRule permits DecayingHebb, Oja {

    /** The rule's name in configurations and saved graphs, such as {@code decaying_hebb}. */
    String key();

    /**
     * One step of the trace.
     *
     * @param hebb H, shape [B, n, n]
     * @param pre x, shape [B, n, 1]
     * @param post y, shape [B, 1, n]
     * @param eta plasticity rate, shape [1]
     * @return the next trace, shape [B, n, n]
     */
    SDVariable next(SDVariable hebb, SDVariable pre, SDVariable post, SDVariable eta);

    /**
     * The rule with this key.
     *
     * @throws IllegalArgumentException if there is none
     */
    static PlasticityRule of(String key) {
        return switch (key) {
            case DecayingHebb.KEY -> new DecayingHebb();
            case Oja.KEY -> new Oja();
            default ->
                throw new IllegalArgumentException("Plasticity rule: expected one of " + DecayingHebb.KEY + ", "
                        + Oja.KEY + ", found \"" + key + "\".");
        };
    }
}
