package org.plastic4j.maze.agent;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** What an agent has besides its plastic layer: input weights, and two linear heads with biases, policy and value. */
final class AgentParameters {
    /** [inputs, n]. */
    static final String INPUT = "input";
    /** [n, actions]. */
    static final String POLICY = "policy";
    /** [actions]. */
    static final String POLICY_BIAS = "policy_bias";
    /** [n, 1]. */
    static final String VALUE = "value";
    /** [1]. */
    static final String VALUE_BIAS = "value_bias";

    private AgentParameters() {}

    /**
     * All parameters, those of the plastic layer first. Agents that differ in their rule alone begin with the same weights,
     * inputs and heads.
     *
     * @param plastic draws those of the plastic layer from a seed
     * @param inputScale standard deviation of the input weights
     * @param headScale standard deviation of the heads' weights; biases begin at 0
     */
    static LinkedHashMap<String, INDArray> draw(
            Shape shape, LongFunction<Map<String, INDArray>> plastic, double inputScale, double headScale, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        LinkedHashMap<String, INDArray> drawn = new LinkedHashMap<>();
        drawn.putAll(plastic.apply(random.nextLong()));
        drawn.put(INPUT, normal(random, inputScale, shape.inputs(), shape.neurons()));
        drawn.put(POLICY, normal(random, headScale, shape.neurons(), shape.actions()));
        drawn.put(POLICY_BIAS, Nd4j.zeros(DataType.FLOAT, shape.actions()));
        drawn.put(VALUE, normal(random, headScale, shape.neurons(), 1));
        drawn.put(VALUE_BIAS, Nd4j.zeros(DataType.FLOAT, 1));
        return drawn;
    }

    private static INDArray normal(RandomGenerator random, double scale, int rows, int columns) {
        float[] values = new float[rows * columns];
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) (scale * random.nextGaussian());
        }
        return Nd4j.createFromArray(values).reshape('c', rows, columns);
    }
}
