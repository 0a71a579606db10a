package org.plastic4j.benchmarks.cases;

import java.util.Arrays;
import java.util.Locale;

/**
 * Values in Java's memory, which no implementation owns.
 *
 * @param shape the sizes of its axes
 * @param values in C order
 */
public record HostTensor(long[] shape, float[] values) {
    /** Checks that the shape holds as many numbers as there are. */
    public HostTensor {
        if (length(shape) != values.length) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "HostTensor: expected %d values for shape %s, found %d.",
                    length(shape),
                    Arrays.toString(shape),
                    values.length));
        }
    }

    /** @return how much memory it takes */
    public long bytes() {
        return (long) values.length * Float.BYTES;
    }

    /** @return how many numbers a shape holds */
    public static int length(long... shape) {
        return Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
    }

    /**
     * @param axis which one to cut
     * @param from the first index along it
     * @param to the first that is left out
     * @return a copy of that part
     */
    public HostTensor part(int axis, int from, int to) {
        int outer = length(Arrays.copyOf(shape, axis));
        int inner = length(Arrays.copyOfRange(shape, axis + 1, shape.length));
        int size = Math.toIntExact(shape[axis]);
        float[] cut = new float[outer * (to - from) * inner];
        for (int i = 0; i < outer; i++) {
            System.arraycopy(values, (i * size + from) * inner, cut, i * (to - from) * inner, (to - from) * inner);
        }
        long[] cutShape = shape.clone();
        cutShape[axis] = to - from;
        return new HostTensor(cutShape, cut);
    }

    /**
     * Overwrites a part of this tensor.
     *
     * @param axis which axis the part is of
     * @param from where along it the part begins
     * @param part of the same sizes as this along the other axes
     */
    public void put(int axis, int from, HostTensor part) {
        int outer = length(Arrays.copyOf(shape, axis));
        int inner = length(Arrays.copyOfRange(shape, axis + 1, shape.length));
        int size = Math.toIntExact(shape[axis]);
        int width = Math.toIntExact(part.shape[axis]);
        for (int i = 0; i < outer; i++) {
            System.arraycopy(part.values, i * width * inner, values, (i * size + from) * inner, width * inner);
        }
    }

    @Override
    public String toString() {
        return "HostTensor" + Arrays.toString(shape);
    }
}
