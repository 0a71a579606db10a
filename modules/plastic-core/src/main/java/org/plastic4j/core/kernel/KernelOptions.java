package org.plastic4j.core.kernel;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;

/** System properties of the fast kernels, for measurements and tests: results differ by rounding alone. */
public final class KernelOptions {
    /** An upper limit to the length of vectors, in bits: 128, 256 or 512. */
    public static final String VECTOR_BITS = "plastic4j.vector.bits";

    /**
     * From how many neurons on the updates of traces that only decay are deferred, a whole number from 1 on. Below, a
     * layer's matrices stay in the cache, and one pass a step is faster.
     */
    public static final String DEFERRED_NEURONS = "plastic4j.deferred.neurons";

    /**
     * A folder that gets what rules were compiled to: for each rule and size its intermediate form, and the classes of its
     * loops, for {@code javap -c}.
     */
    public static final String COMPILED_DUMP = "plastic4j.compiled.dump";

    private static final int LONGEST = 512;
    private static final int NOT_CACHED = 257;

    private KernelOptions() {}

    /**
     * The longest vectors that the kernels may use, in bits.
     *
     * @throws IllegalArgumentException if the property {@value #VECTOR_BITS} is none of its values
     */
    public static int vectorBits() {
        String found = System.getProperty(VECTOR_BITS, String.valueOf(LONGEST));
        if (!Set.of("128", "256", "512").contains(found)) {
            throw new IllegalArgumentException(
                    "System property " + VECTOR_BITS + ": expected 128, 256 or 512, found " + found + ".");
        }
        return Integer.parseInt(found);
    }

    /** The folder that {@value #COMPILED_DUMP} names, if it names one. */
    public static Optional<Path> compiledDump() {
        return Optional.ofNullable(System.getProperty(COMPILED_DUMP))
                .filter(folder -> !folder.isBlank())
                .map(Path::of);
    }

    /**
     * From how many neurons on updates are deferred.
     *
     * @throws IllegalArgumentException if the property {@value #DEFERRED_NEURONS} is not a number from 1 on
     */
    public static int deferredNeurons() {
        String found = System.getProperty(DEFERRED_NEURONS, String.valueOf(NOT_CACHED));
        if (!found.matches("[1-9][0-9]{0,8}")) {
            throw new IllegalArgumentException("System property " + DEFERRED_NEURONS
                    + ": expected a whole number from 1 to 999999999, found " + found + ".");
        }
        return Integer.parseInt(found);
    }
}
