package org.plastic4j.associativeretrieval;

import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.graph.Draw;

/** Initial values, uniformly distributed by the size of a layer. */
final class Uniform {
    private Uniform() {}

    /** Between plus and minus one through the root of a layer's size. */
    static INDArray bySize(int size, DataType type, RandomGenerator random, long... shape) {
        double most = 1 / Math.sqrt(size);
        return Draw.uniform(-most, most, random, type, shape);
    }
}
