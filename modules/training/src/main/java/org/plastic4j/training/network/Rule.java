package org.plastic4j.training.network;

import java.util.Locale;
import org.plastic4j.core.rule.PlasticityRule;

/** The plasticity rules that a configuration can name. */
public enum Rule {
    /** A decaying average of pre- times post-synaptic activity. */
    DECAYING_HEBB,
    /** Oja's rule. */
    OJA,
    /** Hebb's rule without decay, cut off at the bound. */
    HARD_BOUND,
    /** Hebb's rule without decay, in ever smaller steps on the way to the bound. */
    SOFT_BOUND,
    /** Within the bound, at a rate that the network sets itself. */
    NEUROMODULATED,
    /** The same, with a weight and a bias for every neuron between the network's signal and the rate. */
    NEUROMODULATED_FAN_OUT,
    /** Within the bound: the network's signal turns eligibility traces into Hebbian ones. */
    RETROACTIVE;

    /** What traces are kept within unless the configuration says otherwise, as in Backpropamine. */
    static final double USUAL_BOUND = 1;

    /** @return whether its traces have a bound */
    public boolean isBounded() {
        return Double.isFinite(rule(USUAL_BOUND).bound());
    }

    /**
     * @param bound what traces are kept within, from {@code -bound} to {@code bound}; of no effect for rules without one
     * @return the rule itself
     */
    public PlasticityRule rule(double bound) {
        // The constants have the names of the rules' keys.
        return PlasticityRule.of(name().toLowerCase(Locale.ROOT), bound);
    }
}
