package org.plastic4j.core.kernel.compiled;

import java.util.List;

/**
 * A value in a rule's intermediate form. Nodes of a {@link NodeGraph} are equal only if they are the same object, and have
 * their arguments before them.
 */
final class Node {
    /** The axes of connections: pre-synaptic neurons are rows, post-synaptic ones columns. */
    static final int NONE = 0;

    static final int ROWS = 1;
    static final int COLUMNS = 2;
    static final int CONNECTIONS = ROWS | COLUMNS;

    /** What a node computes, element by element but for the sums. */
    enum Op {
        INPUT,
        CONSTANT,
        ADD,
        MUL,
        DIV,
        MIN,
        MAX,
        /** 1 where the first is less than the second, else 0. */
        LESS,
        LESS_OR_EQUAL,
        EQUAL,
        ABS,
        SIGN,
        SQRT,
        EXP,
        LOG,
        TANH,
        SIGMOID,
        /** The second where the first is not 0, else the third. */
        SELECT,
        /** Limited to the interval from -{@link #value} to it. */
        CLIP,
        /** The same; its gradient passes inside of the interval alone, where that of {@link #CLIP} passes on its ends too. */
        CLIP_OPEN,
        /** The second where the first lies in that interval, its ends included; else 0. */
        WITHIN,
        /** The second where the first lies inside that interval, its ends not included; else 0. */
        INSIDE,
        /** Over all neurons. */
        SUM
    }

    /** What comes from outside: {@code index} says which of its kind. */
    enum Source {
        /** Trace matrices before the step. */
        TRACE,
        /** Gradients with respect to the trace matrices after the step. */
        TRACE_GRADIENT,
        /** Outputs one step before. */
        PRE,
        /** Outputs of this step. */
        POST,
        /** A rule's parameter. */
        PARAMETER,
        /** States of neurons before the step. */
        STATE,
        /** Gradients with respect to the states of neurons after the step. */
        STATE_GRADIENT,
        /** Gradients with respect to the vectors that connections read: column vectors, then row vectors. */
        COLUMN_GRADIENT,
        ROW_GRADIENT,
        /** Of {@link FlatLoops}: an array that the rule knows nothing of. */
        ARRAY
    }

    /**
     * @param source where it comes from
     * @param index which of its kind
     */
    record Input(Source source, int index) {}

    final int id;
    final Op op;
    /** Along which it has different values. */
    final int axes;
    /** Of a constant, or a bound. */
    final double value;
    /** Of an {@link Op#INPUT}; else null. */
    final Input input;

    final List<Node> arguments;

    Node(int id, Op op, int axes, double value, Input input, List<Node> arguments) {
        this.id = id;
        this.op = op;
        this.axes = axes;
        this.value = value;
        this.input = input;
        this.arguments = arguments;
    }

    boolean isConstant() {
        return op == Op.CONSTANT;
    }

    boolean isConstant(double number) {
        return isConstant() && value == number;
    }

    boolean ofConnections() {
        return axes == CONNECTIONS;
    }

    Node argument(int k) {
        return arguments.get(k);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("%" + id + " = ");
        if (op == Op.INPUT) {
            text.append(input.source()).append(' ').append(input.index());
        } else {
            text.append(op);
            if (op == Op.CONSTANT || op == Op.CLIP || op == Op.CLIP_OPEN || op == Op.WITHIN || op == Op.INSIDE) {
                text.append(' ').append(value);
            }
            arguments.forEach(argument -> text.append(" %").append(argument.id));
        }
        return text.append(
                        switch (axes) {
                            case ROWS -> "  [i]";
                            case COLUMNS -> "  [j]";
                            case CONNECTIONS -> "  [i, j]";
                            default -> "";
                        })
                .toString();
    }
}
