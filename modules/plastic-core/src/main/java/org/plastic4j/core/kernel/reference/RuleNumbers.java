package org.plastic4j.core.kernel.reference;

import java.util.HashMap;
import java.util.Map;
import org.plastic4j.core.kernel.HostArrays;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.rule.RuleParameter;
import org.plastic4j.core.spec.LifetimeSpec;
import org.plastic4j.core.spec.Slot;

/** What a rule learns, or the gradient of it; null where the rule has no such thing. */
final class RuleNumbers {
    /** Plasticity rate, one number. */
    final double[] eta;
    /** m and c of {@code M = tanh(y . m + c)}: n numbers, and one. */
    final double[] modulatorWeights;

    final double[] modulatorBias;
    /** f and g of the rate {@code M f[j] + g[j]}, n numbers each. */
    final double[] fanOutWeights;

    final double[] fanOutBias;

    private final Map<RuleParameter, double[]> numbers;

    private RuleNumbers(Map<RuleParameter, double[]> numbers) {
        this.numbers = numbers;
        eta = numbers.get(RuleParameter.ETA);
        modulatorWeights = numbers.get(RuleParameter.MODULATOR_WEIGHTS);
        modulatorBias = numbers.get(RuleParameter.MODULATOR_BIAS);
        fanOutWeights = numbers.get(RuleParameter.FAN_OUT_WEIGHTS);
        fanOutBias = numbers.get(RuleParameter.FAN_OUT_BIAS);
    }

    /** Those that came into an op. */
    static RuleNumbers of(LifetimeTensors in) {
        Map<RuleParameter, double[]> numbers = new HashMap<>();
        for (RuleParameter parameter : in.spec().ruleParameters()) {
            numbers.put(parameter, HostArrays.doubles(in.get(Slot.of(parameter))));
        }
        return new RuleNumbers(numbers);
    }

    /** As many zeros, for their gradients. */
    static RuleNumbers zeros(LifetimeSpec spec, int neurons) {
        Map<RuleParameter, double[]> numbers = new HashMap<>();
        for (RuleParameter parameter : spec.ruleParameters()) {
            numbers.put(parameter, new double[(int) parameter.length(neurons, neurons)]);
        }
        return new RuleNumbers(numbers);
    }

    double[] of(RuleParameter parameter) {
        return numbers.get(parameter);
    }
}
