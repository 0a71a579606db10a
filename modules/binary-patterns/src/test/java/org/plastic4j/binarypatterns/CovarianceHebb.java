package org.plastic4j.binarypatterns;

import java.util.List;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.plastic4j.core.rule.PlasticityRule;
import org.plastic4j.core.rule.RuleParameter;
import org.plastic4j.core.rule.RuleProvider;
import org.plastic4j.core.rule.Traces;

/**
 * A rule of a user's own, as docs/rules.md has it, with a learned threshold for every neuron:
 *
 * <pre>H'[i, j] = clip(H[i, j] + eta x[i] (y[j] - theta[j]), -b, b)</pre>
 */
public record CovarianceHebb(double bound) implements PlasticityRule {
    static final RuleParameter THRESHOLD =
            new RuleParameter("threshold", RuleParameter.Size.PER_NEURON, new RuleParameter.Normal(0.1));

    @Override
    public String key() {
        return "covariance_hebb";
    }

    @Override
    public List<RuleParameter> parameters() {
        return List.of(RuleParameter.ETA, THRESHOLD);
    }

    @Override
    public Traces next(Traces traces, SDVariable pre, SDVariable post, Map<RuleParameter, SDVariable> parameters) {
        SDVariable threshold = parameters.get(THRESHOLD).reshape(1, 1, -1);
        SDVariable change = parameters.get(RuleParameter.ETA).mul(pre.mul(post.sub(threshold)));
        return Traces.of(post.getSameDiff().math().clipByValue(traces.hebb().add(change), -bound, bound));
    }

    /** Makes the rule known by its key. */
    public static final class Provider implements RuleProvider {
        @Override
        public String key() {
            return "covariance_hebb";
        }

        @Override
        public PlasticityRule create(double bound) {
            return new CovarianceHebb(bound);
        }
    }
}
