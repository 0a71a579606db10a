package org.plastic4j.experiment.network;

import org.plastic4j.core.rule.DecayingHebb;
import org.plastic4j.core.rule.Oja;
import org.plastic4j.core.rule.PlasticityRule;

/** The plasticity rules that a configuration can name. */
public enum Rule {
    /** A decaying average of pre- times post-synaptic activity. */
    DECAYING_HEBB,
    /** Oja's rule. */
    OJA;

    /** @return the rule itself */
    public PlasticityRule rule() {
        return switch (this) {
            case DECAYING_HEBB -> new DecayingHebb();
            case OJA -> new Oja();
        };
    }
}
