package org.plastic4j.core.graph;

import java.util.Arrays;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Initial values of variables. */
public final class Draw {
    private Draw() {}

    /**
     * {@return an array whose elements are drawn one after the other, in C order}
     *
     * @param next gives the next element
     * @param type of the values: FLOAT or DOUBLE
     * @param shape the array's
     */
    public static INDArray array(DoubleSupplier next, DataType type, long... shape) {
        double[] values = new double[Math.toIntExact(LongStream.of(shape).reduce(1, Math::multiplyExact))];
        Arrays.setAll(values, i -> next.getAsDouble());
        return Nd4j.createFromArray(values).castTo(type).reshape('c', shape);
    }

    /**
     * {@return an array of values that are spread evenly over an interval}
     *
     * @param least the lower end
     * @param most the upper end
     * @param random where the values come from
     * @param type of the values: FLOAT or DOUBLE
     * @param shape the array's
     */
    public static INDArray uniform(double least, double most, RandomGenerator random, DataType type, long... shape) {
        return array(() -> least + (most - least) * random.nextDouble(), type, shape);
    }
}
