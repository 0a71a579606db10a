package org.plastic4j.core.kernel.compiled;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.VariableType;
import org.nd4j.autodiff.samediff.internal.SameDiffOp;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ops.BaseReduceOp;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.ScalarOp;
import org.plastic4j.core.kernel.compiled.Node.Op;
import org.plastic4j.core.rule.NeuronState;
import org.plastic4j.core.rule.PlasticityRule;
import org.plastic4j.core.rule.RuleParameter;
import org.plastic4j.core.rule.Traces;

/**
 * Reads a rule's definition: {@link PlasticityRule#next} writes its ops into a graph of its own, and each of them becomes a
 * {@link Node}. Axes of arrays have labels here, so that shapes are never compared by their sizes.
 */
final class RuleTracer {
    /** A rule with an op, or a use of one, that connections cannot be compiled for. */
    static final class NotCompiled extends Exception {
        private static final long serialVersionUID = 1L;

        NotCompiled(String why) {
            super(why);
        }
    }

    private static final int LIFETIMES = 2;
    private final NodeGraph nodes;
    private final int neurons;
    private final Map<String, LabelledNode> values = new HashMap<>();
    private final Map<String, SameDiffOp> producers = new HashMap<>();
    private SameDiff graph;

    /** @param neurons n, which averages over neurons are divided by */
    RuleTracer(NodeGraph nodes, int neurons) {
        this.nodes = nodes;
        this.neurons = neurons;
    }

    /**
     * What a rule makes of its inputs.
     *
     * @param traces the next trace matrices, in the order of {@link Traces}
     * @param states the next states of neurons, in the order of {@link PlasticityRule#states}
     */
    record Traced(List<Node> traces, List<Node> states) {}

    Traced trace(PlasticityRule rule) throws NotCompiled {
        graph = SameDiff.create();
        SDVariable pre = input(
                "x",
                Node.Source.PRE,
                0,
                Node.ROWS,
                LabelledNode.Label.LIFETIMES,
                LabelledNode.Label.ROWS,
                LabelledNode.Label.ONE);
        SDVariable post = input(
                "y",
                Node.Source.POST,
                0,
                Node.COLUMNS,
                LabelledNode.Label.LIFETIMES,
                LabelledNode.Label.ONE,
                LabelledNode.Label.COLUMNS);
        SDVariable hebb = traceInput("hebb", 0);
        Optional<SDVariable> eligibility =
                rule.hasEligibility() ? Optional.of(traceInput("eligibility", 1)) : Optional.empty();
        Map<RuleParameter, SDVariable> parameters = new LinkedHashMap<>();
        for (RuleParameter parameter : rule.parameters()) {
            int index = parameters.size();
            parameters.put(
                    parameter,
                    switch (parameter.size()) {
                        case ONE ->
                            input(parameter.key(), Node.Source.PARAMETER, index, Node.NONE, LabelledNode.Label.ONE);
                        case PER_NEURON ->
                            input(
                                    parameter.key(),
                                    Node.Source.PARAMETER,
                                    index,
                                    Node.COLUMNS,
                                    LabelledNode.Label.NEURONS);
                        case PER_CONNECTION ->
                            input(
                                    parameter.key(),
                                    Node.Source.PARAMETER,
                                    index,
                                    Node.CONNECTIONS,
                                    LabelledNode.Label.ROWS,
                                    LabelledNode.Label.COLUMNS);
                    });
        }
        Map<NeuronState, SDVariable> states = new LinkedHashMap<>();
        for (NeuronState state : rule.states()) {
            states.put(
                    state,
                    input(
                            state.key() + "_state",
                            Node.Source.STATE,
                            states.size(),
                            Node.COLUMNS,
                            LabelledNode.Label.LIFETIMES,
                            LabelledNode.Label.ONE,
                            LabelledNode.Label.COLUMNS));
        }
        Traces next = rule.next(new Traces(hebb, eligibility, states), pre, post, parameters)
                .requiredOf(rule);
        for (SameDiffOp op : graph.getOps().values()) {
            op.getOutputsOfOp().forEach(output -> producers.put(output, op));
        }
        List<Node> result = new ArrayList<>(List.of(value(next.hebb().name()).node()));
        if (next.eligibility().isPresent()) {
            result.add(value(next.eligibility().get().name()).node());
        }
        List<Node> nextStates = new ArrayList<>();
        for (NeuronState state : rule.states()) {
            LabelledNode value = value(next.states().get(state).name());
            boolean ofNeurons = value.labels().size() == 3
                    && value.labels().get(1) == LabelledNode.Label.ONE
                    && value.labels().get(2) == LabelledNode.Label.COLUMNS;
            if (!ofNeurons) {
                throw new NotCompiled("its next state " + state.key() + " is an array over " + value.labels()
                        + " instead of one [B, 1, n]");
            }
            nextStates.add(value.node());
        }
        return new Traced(result, nextStates);
    }

    private SDVariable traceInput(String name, int index) {
        return input(
                name,
                Node.Source.TRACE,
                index,
                Node.CONNECTIONS,
                LabelledNode.Label.LIFETIMES,
                LabelledNode.Label.ROWS,
                LabelledNode.Label.COLUMNS);
    }

    private SDVariable input(String name, Node.Source source, int index, int axes, LabelledNode.Label... labels) {
        values.put(
                "plastic4j_" + name,
                new LabelledNode(nodes, neurons, nodes.input(source, index, axes), List.of(labels)));
        long[] shape = Arrays.stream(labels)
                .mapToLong(label -> label == LabelledNode.Label.ONE
                        ? 1
                        : label == LabelledNode.Label.LIFETIMES ? LIFETIMES : neurons)
                .toArray();
        return graph.placeHolder("plastic4j_" + name, DataType.DOUBLE, shape);
    }

    private LabelledNode value(String name) throws NotCompiled {
        LabelledNode known = values.get(name);
        if (known == null) {
            SameDiffOp producer = producers.get(name);
            known = producer == null ? constant(name) : of(producer);
            values.put(name, known);
        }
        return known;
    }

    private LabelledNode constant(String name) throws NotCompiled {
        SDVariable variable = graph.getVariable(name);
        if (variable.getVariableType() != VariableType.CONSTANT
                || variable.getArr().length() != 1) {
            throw new NotCompiled("the variable " + name + " is neither one number nor a parameter of the rule");
        }
        List<LabelledNode.Label> labels = Collections.nCopies(variable.getArr().rank(), LabelledNode.Label.ONE);
        return new LabelledNode(nodes, neurons, nodes.constant(variable.getArr().getDouble(0)), labels);
    }

    private LabelledNode of(SameDiffOp producer) throws NotCompiled {
        LabelledNode clipped = clipped(producer);
        if (clipped != null) {
            return clipped;
        }
        DifferentialFunction op = producer.getOp();
        List<LabelledNode> in = new ArrayList<>();
        for (String input : producer.getInputsToOp()) {
            in.add(value(input));
        }
        if (in.isEmpty()) {
            throw notCompiled(op);
        }
        LabelledNode a = in.get(0);
        return switch (op.opName()) {
            case "reshape" -> a.reshape(((CustomOp) op).iArgs());
            case "expand_dims" -> a.expand((int) ((CustomOp) op).iArgs()[0]);
            case "squeeze" -> a.squeeze(((CustomOp) op).iArgs());
            case "permute" -> a.permute(((CustomOp) op).iArgs());
            case "cast", "identity" -> a;
            case "reduce_sum" -> a.reduce((BaseReduceOp) op, false);
            case "reduce_mean" -> a.reduce((BaseReduceOp) op, true);
            case "matmul" -> a.times(in.get(1), op);
            default -> elementwise(op, in);
        };
    }

    private LabelledNode elementwise(DifferentialFunction op, List<LabelledNode> in) throws NotCompiled {
        List<LabelledNode.Label> labels = in.get(0).labels();
        for (LabelledNode other : in.subList(1, in.size())) {
            labels = LabelledNode.broadcast(labels, other.labels(), op);
        }
        List<Node> arguments = new ArrayList<>();
        for (LabelledNode value : in) {
            arguments.add(value.aligned(labels));
        }
        double scalar = op instanceof ScalarOp ofNumber ? ofNumber.scalar().getDouble(0) : 0;
        return new LabelledNode(nodes, neurons, compute(op, arguments, nodes.constant(scalar)), labels);
    }

    private Node compute(DifferentialFunction op, List<Node> in, Node scalar) throws NotCompiled {
        Node a = in.get(0);
        Node b = in.size() > 1 ? in.get(1) : scalar;
        return switch (op.opName()) {
            case "add", "add_scalar" -> nodes.add(a, b);
            case "subtract", "sub_scalar" -> nodes.sub(a, b);
            case "reversesubtract", "rsub_scalar" -> nodes.sub(b, a);
            case "multiply", "mul_scalar" -> nodes.mul(a, b);
            case "divide", "div_scalar" -> nodes.div(a, b);
            case "reversedivide", "rdiv_scalar" -> nodes.div(b, a);
            case "neg" -> nodes.neg(a);
            case "square" -> nodes.mul(a, a);
            case "cube" -> nodes.mul(a, nodes.mul(a, a));
            case "squaredsubtract" -> nodes.mul(nodes.sub(a, b), nodes.sub(a, b));
            case "Reciprocal" -> nodes.div(nodes.constant(1), a);
            case "abs" -> nodes.magnitudeOrSign(Op.ABS, a);
            case "sign" -> nodes.magnitudeOrSign(Op.SIGN, a);
            case "sqrt" -> nodes.raw(Op.SQRT, a);
            case "exp" -> nodes.raw(Op.EXP, a);
            case "log" -> nodes.raw(Op.LOG, a);
            case "tanh" -> nodes.raw(Op.TANH, a);
            case "sigmoid" -> nodes.raw(Op.SIGMOID, a);
            case "relu" -> relu(a, scalar);
            case "minimum", "min_pairwise", "min_scalar" -> nodes.raw(Op.MIN, a, b);
            case "maximum", "max_pairwise", "max_scalar" -> nodes.raw(Op.MAX, a, b);
            case "less", "lessthan_scalar" -> nodes.raw(Op.LESS, a, b);
            case "greater", "greaterthan_scalar" -> nodes.raw(Op.LESS, b, a);
            case "less_equal", "lessthanorequal_scalar" -> nodes.raw(Op.LESS_OR_EQUAL, a, b);
            case "greater_equal", "greaterthanorequal_scalar" -> nodes.raw(Op.LESS_OR_EQUAL, b, a);
            case "equals", "equals_scalar" -> nodes.raw(Op.EQUAL, a, b);
            case "Where", "select" -> nodes.select(a, b, in.get(2));
            case "ClipByValue", "clipbyvalue" -> clipByValue(op, a);
            case "pow" -> power(a, b);
            default -> throw notCompiled(op);
        };
    }

    private static NotCompiled notCompiled(DifferentialFunction op) {
        return new NotCompiled("the op " + op.opName() + " is not among those that are compiled");
    }

    private Node clipByValue(DifferentialFunction op, Node a) throws NotCompiled {
        double[] bounds = ((CustomOp) op).tArgs();
        if (!(bounds[0] < bounds[1])) {
            throw new NotCompiled("a clipByValue has no room between " + bounds[0] + " and " + bounds[1]);
        }
        Node middle = nodes.constant((bounds[0] + bounds[1]) / 2);
        return nodes.add(middle, nodes.clip(Op.CLIP_OPEN, nodes.sub(a, middle), (bounds[1] - bounds[0]) / 2));
    }

    /** Whose gradient at 0 is 0. */
    private Node relu(Node a, Node cutoff) throws NotCompiled {
        if (!cutoff.isConstant(0)) {
            throw new NotCompiled("of relu, that with a cutoff of 0 alone is compiled");
        }
        return nodes.select(nodes.raw(Op.LESS, cutoff, a), a, cutoff);
    }

    private Node power(Node a, Node exponent) throws NotCompiled {
        if (exponent.isConstant(2)) {
            return nodes.mul(a, a);
        } else if (exponent.isConstant(3)) {
            return nodes.mul(a, nodes.mul(a, a));
        }
        throw new NotCompiled("of powers, those of 2 and 3 alone are compiled");
    }

    /**
     * The library's own bound, {@code within * u + (1 - within) * (sign(u) * b)} with {@code within = |u| <= b}: null if this
     * is not its last op.
     */
    private LabelledNode clipped(SameDiffOp sum) throws NotCompiled {
        Optional<String> u = argumentsOf(sum, "add")
                .flatMap(terms -> argumentsOf(terms.get(0), "multiply"))
                .map(factors -> factors.get(1));
        Optional<Double> bound = argumentsOf(sum, "add")
                .flatMap(terms -> argumentsOf(terms.get(0), "multiply"))
                .flatMap(factors -> argumentsOf(factors.get(0), "cast"))
                .flatMap(cast -> scalarOf(cast.get(0), "lessthanorequal_scalar"));
        if (u.isEmpty() || bound.isEmpty()) {
            return null;
        }
        Optional<List<String>> outside = argumentsOf(sum, "add")
                .flatMap(terms -> argumentsOf(terms.get(1), "multiply"))
                .filter(factors -> argumentsOf(factors.get(0), "rsub_scalar").isPresent())
                .flatMap(factors -> argumentsOf(factors.get(1), "mul_scalar"))
                .flatMap(limit -> argumentsOf(limit.get(0), "sign"))
                .filter(signed -> signed.equals(List.of(u.get())));
        if (outside.isEmpty()) {
            return null;
        }
        LabelledNode value = value(u.get());
        return new LabelledNode(nodes, neurons, nodes.clip(Op.CLIP, value.node(), bound.get()), value.labels());
    }

    private Optional<List<String>> argumentsOf(String name, String op) {
        SameDiffOp producer = producers.get(name);
        return producer == null ? Optional.empty() : argumentsOf(producer, op);
    }

    private static Optional<List<String>> argumentsOf(SameDiffOp producer, String op) {
        return producer.getOp().opName().equals(op) ? Optional.of(producer.getInputsToOp()) : Optional.empty();
    }

    private Optional<Double> scalarOf(String name, String op) {
        return argumentsOf(name, op)
                .map(arguments ->
                        ((ScalarOp) producers.get(name).getOp()).scalar().getDouble(0));
    }
}
