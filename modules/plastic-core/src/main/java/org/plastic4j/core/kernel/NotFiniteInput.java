package org.plastic4j.core.kernel;

import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * A NaN or an infinity among the inputs of a fused op. It has a type of its own since training that overshoots brings it
 * about as well as data that was never sound: a trainer can tell it from errors in the program.
 */
public final class NotFiniteInput extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private NotFiniteInput(String sentence) {
        super(sentence);
    }

    /**
     * Looks through an array of type FLOAT or DOUBLE.
     *
     * @throws NotFiniteInput if it holds a value that is not finite, naming the op, the input, the first such value
     *     in C order and its index
     */
    public static void reject(String op, String tensor, INDArray array) {
        int at = HostArrays.firstNotFinite(array);
        if (at >= 0) {
            long[] index = index(at, array.shape());
            throw new NotFiniteInput(op + ": " + tensor + ": expected finite numbers, found " + array.getDouble(index)
                    + " at " + Arrays.toString(index) + ".");
        }
    }

    /** Of the value at this index in C order. */
    private static long[] index(int at, long... shape) {
        long[] index = new long[shape.length];
        long rest = at;
        for (int axis = shape.length - 1; axis >= 0; axis--) {
            index[axis] = rest % shape[axis];
            rest /= shape[axis];
        }
        return index;
    }
}
