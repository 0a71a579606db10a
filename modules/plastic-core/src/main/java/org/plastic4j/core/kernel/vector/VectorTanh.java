package org.plastic4j.core.kernel.vector;

import static org.plastic4j.core.kernel.vector.VectorForward.LANES;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/**
 * The hyperbolic tangent of many floats, the same bits in any compilation:
 *
 * <pre>
 * tanh |x| = -m / (2 + m),    m = exp(-2 |x|) - 1 = 2^k p(r) + (2^k - 1),    -2 |x| = k ln 2 + r,  |r| <= ln 2 / 2
 * </pre>
 *
 * where {@code p(r) = r + r^2 q(r)} stands for {@code exp(r) - 1}. It keeps its relative precision at zero, where k is
 * 0, so that one path serves all floats: within 3e-7 of the true value, relative to it; 0 at 0, odd, at most 1, NaN
 * where x is.
 *
 * <p>q is of degree 4: least squares at 6,000 Chebyshev nodes of that interval for the relative error of p, weighted
 * anew by the error left (Lawson's way to the minimax), which comes to 1.3e-8.
 */
final class VectorTanh {
    private static final float Q0 = 0.49999997f;
    private static final float Q1 = 0.16666543f;
    private static final float Q2 = 0.0416672f;
    private static final float Q3 = 0.00836658f;
    private static final float Q4 = 0.0013882510f;
    private static final float LN2 = (float) Math.log(2);
    /** What a float leaves of ln 2. */
    private static final float LN2_REST = (float) (Math.log(2) - LN2);

    private static final float PER_LN2 = (float) (1 / Math.log(2));
    /** Beyond it, tanh is 1 in any float. */
    private static final float SATURATED = 16;
    /** Adding this to k rounds to an integer and leaves k + 127, a float's exponent, in the lowest bits. */
    private static final float ROUND = 0x1.8p23f + 127;

    private static final int EXPONENT_AT = 23;
    private static final int SIGN = 1 << 31;

    private VectorTanh() {}

    /** Replaces numbers by their hyperbolic tangents, whole vectors of them. */
    static void apply(float[] values, int from, int length) {
        for (int at = from; at < from + length; at += LANES.length()) {
            FloatVector x = FloatVector.fromArray(LANES, values, at);
            FloatVector exponent = x.abs().min(SATURATED).mul(-2);
            FloatVector rounded =
                    exponent.fma(FloatVector.broadcast(LANES, PER_LN2), FloatVector.broadcast(LANES, ROUND));
            FloatVector k = rounded.sub(ROUND);
            FloatVector power = rounded.reinterpretAsInts()
                    .lanewise(VectorOperators.LSHL, EXPONENT_AT)
                    .reinterpretAsFloats();
            FloatVector r = k.fma(FloatVector.broadcast(LANES, -LN2), exponent);
            r = k.fma(FloatVector.broadcast(LANES, -LN2_REST), r);
            FloatVector q = FloatVector.broadcast(LANES, Q4);
            q = q.fma(r, FloatVector.broadcast(LANES, Q3));
            q = q.fma(r, FloatVector.broadcast(LANES, Q2));
            q = q.fma(r, FloatVector.broadcast(LANES, Q1));
            q = q.fma(r, FloatVector.broadcast(LANES, Q0));
            FloatVector p = q.fma(r.mul(r), r);
            FloatVector m = power.fma(p, power.sub(1));
            IntVector size = m.neg().div(m.add(2)).reinterpretAsInts();
            size.and(Integer.MAX_VALUE)
                    .or(x.reinterpretAsInts().and(SIGN))
                    .reinterpretAsFloats()
                    .intoArray(values, at);
        }
    }
}
