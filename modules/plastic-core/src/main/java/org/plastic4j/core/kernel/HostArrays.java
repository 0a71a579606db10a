package org.plastic4j.core.kernel;

import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.IntPointer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.concurrency.AffinityManager.Location;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Copies between ND4J's arrays and Java's, in C order. */
public final class HostArrays {
    /** How many values are checked at a time, few enough for the nearest cache. */
    private static final int CHUNK = 4096;
    /** How many a thread takes at a time where the work is partitioned. */
    private static final int PART = 16 * CHUNK;
    /** Reused: a stepper looks through its inputs in every step. */
    private static final ThreadLocal<int[]> BITS = ThreadLocal.withInitial(() -> new int[CHUNK]);

    private HostArrays() {}

    /** The values of an array of type FLOAT or DOUBLE. */
    public static double[] doubles(INDArray array) {
        double[] values = new double[Math.toIntExact(array.length())];
        if (array.dataType() == DataType.DOUBLE) {
            withDense(array, dense -> new DoublePointer(dense.data().addressPointer()).get(values));
        } else {
            float[] floats = new float[values.length];
            read(array, floats);
            Arrays.setAll(values, i -> floats[i]);
        }
        return values;
    }

    /** The values of an array of type FLOAT, into the beginning of {@code into}. */
    public static void read(INDArray array, float[] into) {
        read(array, into, 0);
    }

    /** The values of an array of type FLOAT, into {@code into} from an index on. */
    public static void read(INDArray array, float[] into, int at) {
        try (HostView view = HostView.reading(array)) {
            view.get(0, into, at, Math.toIntExact(array.length()));
        }
    }

    /** Fills a dense array of type FLOAT or DOUBLE. */
    public static void write(double[] values, INDArray array) {
        if (array.dataType() == DataType.DOUBLE) {
            requireDense(array);
            new DoublePointer(array.data().addressPointer()).put(values);
            tagWritten(array);
            // ND4J frees the memory of arrays that nothing refers to, whoever has its address.
            Reference.reachabilityFence(array);
        } else {
            float[] floats = new float[values.length];
            for (int i = 0; i < values.length; i++) {
                floats[i] = (float) values[i];
            }
            write(floats, array);
        }
    }

    /** Fills a dense array of type FLOAT with the beginning of {@code values}. */
    public static void write(float[] values, INDArray array) {
        try (HostView view = HostView.writing(array)) {
            view.put(0, values, 0, Math.toIntExact(array.length()));
        }
    }

    /**
     * Where the first NaN or infinity of an array of type FLOAT or DOUBLE stands, counted in C order; -1 if there is
     * none. For floats it takes about as long as copying the array within the cache.
     */
    static int firstNotFinite(INDArray array) {
        if (array.dataType() == DataType.DOUBLE) {
            double[] values = doubles(array);
            return IntStream.range(0, values.length)
                    .filter(i -> !Double.isFinite(values[i]))
                    .findFirst()
                    .orElse(-1);
        }
        int[] at = {-1};
        withDense(array, dense -> at[0] = firstNotFiniteFloat(dense));
        return at[0];
    }

    private static int firstNotFiniteFloat(INDArray dense) {
        int length = Math.toIntExact(dense.length());
        AtomicInteger first = new AtomicInteger(length);
        WorkerGroup.copy((length + PART - 1) / PART, length, part -> {
            int from = part * PART;
            int at = firstNotFiniteFloat(dense, from, from + Math.min(PART, length - from));
            first.accumulateAndGet(at < 0 ? length : at, Math::min);
        });
        return first.get() == length ? -1 : first.get();
    }

    /** Without the sign, the bits of infinities and NaN are larger than all others as integers. */
    private static int firstNotFiniteFloat(INDArray dense, int begin, int end) {
        int infinity = Float.floatToRawIntBits(Float.POSITIVE_INFINITY);
        IntPointer pointer = new IntPointer(dense.data().addressPointer());
        int[] bits = BITS.get();
        for (int from = begin; from < end; from += CHUNK) {
            int count = Math.min(CHUNK, end - from);
            pointer.position(from).get(bits, 0, count);
            int largest = 0;
            for (int k = 0; k < count; k++) {
                largest = Math.max(largest, bits[k] & Integer.MAX_VALUE);
            }
            for (int k = 0; largest >= infinity && k < count; k++) {
                if ((bits[k] & Integer.MAX_VALUE) >= infinity) {
                    return from + k;
                }
            }
        }
        return -1;
    }

    private static void withDense(INDArray array, Consumer<INDArray> reader) {
        INDArray dense = denseOnHost(array);
        try {
            reader.accept(dense);
        } finally {
            if (dense != array) {
                dense.close();
            }
            Reference.reachabilityFence(array);
        }
    }

    /** The array itself where its values lie in C order without gaps, else a copy to be closed. */
    static INDArray denseOnHost(INDArray array) {
        Nd4j.getAffinityManager().ensureLocation(array, Location.HOST);
        return isDense(array) ? array : array.dup('c');
    }

    /** To be said of an array that was filled on the host. */
    static void tagWritten(INDArray array) {
        Nd4j.getAffinityManager().tagLocation(array, Location.HOST);
    }

    /** Whether the values lie in C order without gaps; the strides of axes of length 1 say nothing. */
    public static boolean isDense(INDArray array) {
        long expected = 1;
        for (int axis = array.rank() - 1; axis >= 0; axis--) {
            if (array.size(axis) != 1 && array.stride(axis) != expected) {
                return false;
            }
            expected *= array.size(axis);
        }
        return true;
    }

    static void requireDense(INDArray array) {
        if (!isDense(array)) {
            throw new IllegalArgumentException("A lifetime's outputs must be dense arrays in C order.");
        }
    }
}
