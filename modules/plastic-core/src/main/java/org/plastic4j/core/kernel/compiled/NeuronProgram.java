package org.plastic4j.core.kernel.compiled;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.plastic4j.core.kernel.compiled.Node.Op;

/**
 * What a rule computes once a neuron, and once a lifetime, at every step: nodes one after another, each a loop over an
 * array. Beside the connections it costs next to nothing.
 *
 * <p>Vectors have the same length, of which the first n elements count; numbers are arrays of one element. One thread uses
 * it.
 */
public final class NeuronProgram {
    /** Functions of arrays that are worth loops of their own. */
    public interface Functions {
        /** Replaces some elements, and those up to a whole vector after them, by their hyperbolic tangents. */
        void tanh(float[] values, int from, int length);

        /** The sum of the first elements, always in the same order. */
        float sum(float[] values, int count);
    }

    /** No vector of floats is longer. */
    private static final int LANES = 16;

    /** The smallest float, multiplied by it twice, is above 1. */
    private static final float FAR_ABOVE_1 = 0x1p100f;

    private final int neurons;
    private final Functions functions;
    /** Room for a vector that has one number. */
    private final float[] number = new float[LANES];
    /** Room for the arguments of an element. */
    private final double[][] elements = {{}, new double[1], new double[2], new double[3]};

    private final List<Node> steps;
    private final Map<Node, Integer> indices = new HashMap<>();
    private final float[][] values;
    private final float[][][] arguments;
    private final int[][] argumentIndices;
    private final int[] computed;

    /**
     * @param neurons n
     * @param length of vectors, n or more
     * @param results what is to be known after each {@link #run}
     */
    NeuronProgram(int neurons, int length, Functions functions, List<Node> results) {
        this.neurons = neurons;
        this.functions = functions;
        TreeMap<Integer, Node> needed = new TreeMap<>();
        results.forEach(node -> need(node, needed));
        steps = new ArrayList<>(needed.values());
        values = new float[steps.size()][];
        arguments = new float[steps.size()][][];
        for (int k = 0; k < values.length; k++) {
            Node node = steps.get(k);
            indices.put(node, k);
            values[k] = new float[node.axes == Node.NONE ? 1 : length];
            if (node.isConstant()) {
                values[k][0] = (float) node.value;
            }
        }
        argumentIndices = new int[values.length][];
        for (int k = 0; k < values.length; k++) {
            argumentIndices[k] =
                    steps.get(k).arguments.stream().mapToInt(indices::get).toArray();
            arguments[k] = new float[argumentIndices[k].length][];
        }
        computed = IntStream.range(0, values.length)
                .filter(k -> steps.get(k).op != Op.INPUT && steps.get(k).op != Op.CONSTANT)
                .toArray();
    }

    private static void need(Node node, Map<Integer, Node> needed) {
        if (node.ofConnections()) {
            throw new IllegalArgumentException("A neuron cannot compute what connections do: " + node + ".");
        }
        if (needed.put(node.id, node) == null) {
            node.arguments.forEach(argument -> need(argument, needed));
        }
    }

    /** Where the values of nodes stand: those among them that are needed. */
    int[] indices(Node... nodes) {
        return Arrays.stream(nodes)
                .filter(indices::containsKey)
                .mapToInt(indices::get)
                .toArray();
    }

    /** Where a node's values stand, for {@link #bind} and {@link #values}. */
    int index(Node node) {
        return indices.get(node);
    }

    /** Says where values are, or are to be. */
    void bind(int index, float[] array) {
        values[index] = array;
    }

    void bind(int[] indices, float[] array) {
        for (int index : indices) {
            values[index] = array;
        }
    }

    float[] values(int index) {
        return values[index];
    }

    void run() {
        for (int k : computed) {
            float[][] in = arguments[k];
            for (int a = 0; a < in.length; a++) {
                in[a] = values[argumentIndices[k][a]];
            }
            compute(steps.get(k), in, values[k]);
        }
    }

    private void compute(Node node, float[][] in, float[] to) {
        switch (node.op) {
            case ADD -> add(in[0], in[1], to);
            case MUL -> mul(in[0], in[1], to);
            case SUM -> to[0] = functions.sum(in[0], neurons);
            case TANH -> {
                if (to.length == 1) {
                    number[0] = in[0][0];
                    functions.tanh(number, 0, 1);
                    to[0] = number[0];
                    return;
                }
                System.arraycopy(in[0], 0, to, 0, to.length);
                functions.tanh(to, 0, to.length);
            }
            case ABS -> abs(in[0], to);
            case SIGN -> sign(in[0], to);
            default -> {
                double[] element = elements[in.length];
                for (int j = 0; j < to.length; j++) {
                    for (int k = 0; k < in.length; k++) {
                        element[k] = in[k][in[k].length == 1 ? 0 : j];
                    }
                    to[j] = (float) Elementwise.compute(node, element);
                }
            }
        }
    }

    private static void abs(float[] a, float[] to) {
        for (int j = 0; j < to.length; j++) {
            to[j] = Math.abs(a[j]);
        }
    }

    /** Not by {@link Math#signum}, whose branches a processor cannot foresee: a clip has none, and becomes vectors. */
    private static void sign(float[] a, float[] to) {
        for (int j = 0; j < to.length; j++) {
            to[j] = Math.max(-1, Math.min(a[j] * FAR_ABOVE_1 * FAR_ABOVE_1, 1));
        }
    }

    /** The sum of two vectors, of which one may be a number. */
    static void add(float[] a, float[] b, float[] to) {
        if (a.length < to.length) {
            float number = a[0];
            for (int j = 0; j < to.length; j++) {
                to[j] = number + b[j];
            }
        } else if (b.length < to.length) {
            add(b, a, to);
        } else {
            for (int j = 0; j < to.length; j++) {
                to[j] = a[j] + b[j];
            }
        }
    }

    private static void mul(float[] a, float[] b, float[] to) {
        if (a.length < to.length) {
            float number = a[0];
            for (int j = 0; j < to.length; j++) {
                to[j] = number * b[j];
            }
        } else if (b.length < to.length) {
            mul(b, a, to);
        } else {
            for (int j = 0; j < to.length; j++) {
                to[j] = a[j] * b[j];
            }
        }
    }
}
