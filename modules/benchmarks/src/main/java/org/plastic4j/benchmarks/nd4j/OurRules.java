package org.plastic4j.benchmarks.nd4j;

import java.util.Map;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.benchmarks.subject.BenchmarkRule;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.rule.DecayingHebb;
import org.plastic4j.core.rule.Oja;
import org.plastic4j.core.rule.PlasticityRule;

/** The one place that knows which rules {@code plastic-core} has, and what their parameters are called in it. */
public final class OurRules {
    private OurRules() {}

    /**
     * @param rule a rule that is measured
     * @param bound of its trace, where it has one
     * @return the same rule of {@code plastic-core}; empty where that has none yet
     */
    public static Optional<PlasticityRule> of(BenchmarkRule rule, double bound) {
        return switch (rule) {
            case DECAYING_HEBB -> Optional.of(new DecayingHebb());
            case OJA -> Optional.of(new Oja());
            case HARD_BOUND, SOFT_BOUND, MODULATED, FANOUT, RETROACTIVE -> Optional.empty();
        };
    }

    /** The trained variables of a graph, under the names that {@link BenchmarkRule#parameters} gives. */
    static PlasticParameters parameters(SameDiff graph, Map<String, INDArray> values) {
        return PlasticParameters.plastic(
                graph.var("w", values.get("w")),
                graph.var("alpha", values.get("alpha")),
                graph.var("eta", values.get("eta")));
    }
}
