package org.plastic4j.core.rule;

import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;

/** The network's signal to its own connections: {@code M(t) = tanh(y(t) . m + c)}, one value for each lifetime. */
final class Neuromodulator {
    private Neuromodulator() {}

    /** M, shape [B, 1, 1]. */
    static SDVariable signal(SDVariable post, Map<RuleParameter, SDVariable> parameters) {
        SDVariable weighted = post.mul(row(parameters.get(RuleParameter.MODULATOR_WEIGHTS)));
        SDVariable sum = weighted.sum(true, 2).add(row(parameters.get(RuleParameter.MODULATOR_BIAS)));
        return post.getSameDiff().math().tanh(sum);
    }

    /** Of shape [1, 1, n]: where n = 1, ND4J would else lose dimensions of what it is multiplied with. */
    static SDVariable row(SDVariable parameter) {
        return parameter.reshape(1, 1, -1);
    }
}
