package org.plastic4j.associativeretrieval;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.graph.Draw;

/** Networks, sequences and differences for the tests. */
final class Networks {
    /** Odd sizes, all different. */
    static final Shape SHAPE = new Shape(6, 3, 5, 4);

    private Networks() {}

    /** Inputs that are no one-hot vectors, so that all of them count. */
    static INDArray inputs(Shape shape, DataType type, long seed) {
        Random random = new Random(seed);
        return Draw.array(random::nextGaussian, type, shape.steps(), shape.batch(), shape.symbols());
    }

    /** One-hot. */
    static INDArray targets(Shape shape, DataType type, long seed) {
        Random random = new Random(seed);
        INDArray targets = Nd4j.zeros(type, shape.batch(), shape.symbols());
        for (int b = 0; b < shape.batch(); b++) {
            targets.putScalar(b, random.nextInt(shape.symbols()), 1);
        }
        return targets;
    }

    /** Values at which every term of every gradient counts: those that training starts from are small. */
    static void redraw(Map<String, INDArray> parameters, long seed) {
        Random random = new Random(seed);
        parameters.values().forEach(parameter -> {
            try (INDArray drawn =
                    Draw.array(() -> 0.7 * random.nextGaussian(), parameter.dataType(), parameter.shape())) {
                parameter.assign(drawn);
            }
        });
    }

    static double[] values(INDArray array) {
        try (INDArray copy = array.dup('c')) {
            return copy.data().asDouble();
        }
    }

    /** Parameters as plain arrays. */
    static Map<String, double[]> values(Map<String, INDArray> arrays) {
        Map<String, double[]> values = new LinkedHashMap<>();
        arrays.forEach((name, array) -> values.put(name, values(array)));
        return values;
    }

    /**
     * The slope of the loss along a direction in which a parameter changes, by central differences over two lengths: what is off is
     * of the fourth power of the step, since where a layer's values are nearly alike its norm makes the third derivative large.
     */
    static double slope(
            RetrievalNetwork network, INDArray parameter, INDArray direction, double step, INDArray in, INDArray out) {
        double near = difference(network, parameter, direction.mul(step), in, out);
        double far = difference(network, parameter, direction.mul(2 * step), in, out);
        return (8 * near - far) / (12 * step);
    }

    private static double difference(
            RetrievalNetwork network, INDArray parameter, INDArray change, INDArray in, INDArray out) {
        INDArray before = parameter.dup();
        parameter.assign(before.add(change));
        double above = network.backward(in, out);
        parameter.assign(before.sub(change));
        double below = network.backward(in, out);
        parameter.assign(before);
        return above - below;
    }
}
