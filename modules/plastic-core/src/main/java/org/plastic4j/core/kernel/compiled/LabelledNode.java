package org.plastic4j.core.kernel.compiled;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.nd4j.autodiff.functions.DifferentialFunction;
import org.nd4j.linalg.api.ops.BaseReduceOp;
import org.nd4j.linalg.api.ops.CustomOp;
import org.plastic4j.core.kernel.compiled.RuleTracer.NotCompiled;

/**
 * An array of a rule's definition, and what each of its axes goes over.
 *
 * @param nodes where more of them are made
 * @param neurons n
 * @param node what an element is
 * @param labels of the axes
 */
record LabelledNode(NodeGraph nodes, int neurons, Node node, List<Label> labels) {
    /** What an axis of an array goes over. NEURONS is that of a parameter before it is combined with one of the others. */
    enum Label {
        ONE,
        LIFETIMES,
        ROWS,
        COLUMNS,
        NEURONS
    }

    /** The marker that precedes the sizes in a reshape's arguments; it says in which order elements are read. */
    private static final int ORDER_C = -99;

    private LabelledNode with(Node other, List<Label> placed) {
        return new LabelledNode(nodes, neurons, other, placed);
    }

    /** The labels of two arrays element by element, the last axes of which belong together. */
    static List<Label> broadcast(List<Label> a, List<Label> b, DifferentialFunction op) throws NotCompiled {
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
    Node aligned(List<Label> others) {
        for (int axis = 0; axis < labels.size(); axis++) {
            int fromEnd = labels.size() - axis;
            if (labels.get(axis) == Label.NEURONS && fromEnd(others, fromEnd) == Label.ROWS) {
                return nodes.along(node, Node.ROWS);
            }
        }
        return node;
    }

    LabelledNode reshape(long... arguments) throws NotCompiled {
        int begin = arguments.length > 0 && arguments[0] == ORDER_C ? 1 : 0;
        List<Label> left =
                labels.stream().filter(label -> label != Label.ONE).collect(Collectors.toCollection(ArrayList::new));
        List<Label> next = new ArrayList<>();
        for (int k = begin; k < arguments.length; k++) {
            if (arguments[k] == 1 || left.isEmpty()) {
                next.add(Label.ONE);
            } else {
                next.add(left.remove(0));
            }
        }
        if (!left.isEmpty()) {
            throw new NotCompiled("a reshape joins the axes " + labels + " to fewer");
        }
        return placed(next);
    }

    LabelledNode expand(int axis) throws NotCompiled {
        List<Label> next = new ArrayList<>(labels);
        next.add(axis < 0 ? next.size() + 1 + axis : axis, Label.ONE);
        return placed(next);
    }

    LabelledNode squeeze(long... axes) throws NotCompiled {
        List<Label> next = new ArrayList<>(labels);
        for (int k = axes.length - 1; k >= 0; k--) {
            int axis = (int) (axes[k] < 0 ? next.size() + axes[k] : axes[k]);
            if (next.get(axis) != Label.ONE) {
                throw new NotCompiled("a squeeze takes away an axis of neurons or lifetimes");
            }
            next.remove(axis);
        }
        return placed(next);
    }

    LabelledNode permute(long... order) throws NotCompiled {
        List<Label> next = new ArrayList<>();
        for (long axis : order) {
            next.add(labels.get((int) axis));
        }
        return placed(next);
    }

    /** In an array of three axes the second one is that of pre-synaptic neurons, the third that of post-synaptic ones. */
    private LabelledNode placed(List<Label> placed) throws NotCompiled {
        if (placed.size() != 3) {
            return with(node, placed);
        }
        boolean rows = placed.get(1) != Label.ONE;
        boolean columns = placed.get(2) != Label.ONE;
        if (placed.get(0) != Label.ONE && placed.get(0) != Label.LIFETIMES
                || placed.get(1) == Label.LIFETIMES
                || placed.get(2) == Label.LIFETIMES) {
            throw new NotCompiled("an array over " + placed + " does not have its lifetimes first");
        }
        if (rows && columns) {
            if (placed.get(1) != Label.ROWS || placed.get(2) != Label.COLUMNS) {
                throw new NotCompiled("a matrix of connections is transposed");
            }
            return with(node, placed);
        }
        Node moved = rows ? nodes.along(node, Node.ROWS) : columns ? nodes.along(node, Node.COLUMNS) : node;
        return with(moved, List.of(placed.get(0), rows ? Label.ROWS : Label.ONE, columns ? Label.COLUMNS : Label.ONE));
    }

    LabelledNode reduce(BaseReduceOp op, boolean mean) throws NotCompiled {
        if (node.ofConnections()) {
            throw new NotCompiled("the op " + op.opName() + " reduces a matrix of connections");
        }
        List<Label> next = new ArrayList<>(labels);
        Node sum = node;
        long[] axes = op.dimensions() == null ? new long[0] : op.dimensions().toLongVector();
        Arrays.sort(axes);
        for (int k = axes.length - 1; k >= 0; k--) {
            int axis = (int) (axes[k] < 0 ? next.size() + axes[k] : axes[k]);
            Label label = next.get(axis);
            if (label == Label.LIFETIMES) {
                throw new NotCompiled("the op " + op.opName() + " reduces over lifetimes");
            } else if (label != Label.ONE) {
                sum = nodes.sum(sum, neurons);
                sum = mean ? nodes.mul(nodes.constant(1.0 / neurons), sum) : sum;
            }
            if (op.isKeepDims()) {
                next.set(axis, Label.ONE);
            } else {
                next.remove(axis);
            }
        }
        if (axes.length == 0) {
            throw new NotCompiled("the op " + op.opName() + " reduces over all axes, lifetimes included");
        }
        return with(sum, next);
    }

    /** A row vector times a column of parameters. */
    LabelledNode times(LabelledNode b, DifferentialFunction op) throws NotCompiled {
        int last = labels.size() - 1;
        boolean fits = !node.ofConnections()
                && !b.node().ofConnections()
                && isNeurons(labels.get(last))
                && b.labels().equals(List.of(Label.NEURONS, Label.ONE))
                && Arrays.stream(((CustomOp) op).iArgs()).allMatch(flag -> flag == 0);
        if (!fits) {
            throw new NotCompiled("a matmul of arrays over " + labels + " and " + b.labels());
        }
        List<Label> next = new ArrayList<>(labels);
        next.set(last, Label.ONE);
        Node weights = nodes.along(b.node(), node.axes);
        return with(nodes.sum(nodes.mul(node, weights), neurons), next);
    }
}
