package org.plastic4j.core.kernel.compiled;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.plastic4j.core.kernel.compiled.LoopBuilder.Vector;
import org.plastic4j.core.kernel.compiled.Node.Op;

/**
 * Writes what a row of connections computes into a loop: one for each row, since values are remembered. What is used once is
 * written where it is used; products that are added become fused multiplications.
 */
final class ConnectionCode {
    private final LoopBuilder loop;
    private final Map<Node, Vector> values = new HashMap<>();
    private final Map<Node, Integer> uses = new HashMap<>();
    private final Map<Double, Bound> bounds;

    /**
     * @param roots all that will be asked for
     * @param bounds of {@link #bounds}
     */
    ConnectionCode(LoopBuilder loop, Collection<Node> roots, Map<Double, Bound> bounds) {
        this.loop = loop;
        this.bounds = bounds;
        Set<Node> seen = new HashSet<>();
        roots.forEach(root -> count(root, seen));
    }

    /** The bounds that nodes have, made before a loop. */
    static Map<Double, Bound> bounds(LoopBuilder loop, Collection<Node> roots) {
        Map<Double, Bound> bounds = new HashMap<>();
        Set<Node> seen = new HashSet<>();
        roots.forEach(root -> bounds(loop, root, bounds, seen));
        return bounds;
    }

    private static void bounds(LoopBuilder loop, Node node, Map<Double, Bound> bounds, Set<Node> seen) {
        if (!seen.add(node)) {
            return;
        }
        if (node.ofConnections() && isBounded(node) && !bounds.containsKey(node.value)) {
            bounds.put(node.value, loop.bound((float) node.value));
        }
        node.arguments.forEach(argument -> bounds(loop, argument, bounds, seen));
    }

    private static boolean isBounded(Node node) {
        return switch (node.op) {
            case CLIP, CLIP_OPEN, WITHIN, INSIDE -> true;
            default -> false;
        };
    }

    private void count(Node node, Set<Node> seen) {
        uses.merge(node, 1, Integer::sum);
        if (node.ofConnections() && seen.add(node)) {
            node.arguments.forEach(argument -> count(argument, seen));
            if (isBounded(node)) {
                // Its bits, and these without the sign.
                count(node.argument(0), seen);
            }
        }
    }

    /** Says what an input of connections, or a vector, is in this row. */
    void put(Node node, Vector value) {
        values.put(node, value);
    }

    boolean knows(Node node) {
        return values.containsKey(node);
    }

    /** A node's value. */
    Vector of(Node node) {
        Vector known = values.get(node);
        if (known != null) {
            return known;
        } else if (node.isConstant()) {
            return loop.number((float) node.value);
        }
        Vector value = write(node);
        if (uses.getOrDefault(node, 0) > 1) {
            value = loop.let(value);
            values.put(node, value);
        }
        return value;
    }

    private Vector write(Node node) {
        if (!node.ofConnections()) {
            throw new IllegalStateException("A vector is missing in a loop over connections: " + node + ".");
        }
        return switch (node.op) {
            case ADD -> sum(node.argument(0), node.argument(1));
            case MUL -> of(node.argument(0)).mul(of(node.argument(1)));
            case DIV -> of(node.argument(0)).div(of(node.argument(1)));
            case MIN -> of(node.argument(0)).min(of(node.argument(1)));
            case MAX -> of(node.argument(0)).max(of(node.argument(1)));
            case LESS -> zeroOrOne(node, "LT");
            case LESS_OR_EQUAL -> zeroOrOne(node, "LE");
            case EQUAL -> zeroOrOne(node, "EQ");
            case ABS -> of(node.argument(0)).abs();
            case SIGN -> {
                Vector a = loop.let(of(node.argument(0)));
                Vector positive = loop.let(loop.zero().where("LT", a, loop.number(1), a));
                yield a.where("LT", loop.zero(), loop.number(-1), positive);
            }
            case SQRT -> of(node.argument(0)).sqrt();
            case EXP -> Functions.exp(loop, of(node.argument(0)));
            case LOG -> Functions.log(loop, of(node.argument(0)));
            case TANH -> Functions.tanh(loop, of(node.argument(0)));
            case SIGMOID -> Functions.sigmoid(loop, of(node.argument(0)));
            case SELECT -> of(node.argument(0)).where("EQ", loop.zero(), of(node.argument(2)), of(node.argument(1)));
            case CLIP, CLIP_OPEN -> bounds.get(node.value).clip(of(node.argument(0)));
            case WITHIN -> bounds.get(node.value).within(of(node.argument(0)), of(node.argument(1)));
            case INSIDE -> bounds.get(node.value).inside(of(node.argument(0)), of(node.argument(1)));
            case INPUT, CONSTANT, SUM -> throw new IllegalStateException("An input is missing: " + node + ".");
        };
    }

    private Vector zeroOrOne(Node node, String operator) {
        return of(node.argument(0)).where(operator, of(node.argument(1)), loop.number(1), loop.zero());
    }

    /** A node's value added to another. */
    Vector added(Node node, Vector to) {
        if (isProductUsedOnce(node)) {
            return of(node.argument(0)).fma(of(node.argument(1)), to);
        }
        return to.add(of(node));
    }

    private Vector sum(Node a, Node b) {
        if (isProductUsedOnce(b)) {
            return of(b.argument(0)).fma(of(b.argument(1)), of(a));
        } else if (isProductUsedOnce(a)) {
            return of(a.argument(0)).fma(of(a.argument(1)), of(b));
        }
        return of(a).add(of(b));
    }

    private boolean isProductUsedOnce(Node node) {
        return node.op == Op.MUL && node.ofConnections() && !knows(node) && uses.getOrDefault(node, 0) == 1;
    }
}
