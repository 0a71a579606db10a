package org.plastic4j.core.rule;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/** Rules as a user would write them; the generator of the golden files has the same ones. */
public final class CustomRules {
    private static final RuleParameter.Constant START = new RuleParameter.Constant(0.1);

    private CustomRules() {}

    /** {@code H' = (1 - eta sigmoid(k[j] y)) H + eta tanh(x) relu(y)}. */
    public record Gated() implements PlasticityRule {
        private static final RuleParameter K = new RuleParameter("k", RuleParameter.Size.PER_NEURON, START);

        @Override
        public String key() {
            return "gated";
        }

        @Override
        public List<RuleParameter> parameters() {
            return List.of(RuleParameter.ETA, K);
        }

        @Override
        public Traces next(Traces traces, SDVariable pre, SDVariable post, Map<RuleParameter, SDVariable> parameters) {
            SameDiff graph = pre.getSameDiff();
            SDVariable eta = parameters.get(RuleParameter.ETA);
            SDVariable gate = eta.mul(graph.nn().sigmoid(parameters.get(K).mul(post)));
            SDVariable written = eta.mul(graph.math().tanh(pre)).mul(graph.nn().relu(post, 0));
            return Traces.of(gate.rsub(1.0).mul(traces.hebb()).add(written));
        }
    }

    /**
     * {@code H' = lambda H + rate x y} with one decay and one rate, which begins below zero: the anti-Hebbian trace of
     * Tyulmankov, Yang and Abbott's HebbFF.
     */
    public record AntiHebb() implements PlasticityRule {
        private static final RuleParameter LAMBDA =
                new RuleParameter("lambda", RuleParameter.Size.ONE, new RuleParameter.Constant(0.99));
        private static final RuleParameter RATE =
                new RuleParameter("rate", RuleParameter.Size.ONE, new RuleParameter.Constant(-0.05));

        @Override
        public String key() {
            return "anti_hebb";
        }

        @Override
        public List<RuleParameter> parameters() {
            return List.of(LAMBDA, RATE);
        }

        @Override
        public Traces next(Traces traces, SDVariable pre, SDVariable post, Map<RuleParameter, SDVariable> parameters) {
            SDVariable kept = parameters.get(LAMBDA).mul(traces.hebb());
            return Traces.of(kept.add(parameters.get(RATE).mul(pre.mul(post))));
        }
    }

    /** {@code H' = tanh(H + eta x y)}. */
    public record Saturating() implements PlasticityRule {
        @Override
        public String key() {
            return "saturating";
        }

        @Override
        public Traces next(Traces traces, SDVariable pre, SDVariable post, Map<RuleParameter, SDVariable> parameters) {
            SDVariable change = parameters.get(RuleParameter.ETA).mul(pre.mul(post));
            return Traces.of(pre.getSameDiff().math().tanh(traces.hebb().add(change)));
        }
    }

    /** Retroactive without a bound: two traces, of which the second feeds the first through an exponential. */
    public record TwoTraces() implements PlasticityRule {
        @Override
        public String key() {
            return "two_traces";
        }

        @Override
        public boolean hasEligibility() {
            return true;
        }

        @Override
        public Traces next(Traces traces, SDVariable pre, SDVariable post, Map<RuleParameter, SDVariable> parameters) {
            SameDiff graph = pre.getSameDiff();
            SDVariable eta = parameters.get(RuleParameter.ETA);
            SDVariable eligibility = traces.eligibility().orElseThrow();
            SDVariable strength = graph.math().exp(graph.math().neg(graph.math().square(eligibility)));
            return new Traces(
                    traces.hebb().mul(0.9).add(eta.mul(strength).mul(post)),
                    Optional.of(eligibility.mul(eta.rsub(1.0)).add(eta.mul(pre.sub(post)))));
        }
    }

    /** {@code S = H + eta x y, H' = S / (1 + sum of S^2 over rows)}: a reduction of connections, which is not compiled. */
    public record Normalised() implements PlasticityRule {
        @Override
        public String key() {
            return "normalised";
        }

        @Override
        public Traces next(Traces traces, SDVariable pre, SDVariable post, Map<RuleParameter, SDVariable> parameters) {
            SDVariable sum = traces.hebb().add(parameters.get(RuleParameter.ETA).mul(pre.mul(post)));
            return Traces.of(sum.div(sum.mul(sum).sum(true, 1).add(1)));
        }
    }

    /**
     * {@code H' = reach[i, j] H + f[j] (E - E^T), E' = (1 - eta) E + eta x y}: every kind of parameter, two traces, and one
     * of them transposed, which is not compiled.
     */
    public record Antisymmetric() implements PlasticityRule {
        private static final RuleParameter REACH = new RuleParameter("reach", RuleParameter.Size.PER_CONNECTION, START);

        @Override
        public String key() {
            return "antisymmetric";
        }

        @Override
        public List<RuleParameter> parameters() {
            return List.of(RuleParameter.ETA, RuleParameter.FAN_OUT_WEIGHTS, REACH);
        }

        @Override
        public boolean hasEligibility() {
            return true;
        }

        @Override
        public Traces next(Traces traces, SDVariable pre, SDVariable post, Map<RuleParameter, SDVariable> parameters) {
            SDVariable eligibility = traces.eligibility().orElseThrow();
            SDVariable eta = parameters.get(RuleParameter.ETA);
            SDVariable change = parameters
                    .get(RuleParameter.FAN_OUT_WEIGHTS)
                    .reshape(1, 1, -1)
                    .mul(eligibility.sub(eligibility.permute(0, 2, 1)));
            return new Traces(
                    parameters.get(REACH).mul(traces.hebb()).add(change),
                    Optional.of(eligibility.add(eta.mul(pre.mul(post).sub(eligibility)))));
        }
    }

    /**
     * {@code H' = 0.9 H + eta x (y - s[j]), s' = 0.8 s + mean of H over rows}: a state of neurons that depends on connections,
     * which is not compiled.
     */
    public record Homeostatic() implements PlasticityRule {
        private static final NeuronState LEVEL = new NeuronState("level", 0.4);

        @Override
        public String key() {
            return "homeostatic";
        }

        @Override
        public List<NeuronState> states() {
            return List.of(LEVEL);
        }

        @Override
        public Traces next(Traces traces, SDVariable pre, SDVariable post, Map<RuleParameter, SDVariable> parameters) {
            SDVariable level = traces.states().get(LEVEL);
            SDVariable change = parameters.get(RuleParameter.ETA).mul(pre.mul(post.sub(level)));
            return Traces.of(traces.hebb().mul(0.9).add(change))
                    .with(LEVEL, level.mul(0.8).add(traces.hebb().mean(true, 1)));
        }
    }

    /** {@code H' = E, E' = H + eta x y}, with an op that has no inputs, which is not compiled. */
    public record Exchanged() implements PlasticityRule {
        @Override
        public String key() {
            return "exchanged";
        }

        @Override
        public boolean hasEligibility() {
            return true;
        }

        @Override
        public Traces next(Traces traces, SDVariable pre, SDVariable post, Map<RuleParameter, SDVariable> parameters) {
            SDVariable one = pre.getSameDiff().math().eye(1);
            SDVariable change = parameters.get(RuleParameter.ETA).mul(pre.mul(post));
            return new Traces(
                    traces.eligibility().orElseThrow(),
                    Optional.of(traces.hebb().add(one.castTo(change.dataType()).mul(change))));
        }
    }

    /** {@code H' = clip(max(H, x y) + min(H, x y) + relu(H), -1, 1)}, all of whose kinks lie where silence is. */
    public record Ties() implements PlasticityRule {
        @Override
        public String key() {
            return "ties";
        }

        @Override
        public Traces next(Traces traces, SDVariable pre, SDVariable post, Map<RuleParameter, SDVariable> parameters) {
            SameDiff graph = pre.getSameDiff();
            SDVariable hebb = traces.hebb();
            SDVariable product = parameters.get(RuleParameter.ETA).mul(pre.mul(post));
            SDVariable sum = graph.math()
                    .max(hebb, product)
                    .add(graph.math().min(hebb, product))
                    .add(graph.nn().relu(hebb, 0));
            return Traces.of(graph.math().clipByValue(sum, -1, 1));
        }
    }

    private abstract static class Provider implements RuleProvider {
        private final PlasticityRule usual;

        Provider(PlasticityRule usual) {
            this.usual = usual;
        }

        @Override
        public String key() {
            return usual.key();
        }

        @Override
        public PlasticityRule create(double bound) {
            return usual;
        }
    }

    public static final class AntiHebbProvider extends Provider {
        public AntiHebbProvider() {
            super(new AntiHebb());
        }
    }

    public static final class GatedProvider extends Provider {
        public GatedProvider() {
            super(new Gated());
        }
    }

    public static final class SaturatingProvider extends Provider {
        public SaturatingProvider() {
            super(new Saturating());
        }
    }

    public static final class TwoTracesProvider extends Provider {
        public TwoTracesProvider() {
            super(new TwoTraces());
        }
    }

    public static final class TiesProvider extends Provider {
        public TiesProvider() {
            super(new Ties());
        }
    }

    public static final class NormalisedProvider extends Provider {
        public NormalisedProvider() {
            super(new Normalised());
        }
    }

    public static final class AntisymmetricProvider extends Provider {
        public AntisymmetricProvider() {
            super(new Antisymmetric());
        }
    }

    public static final class HomeostaticProvider extends Provider {
        public HomeostaticProvider() {
            super(new Homeostatic());
        }
    }

    public static final class ExchangedProvider extends Provider {
        public ExchangedProvider() {
            super(new Exchanged());
        }
    }

    public static final class RandomRuleProvider extends Provider {
        public RandomRuleProvider() {
            super(new RandomRule(1));
        }

        @Override
        public PlasticityRule create(double bound) {
            return new RandomRule(bound);
        }
    }
}
