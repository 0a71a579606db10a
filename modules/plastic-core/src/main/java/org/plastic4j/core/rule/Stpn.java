package org.plastic4j.core.rule;

import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Short-term plasticity with a decay and a rate for every connection:
 *
 * <pre>H'[i, j] = lambda[i, j] H[i, j] + gamma[i, j] x[i] y[j]</pre>
 *
 * <p>Rodriguez, Guo and Moraitis, <a href="https://arxiv.org/abs/2206.14048">Short-Term Plasticity Neurons Learning to Learn and
 * Forget</a> (ICML 2022), without the norm by which the paper's unit divides its connections.
 */
public record Stpn() implements PlasticityRule {
    static final String KEY = "stpn";
    /** How much of a trace is kept, [m, n], from 0 to 1 in the beginning. */
    public static final RuleParameter LAMBDA =
            new RuleParameter("lambda", RuleParameter.Size.PER_CONNECTION, new RuleParameter.Uniform(0, 1));
    /** Plasticity rates, [m, n], which may be negative. */
    public static final RuleParameter GAMMA =
            new RuleParameter("gamma", RuleParameter.Size.PER_CONNECTION, new RuleParameter.Uniform(-0.001, 0.001));

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public List<RuleParameter> parameters() {
        return List.of(LAMBDA, GAMMA);
    }

    @Override
    public Traces next(Traces traces, SDVariable pre, SDVariable post, Map<RuleParameter, SDVariable> parameters) {
        SDVariable kept = parameters.get(LAMBDA).mul(traces.hebb());
        return Traces.of(kept.add(parameters.get(GAMMA).mul(pre).mul(post)));
    }
}
