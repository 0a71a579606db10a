package org.plastic4j.core.spec;

import java.util.Arrays;
import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/** Refuses tensors that do not fit, in one sentence: where, which, what was expected and what was found. */
public final class TensorCheck {
    private TensorCheck() {}

    /**
     * Checks a tensor of which the type and shape are known.
     *
     * @param holds whether it is as expected
     * @param where the op or execution that asks for it
     * @param tensor its name
     * @param expected what it should be, such as "shape [2, 3]"
     * @param type what its type is
     * @param shape what its shape is
     * @throws IllegalArgumentException if it is not as expected
     */
    public static void require(
            boolean holds, String where, String tensor, String expected, DataType type, long... shape) {
        if (!holds) {
            throw new IllegalArgumentException(where + ": " + tensor + ": expected " + expected + ", found " + type
                    + " " + Arrays.toString(shape) + ".");
        }
    }

    public static void require(boolean holds, String op, String tensor, String expected, INDArray found) {
        require(holds, op, tensor, expected, found.dataType(), found.shape());
    }

    /** Checks a tensor's shape, or that it is one number where that is empty. */
    public static void requireShape(String op, String tensor, Optional<long[]> expected, INDArray found) {
        boolean fits =
                expected.map(shape -> Arrays.equals(found.shape(), shape)).orElse(found.length() == 1);
        String wanted = expected.map(shape -> "shape " + Arrays.toString(shape)).orElse("one number");
        require(fits, op, tensor, wanted, found);
    }
}
