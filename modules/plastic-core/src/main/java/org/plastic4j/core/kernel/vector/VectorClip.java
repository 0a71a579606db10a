package org.plastic4j.core.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * Bounds on vectors of floats by their bits: without the sign, floats are ordered as integers are. Java's min and max
 * of floats, and its comparisons, take several instructions each.
 *
 * <p>Callers hold {@link #limit} and {@link #magnitude} in variables of their own, and what is used twice: made anew at
 * every use, they would be more than the compiler is willing to inline, whose patience ends at 8,000 bytes of bytecode.
 * An {@code and} with a complement counts twice.
 */
final class VectorClip {
    static final int LAST_BIT = 31;

    private VectorClip() {}

    /** The bits of a bound, in every lane. */
    static IntVector limit(float bound) {
        return FloatVector.broadcast(VectorForward.LANES, bound).reinterpretAsInts();
    }

    /** All bits but the sign, in every lane. */
    static IntVector magnitude() {
        return FloatVector.broadcast(VectorForward.LANES, Float.intBitsToFloat(Integer.MAX_VALUE))
                .reinterpretAsInts();
    }

    /** {@code min(max(value, -bound), bound)}. */
    static FloatVector clip(FloatVector value, IntVector limit, IntVector magnitude) {
        IntVector bits = value.reinterpretAsInts();
        return clip(bits, bits.and(magnitude), limit);
    }

    /**
     * The same.
     *
     * @param bits those of the value
     * @param size the same without the sign
     */
    static FloatVector clip(IntVector bits, IntVector size, IntVector limit) {
        return size.min(limit).or(bits.lanewise(VectorOperators.XOR, size)).reinterpretAsFloats();
    }

    /**
     * {@code passed} where a value is within a bound, else 0.
     *
     * @param size the value's bits without the sign
     * @param above {@link #limit} plus 1
     */
    static FloatVector below(IntVector size, IntVector above, FloatVector passed) {
        return size.sub(above)
                .lanewise(VectorOperators.ASHR, LAST_BIT)
                .and(passed.reinterpretAsInts())
                .reinterpretAsFloats();
    }

    /** {@code value} with its sign turned where {@code by} is negative, and 0 where it is 0: sign(by) value. */
    static FloatVector signed(FloatVector value, FloatVector by, IntVector magnitude) {
        IntVector bits = by.reinterpretAsInts();
        IntVector none = bits.and(magnitude).sub(1).lanewise(VectorOperators.ASHR, LAST_BIT);
        return value.reinterpretAsInts()
                .lanewise(VectorOperators.XOR, bits.lanewise(VectorOperators.AND_NOT, magnitude))
                .lanewise(VectorOperators.AND_NOT, none)
                .reinterpretAsFloats();
    }
}
