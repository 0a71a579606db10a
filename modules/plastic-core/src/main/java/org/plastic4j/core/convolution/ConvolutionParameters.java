package org.plastic4j.core.convolution;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.graph.Draw;
import org.plastic4j.core.graph.GraphVariables;

/**
 * The trained variables of a {@link ConvolutionStack} in a graph.
 *
 * @param weights w(1) .. w(L), shapes [k, k, channels, filters]
 * @param biases b(1) .. b(L), shapes [filters]
 */
public record ConvolutionParameters(List<SDVariable> weights, List<SDVariable> biases) {
    /**
     * Copies both.
     *
     * @param weights w(1) .. w(L), shapes [k, k, channels, filters]
     * @param biases b(1) .. b(L), shapes [filters]
     */
    public ConvolutionParameters {
        weights = List.copyOf(weights);
        biases = List.copyOf(biases);
    }

    /**
     * {@return the name of w(l) in {@link #draw draw}, l from 1}
     *
     * @param l the layer, from 1
     */
    public static String weightName(int l) {
        return "conv" + l + "_w";
    }

    /**
     * {@return the name of b(l)}
     *
     * @param l the layer, from 1
     */
    public static String biasName(int l) {
        return "conv" + l + "_b";
    }

    /**
     * Draws initial values: weights and biases of a layer are uniform between {@code -r} and {@code r}, {@code r} being
     * one through the root of {@link ConvolutionStack#fanIn}. The same seed gives the same values on any backend.
     *
     * @param stack the layers of convolutions
     * @param type of the values: FLOAT or DOUBLE
     * @param seed of the random numbers
     * @return w(1), b(1), w(2) .. b(L) by their names, in this order
     */
    public static Map<String, INDArray> draw(ConvolutionStack stack, DataType type, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Map<String, INDArray> drawn = new LinkedHashMap<>();
        for (int l = 1; l <= stack.layers().size(); l++) {
            double range = 1 / Math.sqrt(stack.fanIn(l));
            DoubleSupplier uniform = () -> range * (2 * random.nextDouble() - 1);
            drawn.put(weightName(l), Draw.array(uniform, type, stack.weightShape(l)));
            drawn.put(
                    biasName(l),
                    Draw.array(uniform, type, stack.layers().get(l - 1).filters()));
        }
        return drawn;
    }

    /**
     * Adds trainable variables to a graph, under these names in the open name scope, for a graph or scope with one stack.
     *
     * @param graph the graph
     * @param stack the layers of convolutions
     * @param values as from {@link #draw draw}
     * @return the variables
     * @throws IllegalArgumentException if a value is missing, or the graph has a variable of one of the names
     */
    public static ConvolutionParameters create(SameDiff graph, ConvolutionStack stack, Map<String, INDArray> values) {
        return withPrefix(graph, "", stack, values);
    }

    /**
     * The same for one of several stacks: {@code name_conv1_w}, {@code name_conv1_b} and so on.
     *
     * @param graph the graph
     * @param name the stack's
     * @param stack the layers of convolutions
     * @param values as from {@link #draw draw}, without the stack's name
     * @return the variables
     * @throws IllegalArgumentException if a value is missing, or the graph has a variable of one of the names
     */
    public static ConvolutionParameters create(
            SameDiff graph, String name, ConvolutionStack stack, Map<String, INDArray> values) {
        return withPrefix(graph, name + "_", stack, values);
    }

    private static ConvolutionParameters withPrefix(
            SameDiff graph, String prefix, ConvolutionStack stack, Map<String, INDArray> values) {
        List<String> keys = IntStream.rangeClosed(1, stack.layers().size())
                .boxed()
                .flatMap(l -> Stream.of(weightName(l), biasName(l)))
                .toList();
        Map<String, SDVariable> variables =
                GraphVariables.trainable(graph, "ConvolutionParameters", prefix, keys, values);
        List<SDVariable> weights = new ArrayList<>();
        List<SDVariable> biases = new ArrayList<>();
        for (int l = 1; l <= stack.layers().size(); l++) {
            weights.add(variables.get(weightName(l)));
            biases.add(variables.get(biasName(l)));
        }
        return new ConvolutionParameters(weights, biases);
    }

    /** {@return w(1), b(1), w(2) .. b(L)} */
    public List<SDVariable> variables() {
        return IntStream.range(0, weights.size())
                .boxed()
                .flatMap(l -> Stream.of(weights.get(l), biases.get(l)))
                .toList();
    }

    /**
     * Checks that there are as many as the stack has layers.
     *
     * @param stack the layers of convolutions
     * @throws IllegalArgumentException if there are not
     */
    public void requireFor(ConvolutionStack stack) {
        int layers = stack.layers().size();
        if (weights.size() != layers || biases.size() != layers) {
            throw new IllegalArgumentException("ConvolutionParameters: expected weights and biases of " + layers
                    + " layers, found " + weights.size() + " and " + biases.size() + ".");
        }
    }
}
