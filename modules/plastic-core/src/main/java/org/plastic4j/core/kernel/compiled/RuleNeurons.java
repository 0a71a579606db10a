package org.plastic4j.core.kernel.compiled;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.plastic4j.core.kernel.compiled.Node.Op;
import org.plastic4j.core.kernel.compiled.Node.Source;
import org.plastic4j.core.rule.RuleParameter;

/** What neurons compute of a compiled rule: the vectors that connections read, and the gradients through them. */
public final class RuleNeurons {
    private final RuleProgram program;
    private final List<Node> rows;
    private final List<Node> columns;
    /** The gradients of y of the step before, of y of the step, of states before it, and of parameters but matrices. */
    private final List<Node> ofPre = new ArrayList<>();

    private final List<Node> ofPost = new ArrayList<>();
    private final List<List<Node>> ofStates = new ArrayList<>();
    private final List<List<Node>> ofParameters = new ArrayList<>();

    RuleNeurons(RuleProgram program) {
        this.program = program;
        rows = program.rowsOfGradients();
        columns = program.columnsOfGradients();
        differentiate();
    }

    private void differentiate() {
        NodeGraph nodes = program.nodes;
        Adjoints adjoints = new Adjoints(nodes, program.neurons, node -> !node.ofConnections() && node.op != Op.INPUT);
        for (int k = 0; k < program.columns.size(); k++) {
            adjoints.seed(program.columns.get(k), nodes.input(Source.COLUMN_GRADIENT, k, Node.COLUMNS));
        }
        for (int k = 0; k < program.rowGradientCount(); k++) {
            adjoints.seed(program.rowGradients.get(k).of(), nodes.input(Source.ROW_GRADIENT, k, Node.ROWS));
        }
        for (int k = 0; k < program.nextStates.size(); k++) {
            adjoints.seed(program.nextStates.get(k), nodes.input(Source.STATE_GRADIENT, k, Node.COLUMNS));
        }
        adjoints.run();
        for (int k = 0; k < program.nextStates.size(); k++) {
            List<Node> gradients = new ArrayList<>();
            for (int axes : new int[] {Node.ROWS, Node.COLUMNS}) {
                add(adjoints.of(nodes.input(Source.STATE, k, axes)), gradients);
            }
            ofStates.add(gradients);
        }
        for (int axes : new int[] {Node.ROWS, Node.COLUMNS}) {
            add(adjoints.of(nodes.input(Source.PRE, 0, axes)), ofPre);
            add(adjoints.of(nodes.input(Source.POST, 0, axes)), ofPost);
        }
        for (int k = 0; k < program.parameters().size(); k++) {
            List<Node> gradients = new ArrayList<>();
            if (program.parameters().get(k).size() != RuleParameter.Size.PER_CONNECTION) {
                for (int axes : new int[] {Node.NONE, Node.ROWS, Node.COLUMNS}) {
                    add(adjoints.of(nodes.input(Source.PARAMETER, k, axes)), gradients);
                }
            }
            ofParameters.add(gradients);
        }
    }

    private static void add(Node gradient, List<Node> to) {
        if (!gradient.isConstant(0)) {
            to.add(gradient);
        }
    }

    List<Node> ofPre() {
        return ofPre;
    }

    List<Node> ofPost() {
        return ofPost;
    }

    List<Node> ofState(int k) {
        return ofStates.get(k);
    }

    List<Node> ofParameter(int k) {
        return ofParameters.get(k);
    }

    /** All gradients that neurons compute. */
    List<Node> gradients() {
        List<Node> all = new ArrayList<>(ofPre);
        all.addAll(ofPost);
        ofStates.forEach(all::addAll);
        ofParameters.forEach(all::addAll);
        return all;
    }

    /** How many row vectors there are. */
    public int rows() {
        return rows.size();
    }

    /** How many column vectors there are. */
    public int columns() {
        return columns.size();
    }

    /**
     * Forward, for one thread.
     *
     * @param length of vectors, n or more
     * @param parameters the rule's, in their order; those of connections are not read
     */
    public Forward forward(int length, NeuronProgram.Functions functions, float[]... parameters) {
        return new Forward(length, functions, parameters);
    }

    /** Backward, for one thread, with the same parameters. */
    public Backward backward(int length, NeuronProgram.Functions functions, float[]... parameters) {
        return new Backward(length, functions, parameters);
    }

    private Node[] inputs(Source source, int index) {
        NodeGraph nodes = program.nodes;
        return new Node[] {
            nodes.input(source, index, Node.NONE),
            nodes.input(source, index, Node.ROWS),
            nodes.input(source, index, Node.COLUMNS)
        };
    }

    /** A program whose parameters are bound, and where it reads outputs. */
    private final class Bound {
        private final NeuronProgram neurons;
        private final int[] pre;
        private final int[] post;
        private final int[][] states = new int[program.nextStates.size()][];

        Bound(int length, NeuronProgram.Functions functions, List<Node> results, float[]... parameters) {
            neurons = new NeuronProgram(program.neurons, length, functions, results);
            for (int k = 0; k < parameters.length; k++) {
                neurons.bind(neurons.indices(inputs(Source.PARAMETER, k)), parameters[k]);
            }
            pre = neurons.indices(inputs(Source.PRE, 0));
            post = neurons.indices(inputs(Source.POST, 0));
            Arrays.setAll(states, k -> neurons.indices(inputs(Source.STATE, k)));
        }

        void bind(float[] preOutputs, float[] postOutputs, float[][] before) {
            neurons.bind(pre, preOutputs);
            neurons.bind(post, postOutputs);
            for (int k = 0; k < states.length; k++) {
                neurons.bind(states[k], before[k]);
            }
        }

        int[] indices(List<Node> nodes) {
            return nodes.stream().mapToInt(neurons::index).toArray();
        }
    }

    /** From outputs to vectors. */
    public final class Forward {
        private final Bound bound;
        private final int[] rowIndices;
        private final int[] columnIndices;
        private final int[] stateIndices;
        private final float[][] next = new float[program.nextStates.size()][program.neurons];

        private Forward(int length, NeuronProgram.Functions functions, float[]... parameters) {
            List<Node> results = new ArrayList<>(rows);
            results.addAll(columns);
            results.addAll(program.nextStates);
            bound = new Bound(length, functions, results, parameters);
            rowIndices = bound.indices(rows);
            columnIndices = bound.indices(columns);
            stateIndices = bound.indices(program.nextStates);
        }

        /**
         * Forms the vectors of a step.
         *
         * @param pre y of the step before
         * @param post y of the step
         * @param states before the step, by their order; unchanged until {@link #advance}
         */
        public void run(float[] pre, float[] post, float[]... states) {
            bound.bind(pre, post, states);
            bound.neurons.run();
        }

        /** Replaces the states that the last {@link #run} began from by those after its step, where there are neurons. */
        public void advance(float[]... states) {
            // All of them before the first is replaced, which may be what another becomes.
            copy(stateIndices, next, 0, 0, program.neurons);
            for (int k = 0; k < next.length; k++) {
                System.arraycopy(next[k], 0, states[k], 0, program.neurons);
            }
        }

        /** Copies elements of the vectors to an index of an array each; what has one value for all is repeated. */
        public void copyTo(float[][] rowVectors, float[][] columnVectors, int at, int from, int end) {
            copy(rowIndices, rowVectors, at, from, end);
            copy(columnIndices, columnVectors, at, from, end);
        }

        private void copy(int[] indices, float[][] to, int at, int from, int end) {
            for (int k = 0; k < indices.length; k++) {
                float[] values = bound.neurons.values(indices[k]);
                if (values.length == 1) {
                    Arrays.fill(to[k], at + from, at + end, values[0]);
                } else {
                    System.arraycopy(values, from, to[k], at + from, end - from);
                }
            }
        }
    }

    /** From the gradients of vectors to those of outputs and parameters. */
    public final class Backward {
        private final Bound bound;
        private final int[] preIndices;
        private final int[] postIndices;
        private final int[][] stateIndices;
        private final float[][] ofStatesBefore;
        private final int[][] parameterIndices;

        private Backward(int length, NeuronProgram.Functions functions, float[]... parameters) {
            bound = new Bound(length, functions, gradients(), parameters);
            preIndices = bound.indices(ofPre);
            postIndices = bound.indices(ofPost);
            stateIndices = ofStates.stream().map(bound::indices).toArray(int[][]::new);
            ofStatesBefore = new float[stateIndices.length][length];
            parameterIndices = ofParameters.stream().map(bound::indices).toArray(int[][]::new);
        }

        /** Where the gradient of a column vector is read, when it is summed over rows. */
        public void bindColumnGradient(int k, float[] gradient) {
            bound.neurons.bind(bound.neurons.indices(inputs(Source.COLUMN_GRADIENT, k)), gradient);
        }

        /** Where a row gradient is read, when it is summed over columns. */
        public void bindRowGradient(int k, float[] gradient) {
            bound.neurons.bind(bound.neurons.indices(inputs(Source.ROW_GRADIENT, k)), gradient);
        }

        /** Where the gradient of a state after the step is read. */
        public void bindStateGradient(int k, float[] gradient) {
            bound.neurons.bind(bound.neurons.indices(inputs(Source.STATE_GRADIENT, k)), gradient);
        }

        /**
         * Computes a step's gradients.
         *
         * @param states before the step
         */
        public void run(float[] pre, float[] post, float[]... states) {
            bound.bind(pre, post, states);
            bound.neurons.run();
        }

        /** Replaces the gradients of states after the step by those of states before it. */
        public void passStates(float[]... gradients) {
            for (int k = 0; k < ofStatesBefore.length; k++) {
                Arrays.fill(ofStatesBefore[k], 0);
                add(stateIndices[k], ofStatesBefore[k]);
            }
            for (int k = 0; k < ofStatesBefore.length; k++) {
                System.arraycopy(ofStatesBefore[k], 0, gradients[k], 0, program.neurons);
            }
        }

        /** Adds the gradient of y of the step before. */
        public void addPre(float[] to) {
            add(preIndices, to);
        }

        /** Adds the gradient of y of the step. */
        public void addPost(float[] to) {
            add(postIndices, to);
        }

        private void add(int[] indices, float[] to) {
            for (int index : indices) {
                NeuronProgram.add(to, bound.neurons.values(index), to);
            }
        }

        /** Adds the gradients of the rule's parameters, but those of matrices. */
        public void addParameters(double[]... to) {
            for (int k = 0; k < parameterIndices.length; k++) {
                for (int index : parameterIndices[k]) {
                    addTo(to[k], bound.neurons.values(index));
                }
            }
        }

        private static void addTo(double[] to, float[] values) {
            if (values.length == 1) {
                // A sum's gradient is the same for all of its elements.
                double value = values[0];
                for (int j = 0; j < to.length; j++) {
                    to[j] += value;
                }
            } else {
                for (int j = 0; j < to.length; j++) {
                    to[j] += values[j];
                }
            }
        }
    }
}
