package org.plastic4j.core.fused;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Copies between ND4J's arrays and Java's, in C order. */
final class HostArrays {
    private HostArrays() {}

    /** The numbers of an array of type FLOAT or DOUBLE. */
    static double[] doubles(INDArray array) {
        if (array.dataType() == DataType.DOUBLE) {
            double[] values = new double[Math.toIntExact(array.length())];
            withDense(array, dense -> new DoublePointer(dense.data().addressPointer()).get(values));
            return values;
        }
        float[] floats = new float[Math.toIntExact(array.length())];
        read(array, floats);
        double[] values = new double[floats.length];
        for (int i = 0; i < floats.length; i++) {
            values[i] = floats[i];
        }
        return values;
    }

    /** The numbers of an array of type FLOAT, into the beginning of {@code into}. */
    static void read(INDArray array, float[] into) {
        int length = Math.toIntExact(array.length());
        withDense(array, dense -> new FloatPointer(dense.data().addressPointer()).get(into, 0, length));
    }

    /** Fills a dense array of type FLOAT or DOUBLE. */
    static void write(double[] values, INDArray array) {
        if (array.dataType() == DataType.DOUBLE) {
            requireDense(array);
            new DoublePointer(array.data().addressPointer()).put(values);
            Nd4j.getAffinityManager().tagLocation(array, Location.HOST);
            return;
        }
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        write(floats, array);
    }

    /** Fills a dense array of type FLOAT with the beginning of {@code values}. */
    static void write(float[] values, INDArray array) {
        requireDense(array);
        new FloatPointer(array.data().addressPointer()).put(values, 0, Math.toIntExact(array.length()));
        Nd4j.getAffinityManager().tagLocation(array, Location.HOST);
    }

    private interface Reader {
        void read(INDArray dense);
    }

    private static void withDense(INDArray array, Reader reader) {
        Nd4j.getAffinityManager().ensureLocation(array, Location.HOST);
        if (isDense(array)) {
            reader.read(array);
            return;
        }
        try (INDArray dense = array.dup('c')) {
            reader.read(dense);
        }
    }

    /** Whether the numbers lie in C order without gaps; the strides of axes of length 1 say nothing. */
    private static boolean isDense(INDArray array) {
        long expected = 1;
        for (int axis = array.rank() - 1; axis >= 0; axis--) {
            if (array.size(axis) != 1 && array.stride(axis) != expected) {
                return false;
            }
            expected *= array.size(axis);
        }
        return true;
    }

    private static void requireDense(INDArray array) {
        if (!isDense(array)) {
            throw new IllegalArgumentException("A lifetime's outputs must be dense arrays in C order.");
        }
    }
}
