package org.plastic4j.core.kernel.vector;

import java.lang.invoke.MethodHandles;
import org.plastic4j.core.kernel.compiled.Functions;

/** The hyperbolic tangent of many floats, the same bits in any compilation. */
final class VectorTanh {
    private static final Functions.InPlace LOOP =
            Functions.tanh(MethodHandles.lookup(), VectorLanes.SPECIES, VectorLanes.WIDTH);

    private VectorTanh() {}

    /** Replaces elements by their hyperbolic tangents, whole vectors of them. */
    static void apply(float[] values, int from, int length) {
        LOOP.run(values, from, length);
    }
}
