package org.plastic4j.core.spec;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.LongStream;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.VariableType;

/** What is known of variables' shapes when a graph is built. Plain ops would broadcast some that do not fit. */
public final class KnownShapes {
    /** A size that is not known. */
    public static final long ANY = -1;

    private KnownShapes() {}

    /**
     * Checks a variable.
     *
     * @param where what asks for it
     * @param tensor how errors name it
     * @param expected its shape, with {@link #ANY} for sizes that are open; empty where it is one number
     * @throws IllegalArgumentException if its shape is known, and is another one
     */
    public static void require(String where, String tensor, SDVariable variable, Optional<long[]> expected) {
        long[] found = of(variable);
        if (found != null) {
            boolean fits = expected.map(shape -> fits(shape, found))
                    .orElseGet(() -> LongStream.of(found).allMatch(size -> size == 1 || size == ANY));
            String wanted = expected.map(shape -> "shape " + named(shape)).orElse("one number");
            TensorCheck.require(fits, where, tensor, wanted, variable.dataType(), found);
        }
    }

    private static boolean fits(long[] expected, long... found) {
        boolean fits = found.length == expected.length;
        for (int axis = 0; fits && axis < expected.length; axis++) {
            fits = expected[axis] == ANY || found[axis] == ANY || found[axis] == expected[axis];
        }
        return fits;
    }

    private static String named(long... expected) {
        return Arrays.toString(LongStream.of(expected)
                .mapToObj(size -> size == ANY ? "any" : Long.toString(size))
                .toArray());
    }

    /** A size of a variable; {@link #ANY} if it is not known. */
    public static long size(SDVariable variable, int axis) {
        long[] shape = of(variable);
        return shape == null || axis >= shape.length ? ANY : shape[axis];
    }

    /** The shape, with {@link #ANY} for sizes that are open; null if there is none before the graph runs. */
    private static long[] of(SDVariable variable) {
        return variable.getVariableType() == VariableType.ARRAY ? null : variable.getShape();
    }
}
