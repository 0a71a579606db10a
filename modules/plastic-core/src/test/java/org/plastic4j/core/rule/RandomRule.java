package org.plastic4j.core.rule;

import java.util.List;
import java.util.Map;
import java.util.Random;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;

/**
 * A rule made at random of everything that can be compiled: {@code H' = clip(0.7 H + tanh(expression), -1, 1)}, where
 * expressions read a state of neurons {@code s' = 0.6 s + tanh(expression)}.
 *
 * @param bound the seed in a bound's place, which is what a saved graph keeps of a rule
 */
public record RandomRule(double bound) implements PlasticityRule {
    private static final RuleParameter.Initial START = new RuleParameter.Constant(0.3);
    private static final RuleParameter OF_NEURONS = new RuleParameter("p", RuleParameter.Size.PER_NEURON, START);
    private static final RuleParameter OF_CONNECTIONS =
            new RuleParameter("q", RuleParameter.Size.PER_CONNECTION, START);
    private static final NeuronState STATE = new NeuronState("s", 0.2);
    private static final int DEPTH = 4;

    @Override
    public String key() {
        return "random_rule";
    }

    @Override
    public List<RuleParameter> parameters() {
        return List.of(RuleParameter.ETA, OF_NEURONS, OF_CONNECTIONS);
    }

    @Override
    public List<NeuronState> states() {
        return List.of(STATE);
    }

    @Override
    public Traces next(Traces traces, SDVariable pre, SDVariable post, Map<RuleParameter, SDVariable> parameters) {
        Expressions expressions = new Expressions(new Random((long) bound), traces, pre, post, parameters);
        SDVariable expression = expressions.ofConnections(DEPTH);
        // All that is declared has a gradient.
        SDVariable rest = parameters
                .get(OF_CONNECTIONS)
                .mul(pre.mul(parameters.get(OF_NEURONS).mul(post)))
                .mul(parameters.get(RuleParameter.ETA));
        SDVariable next = traces.hebb().mul(0.7).add(pre.getSameDiff().math().tanh(expression.add(rest)));
        SDVariable state = traces.states().get(STATE);
        SDVariable change = pre.getSameDiff().math().tanh(expressions.columns(2));
        return Traces.of(Clip.clip(next, 1)).with(STATE, state.mul(0.6).add(change));
    }

    private static final class Expressions {
        private final Random random;
        private final Traces traces;
        private final SDVariable pre;
        private final SDVariable post;
        private final Map<RuleParameter, SDVariable> parameters;
        private final SameDiff graph;

        Expressions(
                Random random,
                Traces traces,
                SDVariable pre,
                SDVariable post,
                Map<RuleParameter, SDVariable> parameters) {
            this.random = random;
            this.traces = traces;
            this.pre = pre;
            this.post = post;
            this.parameters = parameters;
            graph = pre.getSameDiff();
        }

        SDVariable ofConnections(int depth) {
            if (depth == 0 || random.nextInt(8) == 0) {
                return random.nextBoolean() ? traces.hebb() : parameters.get(OF_CONNECTIONS);
            }
            return switch (random.nextInt(4)) {
                case 0 -> unary(ofConnections(depth - 1));
                case 1 -> binary(ofConnections(depth - 1), ofConnections(depth - 1));
                case 2 -> binary(ofConnections(depth - 1), vector(depth - 1));
                default -> vector(depth - 1).mul(ofConnections(depth - 1));
            };
        }

        /** Of pre-synaptic neurons, of post-synaptic ones, or one number. */
        private SDVariable vector(int depth) {
            return switch (random.nextInt(3)) {
                case 0 -> rows(depth);
                case 1 -> columns(depth);
                default -> number(depth);
            };
        }

        private SDVariable rows(int depth) {
            if (depth <= 0) {
                return switch (random.nextInt(3)) {
                    case 0 -> pre;
                    case 1 -> traces.states().get(STATE).permute(0, 2, 1);
                    default -> parameters.get(OF_NEURONS).reshape(1, -1, 1);
                };
            }
            return random.nextBoolean()
                    ? unary(rows(depth - 1))
                    : binary(rows(depth - 1), random.nextBoolean() ? rows(depth - 2) : number(depth - 2));
        }

        private SDVariable columns(int depth) {
            if (depth <= 0) {
                return switch (random.nextInt(3)) {
                    case 0 -> post;
                    case 1 -> traces.states().get(STATE);
                    default -> parameters.get(OF_NEURONS).reshape(1, 1, -1);
                };
            }
            return random.nextBoolean()
                    ? unary(columns(depth - 1))
                    : binary(columns(depth - 1), random.nextBoolean() ? columns(depth - 2) : number(depth - 2));
        }

        private SDVariable number(int depth) {
            if (depth <= 0) {
                return parameters.get(RuleParameter.ETA);
            }
            return random.nextBoolean()
                    ? columns(depth - 1).sum(true, 2).mul(0.2)
                    : rows(depth - 1).mean(true, 1);
        }

        private SDVariable unary(SDVariable a) {
            return switch (random.nextInt(10)) {
                case 0 -> graph.math().tanh(a);
                case 1 -> graph.nn().sigmoid(a);
                case 2 -> graph.math().exp(graph.math().tanh(a));
                case 3 -> graph.math().log(graph.math().abs(a).add(1.5));
                case 4 -> graph.math().sqrt(graph.math().abs(a).add(0.5));
                case 5 -> graph.math().square(a);
                case 6 -> graph.math().neg(a);
                case 7 -> graph.math().abs(a);
                case 8 -> a.sub(0.3);
                default -> a.rsub(1.5);
            };
        }

        private SDVariable binary(SDVariable a, SDVariable b) {
            return switch (random.nextInt(6)) {
                case 0 -> a.add(b);
                case 1 -> a.sub(b);
                case 2 -> a.mul(b);
                case 3 -> a.div(graph.math().abs(b).add(1.2));
                // ND4J ends the process in the gradient of the maximum of arrays of different shapes.
                case 4 -> graph.math().max(a.add(b.mul(0)), b.add(a.mul(0)));
                default -> graph.math().min(a.add(b.mul(0)), b.add(a.mul(0)));
            };
        }
    }
}
