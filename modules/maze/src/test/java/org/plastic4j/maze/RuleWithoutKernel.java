package org.plastic4j.maze;

import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.plastic4j.core.rule.PlasticityRule;
import org.plastic4j.core.rule.RuleParameter;
import org.plastic4j.core.rule.RuleProvider;
import org.plastic4j.core.rule.Traces;

/** A rule that is known by its key and cannot be compiled, since it reduces a matrix. */
public final class RuleWithoutKernel implements RuleProvider {
    @Override
    public String key() {
        return "without_kernel";
    }

    @Override
    public PlasticityRule create(double bound) {
        return new Rule();
    }

    private record Rule() implements PlasticityRule {
        @Override
        public String key() {
            return "without_kernel";
        }

        @Override
        public Traces next(Traces traces, SDVariable pre, SDVariable post, Map<RuleParameter, SDVariable> parameters) {
            SDVariable written =
                    traces.hebb().add(parameters.get(RuleParameter.ETA).mul(pre.mul(post)));
            return Traces.of(written.sub(written.mean(true, 1)));
        }
    }
}
