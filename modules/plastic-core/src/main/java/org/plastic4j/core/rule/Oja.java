package org.plastic4j.core.rule;

import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Oja's rule, which bounds the trace without a decay while nothing is active:
 *
 * <pre>H'[i, j] = H[i, j] + eta y[j] (x[i] - y[j] H[i, j])</pre>
 *
 * <p>Miconi, Clune and Stanley, <a href="https://arxiv.org/abs/1804.02464">Differentiable plasticity</a> (ICML 2018),
 * equation 3; after Oja, A simplified neuron model as a principal component analyzer (1982).
 */
public record Oja() implements PlasticityRule {
    static final String KEY = "oja";

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public Traces next(Traces traces, SDVariable pre, SDVariable post, Map<RuleParameter, SDVariable> parameters) {
        SDVariable hebb = traces.hebb();
        SDVariable eta = parameters.get(RuleParameter.ETA);
        return Traces.of(hebb.add(eta.mul(post.mul(pre.sub(post.mul(hebb))))));
    }
}
