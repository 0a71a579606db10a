package org.plastic4j.core.rule;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Retroactive neuromodulation: coincidences leave an eligibility trace E, and the network's signal decides afterwards
 * what becomes of it.
 *
 * <pre>
 * M         = tanh(y . m + c)
 * H'[i, j]  = clip(H[i, j] + M E[i, j], -b, b)
 * E'[i, j]  = (1 - eta) E[i, j] + eta x[i] y[j]
 * </pre>
 *
 * <p>H' takes E as it was before this step: what the two sides of a connection do now counts from the next one. E itself
 * has no bound; while eta is from 0 to 1 it is an average of products of outputs.
 *
 * <p>Miconi, Rawal, Clune and Stanley, <a href="https://arxiv.org/abs/2002.10585">Backpropamine</a> (ICLR 2019), section
 * 3.2.
 *
 * @param bound b, finite and above 0
 */
public record Retroactive(double bound) implements PlasticityRule {
    static final String KEY = "retroactive";

    /**
     * Checks the bound.
     *
     * @param bound b, finite and above 0
     */
    public Retroactive {
        Clip.requireBound(bound);
    }

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public List<RuleParameter> parameters() {
        return List.of(RuleParameter.ETA, RuleParameter.MODULATOR_WEIGHTS, RuleParameter.MODULATOR_BIAS);
    }

    @Override
    public boolean hasEligibility() {
        return true;
    }

    @Override
    public Traces next(Traces traces, SDVariable pre, SDVariable post, Map<RuleParameter, SDVariable> parameters) {
        SDVariable eligibility = traces.eligibility().orElseThrow();
        SDVariable signal = Neuromodulator.signal(post, parameters);
        SDVariable eta = parameters.get(RuleParameter.ETA);
        return new Traces(
                Clip.clip(traces.hebb().add(signal.mul(eligibility)), bound),
                Optional.of(eligibility.add(eta.mul(pre.mul(post).sub(eligibility)))));
    }
}
