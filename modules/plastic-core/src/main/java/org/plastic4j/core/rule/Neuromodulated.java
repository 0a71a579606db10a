package org.plastic4j.core.rule;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.nd4j.autodiff.samediff.SDVariable;

/**
 * Plasticity at a rate that the network sets itself, step by step, and whose sign it may turn:
 *
 * <pre>
 * M          = tanh(y . m + c)
 * rate[j]    = M, or M f[j] + g[j] with fan-out
 * H'[i, j]   = clip(H[i, j] + rate[j] x[i] y[j], -b, b)
 * </pre>
 *
 * <p>y are the outputs of all neurons of the layer, those of clamped ones included; m, c, f and g are learned ({@link
 * RuleParameter}), and there is no eta.
 *
 * <p>Simple neuromodulation of Miconi, Rawal, Clune and Stanley, <a
 * href="https://arxiv.org/abs/2002.10585">Backpropamine</a> (ICLR 2019), section 3.1.
 *
 * @param fanOut how the signal reaches the neurons
 * @param bound b, finite and above 0
 */
public record Neuromodulated(FanOut fanOut, double bound) implements PlasticityRule {
    static final String KEY = "neuromodulated";
    static final String FAN_OUT_KEY = "neuromodulated_fan_out";

    /**
     * Checks the bound.
     *
     * @param fanOut how the signal reaches the neurons
     * @param bound b, finite and above 0
     */
    public Neuromodulated {
        Objects.requireNonNull(fanOut, "fanOut");
        Clip.requireBound(bound);
    }

    @Override
    public String key() {
        return fanOut == FanOut.NONE ? KEY : FAN_OUT_KEY;
    }

    @Override
    public List<RuleParameter> parameters() {
        return fanOut == FanOut.NONE
                ? List.of(RuleParameter.MODULATOR_WEIGHTS, RuleParameter.MODULATOR_BIAS)
                : List.of(
                        RuleParameter.MODULATOR_WEIGHTS,
                        RuleParameter.MODULATOR_BIAS,
                        RuleParameter.FAN_OUT_WEIGHTS,
                        RuleParameter.FAN_OUT_BIAS);
    }

    @Override
    public Traces next(Traces traces, SDVariable pre, SDVariable post, Map<RuleParameter, SDVariable> parameters) {
        SDVariable rate = Neuromodulator.signal(post, parameters);
        if (fanOut == FanOut.PER_NEURON) {
            rate = rate.mul(Neuromodulator.row(parameters.get(RuleParameter.FAN_OUT_WEIGHTS)))
                    .add(Neuromodulator.row(parameters.get(RuleParameter.FAN_OUT_BIAS)));
        }
        return Traces.of(Clip.clip(traces.hebb().add(pre.mul(rate.mul(post))), bound));
    }
}
