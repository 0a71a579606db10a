package org.plastic4j.core.kernel.reference;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.plastic4j.core.cell.PlasticLayer;
import org.plastic4j.core.kernel.HostArrays;
import org.plastic4j.core.kernel.LifetimeTensors;
import org.plastic4j.core.rule.RuleParameter;

/** What a rule learns, or the gradient of it; null where the rule has no such thing. */
final class RuleValues {
    /** Plasticity rate, one value. */
    final double[] eta;
    /** m and c of {@code M = tanh(y . m + c)}: n values, and one. */
    final double[] modulatorWeights;

    final double[] modulatorBias;
    /** f and g of the rate {@code M f[j] + g[j]}, n values each. */
    final double[] fanOutWeights;

    final double[] fanOutBias;

    private final Map<String, double[]> byKey;

    private RuleValues(Map<String, double[]> byKey) {
        this.byKey = byKey;
        eta = byKey.get(RuleParameter.ETA.key());
        modulatorWeights = byKey.get(RuleParameter.MODULATOR_WEIGHTS.key());
        modulatorBias = byKey.get(RuleParameter.MODULATOR_BIAS.key());
        fanOutWeights = byKey.get(RuleParameter.FAN_OUT_WEIGHTS.key());
        fanOutBias = byKey.get(RuleParameter.FAN_OUT_BIAS.key());
    }

    /** Those that came into an op. */
    static RuleValues of(LifetimeTensors in) {
        Map<String, double[]> values = new HashMap<>();
        for (RuleParameter parameter : in.spec().layer().ruleParameters()) {
            values.put(parameter.key(), HostArrays.doubles(in.get(parameter.key())));
        }
        return new RuleValues(values);
    }

    /** As many zeros, for their gradients. */
    static RuleValues zeros(PlasticLayer layer) {
        Map<String, double[]> values = new HashMap<>();
        for (RuleParameter parameter : layer.ruleParameters()) {
            values.put(parameter.key(), new double[(int) parameter.length(layer.inputs(), layer.outputs())]);
        }
        return new RuleValues(values);
    }

    /** Those of a parameter; null if there is none of this key. */
    double[] of(String key) {
        return byKey.get(key);
    }

    double[][] of(List<RuleParameter> parameters) {
        return parameters.stream().map(parameter -> byKey.get(parameter.key())).toArray(double[][]::new);
    }

    void clear() {
        byKey.values().forEach(values -> Arrays.fill(values, 0));
    }

    void add(RuleValues other) {
        byKey.forEach((key, values) -> Rows.add(other.byKey.get(key), values));
    }
}
