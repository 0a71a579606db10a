package org.plastic4j.dl4j;

import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.plastic4j.core.rule.PlasticityRule;
import org.plastic4j.core.rule.RuleParameter;
import org.plastic4j.core.rule.RuleProvider;
import org.plastic4j.core.rule.Traces;

/** A rule that cannot be compiled, since it reduces a matrix: {@code S = H + eta x y, H' = S / (1 + sum of S^2 over rows)}. */
public final class Normalised implements RuleProvider {
    static final String KEY = "normalised";

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public PlasticityRule create(double bound) {
        return new Rule();
    }

    private record Rule() implements PlasticityRule {
        @Override
        public String key() {
            return KEY;
        }

        @Override
        public Traces next(Traces traces, SDVariable pre, SDVariable post, Map<RuleParameter, SDVariable> parameters) {
            SDVariable sum = traces.hebb().add(parameters.get(RuleParameter.ETA).mul(pre.mul(post)));
            return Traces.of(sum.div(sum.mul(sum).sum(true, 1).add(1)));
        }
    }
}
