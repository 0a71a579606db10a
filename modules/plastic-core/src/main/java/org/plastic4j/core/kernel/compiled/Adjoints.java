package org.plastic4j.core.kernel.compiled;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;
import org.plastic4j.core.kernel.compiled.Node.Op;

/** Reverse-mode derivatives of nodes, as nodes of the same graph. */
final class Adjoints {
    private final NodeGraph nodes;
    /** Nodes that are passed through; where it ends, gradients are gathered. */
    private final Predicate<Node> inside;

    private final int neurons;
    private final Map<Node, Node> gradients = new HashMap<>();
    private final PriorityQueue<Node> waiting = new PriorityQueue<>((a, b) -> Integer.compare(b.id, a.id));
    private final Set<Node> seen = new HashSet<>();

    /** @param neurons n, which a gradient that is the same for all neurons is multiplied with */
    Adjoints(NodeGraph nodes, int neurons, Predicate<Node> inside) {
        this.nodes = nodes;
        this.neurons = neurons;
        this.inside = inside;
    }

    /** Adds to the gradient of a root, before {@link #run}. */
    void seed(Node root, Node gradient) {
        give(gradient.axes, root, gradient);
    }

    /** Of a node, when all has run: 0 where nothing depends on it. */
    Node of(Node node) {
        return gradients.getOrDefault(node, nodes.constant(0));
    }

    void run() {
        while (!waiting.isEmpty()) {
            Node node = waiting.poll();
            pass(node, gradients.get(node));
        }
    }

    /** @param axes over which the gradient counts, though it may be the same along some of them */
    private void give(int axes, Node argument, Node gradient) {
        if (argument.isConstant() || gradient.isConstant(0)) {
            return;
        }
        Node reduced = gradient;
        // Connections are reduced by the loops, which know where a row or a column ends.
        if (!gradient.ofConnections() && (axes & ~argument.axes) != 0) {
            reduced = nodes.sum(gradient, neurons);
        }
        gradients.merge(argument, reduced, nodes::add);
        if (inside.test(argument) && seen.add(argument)) {
            waiting.add(argument);
        }
    }

    private void pass(Node node, Node g) {
        List<Node> in = node.arguments;
        switch (node.op) {
            case ADD -> in.forEach(argument -> give(node.axes, argument, g));
            case MUL -> {
                give(node.axes, in.get(0), nodes.mul(g, in.get(1)));
                give(node.axes, in.get(1), nodes.mul(g, in.get(0)));
            }
            case DIV -> {
                give(node.axes, in.get(0), nodes.div(g, in.get(1)));
                give(node.axes, in.get(1), nodes.neg(nodes.mul(g, nodes.div(node, in.get(1)))));
            }
            case MIN, MAX -> {
                // Where both are alike, both have it, as in SameDiff.
                Node less = nodes.raw(Op.LESS_OR_EQUAL, in.get(0), in.get(1));
                Node greater = nodes.raw(Op.LESS_OR_EQUAL, in.get(1), in.get(0));
                give(node.axes, in.get(0), nodes.mul(g, node.op == Op.MIN ? less : greater));
                give(node.axes, in.get(1), nodes.mul(g, node.op == Op.MIN ? greater : less));
            }
            case ABS -> give(node.axes, in.get(0), nodes.mul(g, nodes.magnitudeOrSign(Op.SIGN, in.get(0))));
            case SQRT -> give(node.axes, in.get(0), nodes.div(nodes.mul(g, nodes.constant(0.5)), node));
            case EXP -> give(node.axes, in.get(0), nodes.mul(g, node));
            case LOG -> give(node.axes, in.get(0), nodes.div(g, in.get(0)));
            case TANH -> give(node.axes, in.get(0), nodes.mul(g, nodes.sub(nodes.constant(1), nodes.mul(node, node))));
            case SIGMOID -> give(node.axes, in.get(0), nodes.mul(g, nodes.sub(node, nodes.mul(node, node))));
            case SELECT -> {
                Node zero = nodes.constant(0);
                give(node.axes, in.get(1), nodes.select(in.get(0), g, zero));
                give(node.axes, in.get(2), nodes.select(in.get(0), zero, g));
            }
            case CLIP -> give(node.axes, in.get(0), nodes.within(Op.WITHIN, in.get(0), g, node.value));
            case CLIP_OPEN -> give(node.axes, in.get(0), nodes.within(Op.INSIDE, in.get(0), g, node.value));
            case SUM -> give(node.axes, in.get(0), g);
            case SIGN, LESS, LESS_OR_EQUAL, EQUAL, INPUT, CONSTANT -> {
                // Steps, whose slope is 0 wherever they have one; and what has no arguments.
            }
            case WITHIN, INSIDE -> throw new AssertionError("second derivatives are not gradient for");
        }
    }
}
