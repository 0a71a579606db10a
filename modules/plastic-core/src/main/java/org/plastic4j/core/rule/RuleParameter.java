package org.plastic4j.core.rule;

/** What a plasticity rule has to learn besides w and alpha. */
public enum RuleParameter {
    /** Plasticity rate, [1]. */
    ETA("eta", false),
    /** m of the neuromodulator {@code M(t) = tanh(y(t) . m + c)}, [n]. */
    MODULATOR_WEIGHTS("modulator_weights", true),
    /** c of the neuromodulator, [1]. */
    MODULATOR_BIAS("modulator_bias", false),
    /** f of the rate {@code M(t) f[j] + g[j]} of connections to neuron j, [n]. */
    FAN_OUT_WEIGHTS("fan_out_weights", true),
    /** g of that rate, [n]. */
    FAN_OUT_BIAS("fan_out_bias", true);

    private final String key;
    private final boolean perNeuron;

    RuleParameter(String key, boolean perNeuron) {
        this.key = key;
        this.perNeuron = perNeuron;
    }

    /** The name of its variable in graphs and checkpoints. */
    public String key() {
        return key;
    }

    /** How many numbers it has in a layer of n neurons: n or 1. */
    public int length(int neurons) {
        return perNeuron ? neurons : 1;
    }
}
