package org.plastic4j.core.kernel.compiled;

import java.util.ArrayList;
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
        forward = new Evaluation(program.next);
        List<Node> gradients = new ArrayList<>(program.traceGradients);
        gradients.addAll(program.columnGradients);
        program.rowGradients.forEach(row -> gradients.add(row.gradient()));
        gradients.addAll(program.matrixGradients);
        backward = new Evaluation(gradients);
        ofNeurons = new Evaluation(program.neurons().gradients());
    }

    /** From the traces before a step to those after it, in place. */
    public void advance(double[][][] traces, double[] x, double[] y) {
        int n = y.length;
        Values values = new Values(forward, x, y);
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
    }

    /**
     * A step of the backward pass.
     *
     * @param gradients with respect to the traces after the step; become those before it
     * @param xGradient the rule's part is added to it
     * @param yGradient likewise
     * @param parameterGradients likewise, in the rule's order
     */
    public void back(
            double[][][] traces,
            double[] x,
            double[] y,
            double[][][] gradients,
            double[] xGradient,
            double[] yGradient,
            double[]... parameterGradients) {
        int n = y.length;
        Values values = new Values(backward, x, y);
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
        Values neurons = new Values(ofNeurons, x, y, columns, rows);
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
    }

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

        Values(Evaluation evaluation, double[] x, double[] y) {
            this(evaluation, x, y, new double[0][], new double[0][]);
        }

        Values(Evaluation evaluation, double[] x, double[] y, double[][] columns, double[][] rows) {
            this.evaluation = evaluation;
            n = y.length;
            for (Node node : evaluation.vectors) {
                vectors.put(node, node.op == Op.INPUT ? input(node, x, y, columns, rows) : computed(node));
            }
        }

        private double[] input(Node node, double[] x, double[] y, double[][] columns, double[][] rows) {
            int index = node.input.index();
            return switch (node.input.source()) {
                case PRE -> x;
                case POST -> y;
                case PARAMETER -> parameters[index];
                case COLUMN_GRADIENT -> columns[index];
                case ROW_GRADIENT -> rows[index];
                case TRACE, TRACE_GRADIENT -> throw new AssertionError("a trace is no vector");
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
