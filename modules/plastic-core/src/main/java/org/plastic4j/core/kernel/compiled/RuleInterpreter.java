package org.plastic4j.core.kernel.compiled;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.plastic4j.core.kernel.compiled.Node.Op;

/**
 * A rule in double precision, node by node: the reference for the loops that are assembled from the same intermediate form.
 * Matrices are transposed here, a row for the connections to one neuron; parameters are as they come, [n, n] in row order.
 */
public final class RuleInterpreter {
    private final RuleProgram program;
    private final double[][] parameters;
    private final Evaluation forward;
    private final Evaluation backward;
    private final Evaluation ofNeurons;

    /**
     * A rule with its parameters.
     *
     * @param parameters in the rule's order
     */
    public RuleInterpreter(RuleProgram program, double[]... parameters) {
        this.program = program;
        this.parameters = parameters;
        List<Node> after = new ArrayList<>(program.next);
        after.addAll(program.nextStates);
        forward = new Evaluation(after);
        List<Node> gradients = new ArrayList<>(program.traceGradients);
        gradients.addAll(program.columnGradients);
        program.rowGradients.forEach(row -> gradients.add(row.gradient()));
        gradients.addAll(program.matrixGradients);
        backward = new Evaluation(gradients);
        ofNeurons = new Evaluation(program.neurons().gradients());
    }

    /** From the traces and the states of neurons before a step to those after it, in place. */
    public void advance(double[][][] traces, double[][] states, double[] x, double[] y) {
        int n = y.length;
        Values values = new Values(forward, new Step(x, y, states));
        double[] next = new double[traces.length];
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < n; i++) {
                values.atConnection(i, j, traces, traces);
                for (int k = 0; k < next.length; k++) {
                    next[k] = values.of(program.next.get(k));
                }
                for (int k = 0; k < next.length; k++) {
                    traces[k][j][i] = next[k];
                }
            }
        }
        for (int k = 0; k < states.length; k++) {
            Arrays.fill(states[k], 0);
            values.addTo(List.of(program.nextStates.get(k)), states[k]);
        }
    }

    /**
     * A step of the backward pass.
     *
     * @param states of neurons before the step
     * @param gradients with respect to the traces after the step; become those before it
     * @param stateGradients with respect to the states, likewise
     * @param xGradient the rule's part is added to it
     * @param yGradient likewise
     * @param parameterGradients likewise, in the rule's order
     */
    public void back(
            double[][][] traces,
            double[][] states,
            double[] x,
            double[] y,
            double[][][] gradients,
            double[][] stateGradients,
            double[] xGradient,
            double[] yGradient,
            double[]... parameterGradients) {
        int n = y.length;
        Step step = new Step(x, y, states);
        Values values = new Values(backward, step);
        double[][] columns = new double[program.columns.size()][n];
        double[][] rows = new double[program.rowGradients.size()][n];
        double[] before = new double[traces.length];
        for (int j = 0; j < n; j++) {
            for (int i = 0; i < n; i++) {
                values.atConnection(i, j, traces, gradients);
                for (int k = 0; k < columns.length; k++) {
                    columns[k][j] += values.of(program.columnGradients.get(k));
                }
                for (int k = 0; k < rows.length; k++) {
                    rows[k][i] += values.of(program.rowGradients.get(k).gradient());
                }
                for (int k = 0; k < program.matrices.size(); k++) {
                    parameterGradients[program.matrices.get(k)][i * n + j] += values.of(program.matrixGradients.get(k));
                }
                for (int k = 0; k < before.length; k++) {
                    before[k] = values.of(program.traceGradients.get(k));
                }
                for (int k = 0; k < before.length; k++) {
                    gradients[k][j][i] = before[k];
                }
            }
        }
        Values neurons = new Values(ofNeurons, step, columns, rows, stateGradients);
        neurons.addTo(program.neurons().ofPre(), xGradient);
        if (program.deferredRowGradient != null) {
            for (int i = 0; i < n; i++) {
                xGradient[i] += rows[0][i];
            }
        }
        neurons.addTo(program.neurons().ofPost(), yGradient);
        for (int k = 0; k < parameterGradients.length; k++) {
            neurons.addTo(program.neurons().ofParameter(k), parameterGradients[k]);
        }
        for (int k = 0; k < stateGradients.length; k++) {
            Arrays.fill(stateGradients[k], 0);
            neurons.addTo(program.neurons().ofState(k), stateGradients[k]);
        }
    }

    /** What a step's vectors are computed from, besides parameters. */
    private record Step(double[] x, double[] y, double[][] states) {}

    /** The nodes that some results need, arguments first. */
    private static final class Evaluation {
        private final List<Node> vectors = new ArrayList<>();
        private final List<Node> connections = new ArrayList<>();

        Evaluation(List<Node> results) {
            TreeMap<Integer, Node> needed = new TreeMap<>();
            results.forEach(node -> need(node, needed));
            needed.values().forEach(node -> (node.ofConnections() ? connections : vectors).add(node));
        }

        private static void need(Node node, Map<Integer, Node> needed) {
            if (needed.put(node.id, node) == null) {
                node.arguments.forEach(argument -> need(argument, needed));
            }
        }
    }

    /** The values of nodes at a step: arrays of vectors, and numbers of the connection at hand. */
    private final class Values {
        private final Evaluation evaluation;
        private final int n;
        private final Map<Node, double[]> vectors = new HashMap<>();
        /** Of connections' nodes, by their identifiers. */
        private final double[] numbers = new double[program.nodes.all().size()];

        private final double[][] arguments = new double[][] {{}, new double[1], new double[2], new double[3]};
        private int row;
        private int column;

        /** @param gradients of column vectors, row vectors and states, where any are read */
        Values(Evaluation evaluation, Step step, double[][]... gradients) {
            this.evaluation = evaluation;
            n = step.y.length;
            for (Node node : evaluation.vectors) {
                vectors.put(node, node.op == Op.INPUT ? input(node, step, gradients) : computed(node));
            }
        }

        private double[] input(Node node, Step step, double[][]... gradients) {
            int index = node.input.index();
            return switch (node.input.source()) {
                case PRE -> step.x;
                case POST -> step.y;
                case PARAMETER -> parameters[index];
                // Two nodes may share an array, which replacing states must not change.
                case STATE -> step.states[index].clone();
                case COLUMN_GRADIENT -> gradients[0][index];
                case ROW_GRADIENT -> gradients[1][index];
                case STATE_GRADIENT -> gradients[2][index].clone();
                case TRACE, TRACE_GRADIENT, ARRAY -> throw new AssertionError(node + " is no vector");
            };
        }

        private double[] computed(Node node) {
            if (node.op == Op.SUM) {
                double sum = 0;
                for (double value : vectors.get(node.argument(0))) {
                    sum += value;
                }
                return new double[] {sum};
            }
            double[] values = new double[node.axes == Node.NONE ? 1 : n];
            double[] in = new double[node.arguments.size()];
            for (int k = 0; k < values.length; k++) {
                for (int a = 0; a < in.length; a++) {
                    double[] argument = vectors.get(node.argument(a));
                    in[a] = argument[argument.length == 1 ? 0 : k];
                }
                values[k] = Elementwise.compute(node, in);
            }
            return values;
        }

        /** Computes all nodes of a connection. */
        void atConnection(int i, int j, double[][][] traces, double[][][] gradients) {
            row = i;
            column = j;
            for (Node node : evaluation.connections) {
                numbers[node.id] = connection(node, i, j, traces, gradients);
            }
        }

        private double connection(Node node, int i, int j, double[][][] traces, double[][][] gradients) {
            if (node.op == Op.INPUT) {
                int index = node.input.index();
                return switch (node.input.source()) {
                    case TRACE -> traces[index][j][i];
                    case TRACE_GRADIENT -> gradients[index][j][i];
                    case PARAMETER -> parameters[index][i * n + j];
                    default -> throw new AssertionError("no matrix: " + node);
                };
            }
            double[] in = arguments[node.arguments.size()];
            for (int a = 0; a < in.length; a++) {
                in[a] = of(node.argument(a));
            }
            return Elementwise.compute(node, in);
        }

        /** Of a node at the connection at hand. */
        double of(Node node) {
            if (node.ofConnections()) {
                return numbers[node.id];
            } else if (node.isConstant()) {
                return node.value;
            }
            double[] vector = vectors.get(node);
            return vector[vector.length == 1 ? 0 : node.axes == Node.ROWS ? row : column];
        }

        void addTo(List<Node> gradients, double[] to) {
            for (Node gradient : gradients) {
                double[] values = vectors.get(gradient);
                for (int k = 0; k < to.length; k++) {
                    to[k] += values[values.length == 1 ? 0 : k];
                }
            }
        }
    }
}
