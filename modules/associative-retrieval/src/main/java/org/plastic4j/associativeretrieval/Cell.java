package org.plastic4j.associativeretrieval;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A recurrent layer in a graph. Vectors are rows, and {@code w[i, j]} connects pre-synaptic i to post-synaptic j. */
sealed interface Cell permits LifetimeCell, FastWeightsCell, StpnCell {
    /** Weights from the input, [m, n]. */
    String INPUT = "input";
    /** Weights between units, [n, n]. */
    String W = "w";
    /** [n]. */
    String BIAS = "bias";

    /**
     * Draws the parameters that training starts from, in their order.
     *
     * @param units n
     */
    LinkedHashMap<String, INDArray> draw(int symbols, int units, DataType type, RandomGenerator random);

    /**
     * Draws these parameters and those of the readout. The same seed gives the same ones.
     *
     * @return those of the layer first
     */
    default LinkedHashMap<String, INDArray> draw(Shape shape, DataType type, long seed) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        int units = shape.units();
        LinkedHashMap<String, INDArray> drawn = draw(shape.symbols(), units, type, random);
        drawn.put(RetrievalNetwork.READOUT, Uniform.bySize(units, type, random, units, shape.symbols()));
        drawn.put(RetrievalNetwork.READOUT_BIAS, Uniform.bySize(units, type, random, shape.symbols()));
        return drawn;
    }

    /**
     * Adds sequences to a graph, from rest.
     *
     * @param parameters those of {@link #draw} by name
     * @param input [T, B, m]
     * @return the outputs of the last step, [B, n]
     */
    SDVariable last(SameDiff graph, Shape shape, Map<String, SDVariable> parameters, SDVariable input);
}
