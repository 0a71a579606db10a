package org.plastic4j.core.rule;

import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The Hebbian trace as a decaying average of the product of pre- and post-synaptic activity:
 *
 * <pre>H'[i, j] = eta x[i] y[j] + (1 - eta) H[i, j]</pre>
 *
 * <p>Miconi, Clune and Stanley, <a href="https://arxiv.org/abs/1804.02464">Differentiable plasticity</a> (ICML 2018),
 * equation 2.
 */
public record DecayingHebb() implements PlasticityRule {
    static final String KEY = "decaying_hebb";

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public Traces next(Traces traces, SDVariable pre, SDVariable post, Map<RuleParameter, SDVariable> parameters) {
        SDVariable hebb = traces.hebb();
        SDVariable eta = parameters.get(RuleParameter.ETA);
        return Traces.of(hebb.add(eta.mul(pre.mul(post).sub(hebb))));
    }
}
