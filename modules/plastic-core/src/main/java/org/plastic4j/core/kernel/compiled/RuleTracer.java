package org.plastic4j.core.kernel.compiled;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
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

    /** What an axis of an array goes over. NEURONS is that of a parameter before it is combined with one of the others. */
    private enum Label {
        ONE,
        LIFETIMES,
        ROWS,
        COLUMNS,
        NEURONS
    }

    private record Value(Node node, List<Label> labels) {}

    private static final int LIFETIMES = 2;
    /** The marker that precedes the sizes in a reshape's arguments; it says in which order elements are read. */
    private static final int ORDER_C = -99;

    private final NodeGraph nodes;
    private final int neurons;
    private final Map<String, Value> values = new HashMap<>();
    private final Map<String, SameDiffOp> producers = new HashMap<>();
    private SameDiff graph;

    /** @param neurons n, which averages over neurons are divided by */
    RuleTracer(NodeGraph nodes, int neurons) {
        this.nodes = nodes;
        this.neurons = neurons;
    }

    /** What the rule makes of its inputs: the next trace matrices, in the order of {@link Traces}. */
    List<Node> trace(PlasticityRule rule) throws NotCompiled {
        graph = SameDiff.create();
        SDVariable pre = input("x", Node.Source.PRE, 0, Node.ROWS, Label.LIFETIMES, Label.ROWS, Label.ONE);
        SDVariable post = input("y", Node.Source.POST, 0, Node.COLUMNS, Label.LIFETIMES, Label.ONE, Label.COLUMNS);
        SDVariable hebb = traceInput("hebb", 0);
        Optional<SDVariable> eligibility =
                rule.hasEligibility() ? Optional.of(traceInput("eligibility", 1)) : Optional.empty();
        Map<RuleParameter, SDVariable> parameters = new LinkedHashMap<>();
        for (RuleParameter parameter : rule.parameters()) {
            int index = parameters.size();
            parameters.put(
                    parameter,
                    switch (parameter.size()) {
                        case ONE -> input(parameter.key(), Node.Source.PARAMETER, index, Node.NONE, Label.ONE);
                        case PER_NEURON ->
                            input(parameter.key(), Node.Source.PARAMETER, index, Node.COLUMNS, Label.NEURONS);
                        case PER_CONNECTION ->
                            input(
                                    parameter.key(),
                                    Node.Source.PARAMETER,
                                    index,
                                    Node.CONNECTIONS,
                                    Label.ROWS,
                                    Label.COLUMNS);
                    });
        }
        Traces next = rule.next(new Traces(hebb, eligibility), pre, post, parameters);
        for (SameDiffOp op : graph.getOps().values()) {
            op.getOutputsOfOp().forEach(output -> producers.put(output, op));
        }
        List<Node> result = new ArrayList<>(List.of(value(next.hebb().name()).node()));
        if (next.eligibility().isPresent()) {
            result.add(value(next.eligibility().get().name()).node());
        }
        return result;
    }

    private SDVariable traceInput(String name, int index) {
        return input(name, Node.Source.TRACE, index, Node.CONNECTIONS, Label.LIFETIMES, Label.ROWS, Label.COLUMNS);
    }

    private SDVariable input(String name, Node.Source source, int index, int axes, Label... labels) {
        values.put("plastic4j_" + name, new Value(nodes.input(source, index, axes), List.of(labels)));
        long[] shape = Arrays.stream(labels)
                .mapToLong(label -> label == Label.ONE ? 1 : label == Label.LIFETIMES ? LIFETIMES : neurons)
                .toArray();
        return graph.placeHolder("plastic4j_" + name, DataType.DOUBLE, shape);
    }

    private Value value(String name) throws NotCompiled {
        Value known = values.get(name);
        if (known == null) {
            SameDiffOp producer = producers.get(name);
            known = producer == null ? constant(name) : of(producer);
            values.put(name, known);
        }
        return known;
    }

    private Value constant(String name) throws NotCompiled {
        SDVariable variable = graph.getVariable(name);
        if (variable.getVariableType() != VariableType.CONSTANT
                || variable.getArr().length() != 1) {
            throw new NotCompiled("the variable " + name + " is neither one number nor a parameter of the rule");
        }
        List<Label> labels = Collections.nCopies(variable.getArr().rank(), Label.ONE);
        return new Value(nodes.constant(variable.getArr().getDouble(0)), labels);
    }

    private Value of(SameDiffOp producer) throws NotCompiled {
        Value clipped = clipped(producer);
        if (clipped != null) {
            return clipped;
        }
        DifferentialFunction op = producer.getOp();
        List<Value> in = new ArrayList<>();
        for (String input : producer.getInputsToOp()) {
            in.add(value(input));
        }
        Value a = in.get(0);
        return switch (op.opName()) {
            case "reshape" -> reshape(a, ((CustomOp) op).iArgs());
            case "expand_dims" -> expand(a, (int) ((CustomOp) op).iArgs()[0]);
            case "squeeze" -> squeeze(a, ((CustomOp) op).iArgs());
            case "permute" -> permute(a, ((CustomOp) op).iArgs());
            case "cast", "identity" -> a;
            case "reduce_sum" -> reduce(a, (BaseReduceOp) op, false);
            case "reduce_mean" -> reduce(a, (BaseReduceOp) op, true);
            case "matmul" -> product(a, in.get(1), op);
            default -> elementwise(op, in);
        };
    }

    private Value elementwise(DifferentialFunction op, List<Value> in) throws NotCompiled {
        List<Label> labels = in.get(0).labels();
        for (Value other : in.subList(1, in.size())) {
            labels = broadcast(labels, other.labels(), op);
        }
        List<Node> arguments = new ArrayList<>();
        for (Value value : in) {
            arguments.add(aligned(value, labels));
        }
        double scalar = op instanceof ScalarOp ofNumber ? ofNumber.scalar().getDouble(0) : 0;
        return new Value(compute(op, arguments, nodes.constant(scalar)), labels);
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
            default -> throw new NotCompiled("the op " + op.opName() + " is not among those that are compiled");
        };
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
    private Value clipped(SameDiffOp sum) throws NotCompiled {
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
        Value value = value(u.get());
        return new Value(nodes.clip(Op.CLIP, value.node(), bound.get()), value.labels());
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

    /** The labels of two arrays element by element, the last axes of which belong together. */
    private static List<Label> broadcast(List<Label> a, List<Label> b, DifferentialFunction op) throws NotCompiled {
        int rank = Math.max(a.size(), b.size());
        List<Label> joined = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            Label left = fromEnd(a, rank - axis);
            Label right = fromEnd(b, rank - axis);
            if (left == Label.ONE || left == right || left == Label.NEURONS && isNeurons(right)) {
                joined.add(right);
            } else if (right == Label.ONE || right == Label.NEURONS && isNeurons(left)) {
                joined.add(left);
            } else {
                throw new NotCompiled("the op " + op.opName() + " combines arrays over " + a + " and " + b);
            }
        }
        return joined;
    }

    private static Label fromEnd(List<Label> labels, int position) {
        return position > labels.size() ? Label.ONE : labels.get(labels.size() - position);
    }

    private static boolean isNeurons(Label label) {
        return label == Label.ROWS || label == Label.COLUMNS;
    }

    /** A value whose neurons' axis is the one that it is combined with. */
    private Node aligned(Value value, List<Label> labels) {
        for (int axis = 0; axis < value.labels().size(); axis++) {
            int fromEnd = value.labels().size() - axis;
            if (value.labels().get(axis) == Label.NEURONS && fromEnd(labels, fromEnd) == Label.ROWS) {
                return nodes.along(value.node(), Node.ROWS);
            }
        }
        return value.node();
    }

    private Value reshape(Value a, long... arguments) throws NotCompiled {
        int begin = arguments.length > 0 && arguments[0] == ORDER_C ? 1 : 0;
        List<Label> left = a.labels().stream()
                .filter(label -> label != Label.ONE)
                .collect(Collectors.toCollection(ArrayList::new));
        List<Label> labels = new ArrayList<>();
        for (int k = begin; k < arguments.length; k++) {
            if (arguments[k] == 1 || left.isEmpty()) {
                labels.add(Label.ONE);
            } else {
                labels.add(left.remove(0));
            }
        }
        if (!left.isEmpty()) {
            throw new NotCompiled("a reshape joins the axes " + a.labels() + " to fewer");
        }
        return placed(a.node(), labels);
    }

    private Value expand(Value a, int axis) throws NotCompiled {
        List<Label> labels = new ArrayList<>(a.labels());
        labels.add(axis < 0 ? labels.size() + 1 + axis : axis, Label.ONE);
        return placed(a.node(), labels);
    }

    private Value squeeze(Value a, long... axes) throws NotCompiled {
        List<Label> labels = new ArrayList<>(a.labels());
        for (int k = axes.length - 1; k >= 0; k--) {
            int axis = (int) (axes[k] < 0 ? labels.size() + axes[k] : axes[k]);
            if (labels.get(axis) != Label.ONE) {
                throw new NotCompiled("a squeeze takes away an axis of neurons or lifetimes");
            }
            labels.remove(axis);
        }
        return placed(a.node(), labels);
    }

    private Value permute(Value a, long... order) throws NotCompiled {
        List<Label> labels = new ArrayList<>();
        for (long axis : order) {
            labels.add(a.labels().get((int) axis));
        }
        return placed(a.node(), labels);
    }

    /** In an array of three axes the second one is that of pre-synaptic neurons, the third that of post-synaptic ones. */
    private Value placed(Node node, List<Label> labels) throws NotCompiled {
        if (labels.size() != 3) {
            return new Value(node, labels);
        }
        boolean rows = labels.get(1) != Label.ONE;
        boolean columns = labels.get(2) != Label.ONE;
        if (labels.get(0) != Label.ONE && labels.get(0) != Label.LIFETIMES
                || labels.get(1) == Label.LIFETIMES
                || labels.get(2) == Label.LIFETIMES) {
            throw new NotCompiled("an array over " + labels + " does not have its lifetimes first");
        }
        if (rows && columns) {
            if (labels.get(1) != Label.ROWS || labels.get(2) != Label.COLUMNS) {
                throw new NotCompiled("a matrix of connections is transposed");
            }
            return new Value(node, labels);
        }
        Node moved = rows ? nodes.along(node, Node.ROWS) : columns ? nodes.along(node, Node.COLUMNS) : node;
        return new Value(
                moved, List.of(labels.get(0), rows ? Label.ROWS : Label.ONE, columns ? Label.COLUMNS : Label.ONE));
    }

    private Value reduce(Value a, BaseReduceOp op, boolean mean) throws NotCompiled {
        if (a.node().ofConnections()) {
            throw new NotCompiled("the op " + op.opName() + " reduces a matrix of connections");
        }
        List<Label> labels = new ArrayList<>(a.labels());
        Node sum = a.node();
        long[] axes = op.dimensions() == null ? new long[0] : op.dimensions().toLongVector();
        Arrays.sort(axes);
        for (int k = axes.length - 1; k >= 0; k--) {
            int axis = (int) (axes[k] < 0 ? labels.size() + axes[k] : axes[k]);
            Label label = labels.get(axis);
            if (label == Label.LIFETIMES) {
                throw new NotCompiled("the op " + op.opName() + " reduces over lifetimes");
            } else if (label != Label.ONE) {
                sum = nodes.sum(sum, neurons);
                sum = mean ? nodes.mul(nodes.constant(1.0 / neurons), sum) : sum;
            }
            if (op.isKeepDims()) {
                labels.set(axis, Label.ONE);
            } else {
                labels.remove(axis);
            }
        }
        if (axes.length == 0) {
            throw new NotCompiled("the op " + op.opName() + " reduces over all axes, lifetimes included");
        }
        return new Value(sum, labels);
    }

    /** A row vector times a column of parameters. */
    private Value product(Value a, Value b, DifferentialFunction op) throws NotCompiled {
        int last = a.labels().size() - 1;
        boolean fits = !a.node().ofConnections()
                && !b.node().ofConnections()
                && isNeurons(a.labels().get(last))
                && b.labels().equals(List.of(Label.NEURONS, Label.ONE))
                && Arrays.stream(((CustomOp) op).iArgs()).allMatch(flag -> flag == 0);
        if (!fits) {
            throw new NotCompiled("a matmul of arrays over " + a.labels() + " and " + b.labels());
        }
        List<Label> labels = new ArrayList<>(a.labels());
        labels.set(last, Label.ONE);
        Node weights = nodes.along(b.node(), a.node().axes);
        return new Value(nodes.sum(nodes.mul(a.node(), weights), neurons), labels);
    }
}
