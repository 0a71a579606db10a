package org.plastic4j.core.rule;

import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * The rule of Bienenstock, Cooper and Munro, with a sliding threshold for every neuron and a decay:
 *
 * <pre>
 * H'[i, j]  = clip((1 - kappa) H[i, j] + eta x[i] y[j] (y[j] - theta[j]), -b, b)
 * theta'[j] = (1 - rho) theta[j] + rho y[j]^2
 * </pre>
 *
 * <p>Theory for the development of neuron selectivity (1982); theta is 0 before the first step of a lifetime.
 *
 * @param bound b, finite and above 0
 */
public record Bcm(double bound) implements PlasticityRule {
    static final String KEY = "bcm";
    /** How fast traces decay, [1]. */
    public static final RuleParameter KAPPA =
            new RuleParameter("kappa", RuleParameter.Size.ONE, new RuleParameter.Constant(0.01));
    /** How fast thresholds follow the outputs, [1]. */
    public static final RuleParameter RHO =
            new RuleParameter("rho", RuleParameter.Size.ONE, new RuleParameter.Constant(0.1));
    /** theta. */
    public static final NeuronState THRESHOLD = new NeuronState("threshold", 0);

    /**
     * Checks the bound.
     *
     * @param bound b, finite and above 0
     */
    public Bcm {
        Clip.requireBound(bound);
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public List<RuleParameter> parameters() {
        return List.of(RuleParameter.ETA, KAPPA, RHO);
    }

    @Override
    public List<NeuronState> states() {
        return List.of(THRESHOLD);
    }

    @Override
    public Traces next(Traces traces, SDVariable pre, SDVariable post, Map<RuleParameter, SDVariable> parameters) {
        SDVariable threshold = traces.states().get(THRESHOLD);
        SDVariable rho = parameters.get(RHO);
        SDVariable change = parameters.get(RuleParameter.ETA).mul(pre).mul(post.mul(post.sub(threshold)));
        SDVariable kept = parameters.get(KAPPA).rsub(1.0).mul(traces.hebb());
        return Traces.of(Clip.clip(kept.add(change), bound))
                .with(THRESHOLD, rho.rsub(1.0).mul(threshold).add(rho.mul(post.mul(post))));
    }
}
