package org.plastic4j.core.rule;

/** How the network's one neuromodulatory signal M(t) reaches its neurons. */
public enum FanOut {
    /** All alike: the rate of every connection is M(t). */
    NONE,
    /** Through a learned weight and bias of each neuron j: the rate of connections to it is {@code M(t) f[j] + g[j]}. */
    PER_NEURON
}
