package org.plastic4j.core.kernel.compiled;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plastic4j.core.kernel.compiled.Node.Op;

/**
 * Makes nodes, each distinct one once, in a form that leaves little to be computed for every connection. Sums and products
 * of connections are kept as
 *
 * <pre>sum_k coefficient(k) basis(k)</pre>
 *
 * where a coefficient has no row axis, so that it is computed once a neuron, and each basis occurs once: {@code H + eta (x
 * y - H)} becomes {@code (1 - eta) H + (eta y) x}.
 */
final class NodeGraph {
    private record Key(Op op, int axes, double value, Node.Input input, List<Node> arguments) {}

    private final Map<Key, Node> nodes = new HashMap<>();
    private final List<Node> all = new ArrayList<>();

    /** All nodes, arguments first. */
    List<Node> all() {
        return all;
    }

    /** The form of a rule is asked for by several threads. */
    private synchronized Node node(Op op, int axes, double value, Node.Input input, Node... arguments) {
        Key key = new Key(op, axes, value, input, List.of(arguments));
        return nodes.computeIfAbsent(key, missing -> {
            Node made = new Node(all.size(), op, axes, value, input, missing.arguments());
            all.add(made);
            return made;
        });
    }

    Node input(Node.Source source, int index, int axes) {
        return node(Op.INPUT, axes, 0, new Node.Input(source, index));
    }

    Node constant(double value) {
        return node(Op.CONSTANT, Node.NONE, value == 0 ? 0 : value, null);
    }

    Node neg(Node a) {
        return mul(constant(-1), a);
    }

    Node sub(Node a, Node b) {
        return add(a, neg(b));
    }

    Node add(Node a, Node b) {
        if (a.isConstant() && b.isConstant()) {
            return constant(a.value + b.value);
        } else if (a.isConstant(0)) {
            return b;
        } else if (b.isConstant(0)) {
            return a;
        } else if ((a.axes | b.axes) != Node.CONNECTIONS) {
            return a.id < b.id ? raw(Op.ADD, a, b) : raw(Op.ADD, b, a);
        }
        Map<Node, Node> terms = new LinkedHashMap<>();
        collect(a, terms);
        collect(b, terms);
        return sum(terms);
    }

    /** Coefficients by basis; the basis of a term without any is the number 1. */
    private void collect(Node node, Map<Node, Node> terms) {
        if (node.op == Op.ADD && node.ofConnections()) {
            node.arguments.forEach(argument -> collect(argument, terms));
            return;
        }
        Factors factors = factors(node);
        Node basis = factors.basis();
        terms.merge(basis, factors.coefficient(), this::add);
        if (terms.get(basis).isConstant(0)) {
            terms.remove(basis);
        }
    }

    private Node sum(Map<Node, Node> terms) {
        Node sum = null;
        for (Map.Entry<Node, Node> term : terms.entrySet()) {
            Node product = product(term.getKey(), term.getValue());
            sum = sum == null ? product : raw(Op.ADD, sum, product);
        }
        return sum == null ? constant(0) : sum;
    }

    private Node product(Node basis, Node coefficient) {
        if (basis.isConstant(1)) {
            return coefficient;
        }
        return coefficient.isConstant(1) ? basis : raw(Op.MUL, basis, coefficient);
    }

    /** A product, taken apart: {@code coefficient * rows * matrices}, each 1 where there is none. */
    private record Factors(NodeGraph graph, Node coefficient, Node rows, Node matrices) {
        Node basis() {
            return graph.product(matrices, rows);
        }
    }

    private Factors factors(Node node) {
        Node one = constant(1);
        if (!node.ofConnections()) {
            return (node.axes & Node.ROWS) == 0 ? new Factors(this, node, one, one) : new Factors(this, one, node, one);
        } else if (node.op == Op.MUL) {
            return times(factors(node.argument(0)), factors(node.argument(1)));
        }
        return new Factors(this, one, one, node);
    }

    private Factors times(Factors a, Factors b) {
        return new Factors(
                this,
                mul(a.coefficient(), b.coefficient()),
                mul(a.rows(), b.rows()),
                matrices(a.matrices(), b.matrices()));
    }

    private Node matrices(Node a, Node b) {
        if (a.isConstant(1)) {
            return b;
        } else if (b.isConstant(1)) {
            return a;
        }
        return a.id < b.id ? raw(Op.MUL, a, b) : raw(Op.MUL, b, a);
    }

    Node mul(Node a, Node b) {
        if (a.isConstant() && b.isConstant()) {
            return constant(a.value * b.value);
        } else if (a.isConstant(0) || b.isConstant(0)) {
            return constant(0);
        } else if (a.isConstant(1)) {
            return b;
        } else if (b.isConstant(1)) {
            return a;
        } else if ((a.axes | b.axes) != Node.CONNECTIONS) {
            return vectors(a, b);
        }
        // A vector is multiplied into a sum, where it may become a part of coefficients.
        if (a.op == Op.ADD && a.ofConnections() && !b.ofConnections()) {
            return add(mul(a.argument(0), b), mul(a.argument(1), b));
        } else if (b.op == Op.ADD && b.ofConnections() && !a.ofConnections()) {
            return add(mul(b.argument(0), a), mul(b.argument(1), a));
        }
        Factors factors = times(factors(a), factors(b));
        return product(factors.basis(), factors.coefficient());
    }

    /** Constants first, so that they are folded. */
    private Node vectors(Node a, Node b) {
        if (b.isConstant()) {
            return vectors(b, a);
        } else if (a.isConstant() && b.op == Op.MUL && b.argument(0).isConstant()) {
            return mul(constant(a.value * b.argument(0).value), b.argument(1));
        } else if (!a.isConstant() && a.op == Op.MUL && a.argument(0).isConstant()) {
            return mul(a.argument(0), mul(a.argument(1), b));
        } else if (!a.isConstant() && b.op == Op.MUL && b.argument(0).isConstant()) {
            return mul(b.argument(0), mul(a, b.argument(1)));
        }
        return a.isConstant() || a.id < b.id ? raw(Op.MUL, a, b) : raw(Op.MUL, b, a);
    }

    Node div(Node a, Node b) {
        if (b.isConstant()) {
            return mul(a, constant(1 / b.value));
        } else if (a.isConstant(0)) {
            return a;
        } else if (a.ofConnections() && !b.ofConnections()) {
            return mul(a, raw(Op.DIV, constant(1), b));
        }
        return raw(Op.DIV, a, b);
    }

    /** Element by element, without a form of its own. */
    Node raw(Op op, Node... arguments) {
        int axes = Node.NONE;
        for (Node argument : arguments) {
            axes |= argument.axes;
        }
        return node(op, axes, 0, null, arguments);
    }

    /** A node with another one in the place of one that it depends on. */
    Node replace(Node node, Node what, Node by) {
        if (node == what) {
            return by;
        } else if (node.arguments.isEmpty()) {
            return node;
        }
        Node[] arguments = node.arguments.stream()
                .map(argument -> replace(argument, what, by))
                .toArray(Node[]::new);
        return node(node.op, node.axes, node.value, null, arguments);
    }

    /** The absolute value or the sign, which of a product are products of those of its factors. */
    Node magnitudeOrSign(Op op, Node a) {
        if (a.isConstant()) {
            return constant(op == Op.ABS ? Math.abs(a.value) : Math.signum(a.value));
        } else if (a.op == Op.MUL) {
            return mul(magnitudeOrSign(op, a.argument(0)), magnitudeOrSign(op, a.argument(1)));
        }
        return raw(op, a);
    }

    /** {@link Op#CLIP} or {@link Op#CLIP_OPEN}. */
    Node clip(Op op, Node a, double bound) {
        return node(op, a.axes, bound, null, a);
    }

    /** {@link Op#WITHIN} or {@link Op#INSIDE}: {@code gradient} where {@code a} is bounded, else 0. */
    Node within(Op op, Node a, Node gradient, double bound) {
        return gradient.isConstant(0) ? gradient : node(op, a.axes | gradient.axes, bound, null, a, gradient);
    }

    Node select(Node condition, Node then, Node otherwise) {
        return then == otherwise ? then : raw(Op.SELECT, condition, then, otherwise);
    }

    /** The sum of a vector over all neurons; n times a number. */
    Node sum(Node vector, int neurons) {
        return vector.axes == Node.NONE ? mul(constant(neurons), vector) : node(Op.SUM, Node.NONE, 0, null, vector);
    }

    /** The same with an axis for the other one: what a vector reads it reads along that axis. */
    Node along(Node vector, int axes) {
        if (vector.axes == axes || vector.axes == Node.NONE) {
            return vector;
        } else if (vector.op == Op.INPUT) {
            return input(vector.input.source(), vector.input.index(), axes);
        }
        Node[] moved =
                vector.arguments.stream().map(argument -> along(argument, axes)).toArray(Node[]::new);
        return node(vector.op, axes, vector.value, null, moved);
    }
}
