package org.plastic4j.core.kernel.compiled;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.plastic4j.core.kernel.compiled.Node.Op;
import org.plastic4j.core.kernel.compiled.Node.Source;
import org.plastic4j.core.rule.KernelFamily;
import org.plastic4j.core.rule.NeuronState;
import org.plastic4j.core.rule.PlasticityRule;
import org.plastic4j.core.rule.RuleParameter;

/**
 * A rule in its intermediate form. What every connection computes at a step,
 *
 * <pre>H'[i, j] = F(H[i, j], row vectors a(k)[i], column vectors c(k)[j], matrices of parameters P(k)[i, j])</pre>
 *
 * and the gradients of that; and what is computed once a neuron, the vectors from x, y and parameters.
 */
public final class RuleProgram {
    private record Key(PlasticityRule rule, int neurons) {}

    private record Result(Optional<RuleProgram> program, String why) {}

    /** For what does not depend on their number. */
    private static final int ANY_NEURONS = 2;

    private static final ConcurrentHashMap<Key, Result> KNOWN = new ConcurrentHashMap<>();

    /** A sum over columns for one row vector: of what depends on x alone with the chain to x in it. */
    record RowGradient(Node of, Node gradient) {}

    final NodeGraph nodes = new NodeGraph();
    final PlasticityRule rule;
    final int neurons;
    /** The traces after the step. */
    final List<Node> next;
    /** The states of neurons after it, in the order in which the rule declares them. */
    final List<Node> nextStates;
    /** The vectors that F reads. */
    final List<Node> rows = new ArrayList<>();

    final List<Node> columns = new ArrayList<>();
    /** The matrices of parameters that F reads: indices among the rule's parameters. */
    final List<Integer> matrices = new ArrayList<>();

    /** With respect to the traces before the step, from those after it. */
    final List<Node> traceGradients = new ArrayList<>();
    /** Of each column vector, to be summed over rows. */
    final List<Node> columnGradients = new ArrayList<>();
    /** To be summed over columns. */
    final List<RowGradient> rowGradients = new ArrayList<>();
    /** Of each matrix. */
    final List<Node> matrixGradients = new ArrayList<>();
    /**
     * The one row gradient there is, that of x, from the gradients of the traces before the step alone; null where it needs
     * more. It can be formed whenever these are read.
     */
    final Node deferredRowGradient;

    private final RuleNeurons ofNeurons;

    private RuleProgram(PlasticityRule rule, int neurons) throws RuleTracer.NotCompiled {
        this.rule = rule;
        this.neurons = neurons;
        RuleTracer.Traced traced = new RuleTracer(nodes, neurons).trace(rule);
        next = traced.traces();
        nextStates = traced.states();
        for (Node root : next) {
            if (!root.ofConnections()) {
                throw new RuleTracer.NotCompiled("its next trace does not depend on the connection");
            }
            collectInputs(root, new LinkedHashSet<>());
        }
        differentiate();
        deferredRowGradient = deferred();
        ofNeurons = new RuleNeurons(this);
    }

    /**
     * The program of a rule that has one.
     *
     * @throws IllegalArgumentException if it has none
     */
    public static RuleProgram required(PlasticityRule rule, int neurons) {
        Result result = result(rule, neurons);
        return result.program()
                .orElseThrow(() -> new IllegalArgumentException("Plasticity rule " + rule.key()
                        + ": expected a rule that can be compiled, but " + result.why() + "."));
    }

    /** Why lifetimes of a rule run unrolled, as the end of a sentence; empty if they do not. */
    public static Optional<String> whyNot(PlasticityRule rule) {
        return whyNotCompiled(rule, ANY_NEURONS).or(() -> whyNotFound(rule));
    }

    /** Why a rule cannot be compiled for a layer, as the end of a sentence; empty if it can. */
    public static Optional<String> whyNotCompiled(PlasticityRule rule, int neurons) {
        return KernelFamily.of(rule).isPresent()
                ? Optional.empty()
                : Optional.ofNullable(result(rule, neurons).why());
    }

    /** Why an op, which keeps a rule's key and bound alone, would not find it again, likewise. */
    public static Optional<String> whyNotFound(PlasticityRule rule) {
        if (KernelFamily.of(rule).isPresent()) {
            return Optional.empty();
        } else if (!PlasticityRule.keys().contains(rule.key())) {
            return Optional.of("no RuleProvider finds it by its key");
        }
        return PlasticityRule.of(rule.key(), rule.bound()).equals(rule)
                ? Optional.empty()
                : Optional.of("what the RuleProvider of its key creates is not equal to it");
    }

    /**
     * Rejects a rule that ops cannot find again.
     *
     * @throws IllegalArgumentException naming it
     */
    public static void requireFound(PlasticityRule rule) {
        whyNotFound(rule).ifPresent(why -> {
            throw new IllegalArgumentException(
                    "Plasticity rule " + rule.key() + ": expected a rule that an op can find again, but " + why + ".");
        });
    }

    /** What its neurons compute. */
    public RuleNeurons neurons() {
        return ofNeurons;
    }

    private static Result result(PlasticityRule rule, int neurons) {
        return KNOWN.computeIfAbsent(new Key(rule, neurons), key -> {
            try {
                return new Result(Optional.of(new RuleProgram(rule, neurons)), null);
            } catch (RuleTracer.NotCompiled e) {
                return new Result(Optional.empty(), e.getMessage());
            }
        });
    }

    private void collectInputs(Node node, Set<Node> seen) {
        if (!seen.add(node) || node.isConstant()) {
            return;
        } else if (node.op == Op.INPUT && node.ofConnections()) {
            if (node.input.source() == Source.PARAMETER && !matrices.contains(node.input.index())) {
                matrices.add(node.input.index());
            }
        } else if (!node.ofConnections()) {
            List<Node> vectors = node.axes == Node.ROWS ? rows : columns;
            if (!vectors.contains(node)) {
                vectors.add(node);
            }
        } else {
            node.arguments.forEach(argument -> collectInputs(argument, seen));
        }
    }

    private void differentiate() {
        Adjoints adjoints = new Adjoints(nodes, neurons, Node::ofConnections);
        for (int k = 0; k < next.size(); k++) {
            adjoints.seed(next.get(k), nodes.input(Source.TRACE_GRADIENT, k, Node.CONNECTIONS));
        }
        adjoints.run();
        for (int k = 0; k < next.size(); k++) {
            traceGradients.add(adjoints.of(nodes.input(Source.TRACE, k, Node.CONNECTIONS)));
        }
        for (Node column : columns) {
            columnGradients.add(adjoints.of(column));
        }
        for (int parameter : matrices) {
            matrixGradients.add(adjoints.of(nodes.input(Source.PARAMETER, parameter, Node.CONNECTIONS)));
        }
        Node x = nodes.input(Source.PRE, 0, Node.ROWS);
        Node ofX = nodes.constant(0);
        for (Node row : rows) {
            if (dependsOn(row, node -> node.op == Op.SUM || node.op == Op.INPUT && node != x)) {
                rowGradients.add(new RowGradient(row, adjoints.of(row)));
            } else {
                Adjoints chain = new Adjoints(nodes, neurons, node -> true);
                chain.seed(row, nodes.constant(1));
                chain.run();
                ofX = nodes.add(ofX, nodes.mul(adjoints.of(row), chain.of(x)));
            }
        }
        if (!ofX.isConstant(0)) {
            rowGradients.add(new RowGradient(x, ofX));
        }
    }

    private static boolean dependsOn(Node node, Predicate<Node> what) {
        return what.test(node) || node.arguments.stream().anyMatch(argument -> dependsOn(argument, what));
    }

    private Node deferred() {
        if (rowGradients.size() != 1 || rowGradients.get(0).of() != nodes.input(Source.PRE, 0, Node.ROWS)) {
            return null;
        }
        return stored(rowGradients.get(0).gradient());
    }

    /** The same from gradients that are in memory; null where that is not possible. */
    private Node stored(Node node) {
        int trace = traceGradients.indexOf(node);
        if (trace >= 0) {
            return nodes.input(Source.TRACE_GRADIENT, trace, Node.CONNECTIONS);
        } else if (!node.ofConnections()) {
            return (node.axes & Node.ROWS) == 0 ? node : null;
        } else if (node.op != Op.ADD && node.op != Op.MUL) {
            return null;
        }
        Node left = stored(node.argument(0));
        Node right = stored(node.argument(1));
        if (left == null || right == null) {
            return null;
        }
        return node.op == Op.ADD ? nodes.add(left, right) : nodes.mul(left, right);
    }

    /** Row vectors that the gradients read beyond those of {@link #rows}. */
    List<Node> rowsOfGradients() {
        Set<Node> found = new LinkedHashSet<>(rows);
        rowGradients.forEach(row -> vectors(row.gradient(), Node.ROWS, found));
        traceGradients.forEach(gradient -> vectors(gradient, Node.ROWS, found));
        columnGradients.forEach(gradient -> vectors(gradient, Node.ROWS, found));
        matrixGradients.forEach(gradient -> vectors(gradient, Node.ROWS, found));
        return new ArrayList<>(found);
    }

    /** The same of column vectors, which are one number in all columns where they have no axis. */
    List<Node> columnsOfGradients() {
        Set<Node> found = new LinkedHashSet<>(columns);
        rowGradients.forEach(row -> vectors(row.gradient(), Node.COLUMNS, found));
        traceGradients.forEach(gradient -> vectors(gradient, Node.COLUMNS, found));
        columnGradients.forEach(gradient -> vectors(gradient, Node.COLUMNS, found));
        matrixGradients.forEach(gradient -> vectors(gradient, Node.COLUMNS, found));
        return new ArrayList<>(found);
    }

    /** Those of {@link #deferredRowGradient}. */
    List<Node> columnsOfDeferred() {
        Set<Node> found = new LinkedHashSet<>();
        if (deferredRowGradient != null) {
            vectors(deferredRowGradient, Node.COLUMNS, found);
        }
        return new ArrayList<>(found);
    }

    private static void vectors(Node node, int axis, Set<Node> found) {
        if (node.ofConnections()) {
            node.arguments.forEach(argument -> vectors(argument, axis, found));
        } else if (!node.isConstant() && (node.axes == axis || axis == Node.COLUMNS && node.axes == Node.NONE)) {
            found.add(node);
        }
    }

    /** How many matrices of traces there are. */
    public int traces() {
        return next.size();
    }

    /** What neurons keep from step to step. */
    public List<NeuronState> states() {
        return rule.states();
    }

    /** How many of the rule's parameters are matrices that connections read. */
    public int matrixCount() {
        return matrices.size();
    }

    /** Which of the rule's parameters a matrix is. */
    public int matrix(int k) {
        return matrices.get(k);
    }

    /** How many column vectors have a gradient. */
    public int columnCount() {
        return columns.size();
    }

    /** How many sums over columns there are for gradients of row vectors: none where it is deferred. */
    public int rowGradientCount() {
        return deferredRowGradient == null ? rowGradients.size() : 0;
    }

    /** How many row vectors an update reads, and how many its gradients do. */
    public int rowCount(boolean ofGradients) {
        return ofGradients ? rowsOfGradients().size() : rows.size();
    }

    /** Which of {@link #columnsOfGradients} the deferred row gradient reads. */
    public List<Integer> deferredColumns() {
        List<Node> all = columnsOfGradients();
        return columnsOfDeferred().stream().map(all::indexOf).toList();
    }

    /** The rule's parameters. */
    public List<RuleParameter> parameters() {
        return rule.parameters();
    }
}
