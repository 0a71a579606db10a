package org.plastic4j.benchmarks.nd4j;

import java.util.HashMap;
import java.util.Map;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.benchmarks.cases.BenchmarkRule;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.rule.Abcd;
import org.plastic4j.core.rule.BoundedHebb;
import org.plastic4j.core.rule.Bounding;
import org.plastic4j.core.rule.DecayingHebb;
import org.plastic4j.core.rule.FanOut;
import org.plastic4j.core.rule.Neuromodulated;
import org.plastic4j.core.rule.Oja;
import org.plastic4j.core.rule.PlasticityRule;
import org.plastic4j.core.rule.Retroactive;
import org.plastic4j.core.rule.RuleParameter;
import org.plastic4j.core.rule.Stpn;

/** The one place that knows which rules {@code plastic-core} has, and what their parameters are called in it. */
public final class Plastic4jRules {
    /** The benchmarks' names for what rules learn. */
    private static final Map<RuleParameter, String> NAMES = Map.ofEntries(
            Map.entry(RuleParameter.ETA, "eta"),
            Map.entry(RuleParameter.MODULATOR_WEIGHTS, "m"),
            Map.entry(RuleParameter.MODULATOR_BIAS, "c"),
            Map.entry(RuleParameter.FAN_OUT_WEIGHTS, "f"),
            Map.entry(RuleParameter.FAN_OUT_BIAS, "g"),
            Map.entry(Abcd.A, "A"),
            Map.entry(Abcd.B, "B"),
            Map.entry(Abcd.C, "C"),
            Map.entry(Abcd.D, "D"),
            Map.entry(Stpn.LAMBDA, "lam"),
            Map.entry(Stpn.GAMMA, "gam"));

    private Plastic4jRules() {}

    /**
     * @param rule a rule that is measured
     * @param bound of its trace, where it has one
     * @return the same rule of {@code plastic-core}
     */
    public static PlasticityRule of(BenchmarkRule rule, double bound) {
        return switch (rule) {
            case DECAYING_HEBB -> new DecayingHebb();
            case OJA -> new Oja();
            case HARD_BOUND -> new BoundedHebb(Bounding.HARD, bound);
            case SOFT_BOUND -> new BoundedHebb(Bounding.SOFT, bound);
            case MODULATED -> new Neuromodulated(FanOut.NONE, bound);
            case FANOUT -> new Neuromodulated(FanOut.PER_NEURON, bound);
            case RETROACTIVE -> new Retroactive(bound);
            case ABCD -> new Abcd(bound);
            case STPN -> new Stpn();
        };
    }

    /** The trained variables of a graph, under the names that {@link BenchmarkRule#parameters} gives. */
    static PlasticParameters parameters(SameDiff graph, PlasticityRule rule, Map<String, INDArray> values) {
        Map<RuleParameter, SDVariable> learned = new HashMap<>();
        rule.parameters().forEach(parameter -> {
            String name = NAMES.get(parameter);
            learned.put(parameter, graph.var(name, values.get(name)));
        });
        return PlasticParameters.plastic(
                graph.var("w", values.get("w")), graph.var("alpha", values.get("alpha")), learned);
    }
}
