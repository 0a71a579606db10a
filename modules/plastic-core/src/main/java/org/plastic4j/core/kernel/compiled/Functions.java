package org.plastic4j.core.kernel.compiled;

import java.lang.invoke.MethodHandles;
import org.plastic4j.core.kernel.compiled.LoopBuilder.Vector;

/**
 * Functions of every connection, as code: polynomials, the same bits in any compilation. Of floats that are not NaN each is
 * within a few units in the last place.
 */
public final class Functions {
    private static final float LN2 = (float) Math.log(2);
    /** What a float leaves of ln 2. */
    private static final float LN2_REST = (float) (Math.log(2) - LN2);

    private static final float PER_LN2 = (float) (1 / Math.log(2));
    /** Adding this to k rounds to an integer and leaves k + 127, a float's exponent, in the lowest bits. */
    private static final float ROUND = 0x1.8p23f + 127;

    /** Floats near it are integers, which their lowest bits count. */
    private static final float INTEGER = 0x1.8p23f;

    private static final int EXPONENT_AT = 23;
    /** Between them, powers of two are normal floats. */
    private static final float LEAST_POWER = -87.3f;

    private static final float LARGEST_POWER = 88.3f;
    /** Beyond it, tanh is 1 in any float. */
    private static final float SATURATED = 16;
    /**
     * q of {@code exp(r) - 1 = r + r^2 q(r)}: least squares at 6,000 Chebyshev nodes of the interval for the relative error
     * of that, weighted anew by the error left (Lawson's way to the minimax), which comes to 1.3e-8.
     */
    private static final float[] Q = {0.49999997f, 0.16666543f, 0.0416672f, 0.00836658f, 0.0013882510f};

    private Functions() {}

    /** A loop over whole vectors of an array. */
    public interface InPlace {
        /** Replaces elements, and those up to a whole vector after them. */
        void run(float[] values, int from, int length);
    }

    /**
     * The hyperbolic tangent of many floats.
     *
     * @param caller a class that the loop belongs to
     * @param lanes the species of vectors
     */
    public static InPlace tanh(MethodHandles.Lookup caller, Object lanes, int blockWidth) {
        return LoopBuilder.build(caller, InPlace.class, lanes, loop -> {
            LoopBuilder.Floats values = loop.floats();
            LoopBuilder.Int from = loop.integer();
            LoopBuilder.Int length = loop.integer();
            loop.loop(length, blockWidth, k -> {
                LoopBuilder.Int at = loop.let(from.plus(k));
                loop.store(tanh(loop, loop.load(values, at)), values, at);
            });
        });
    }

    /** A loop that adds up the elements of an array. */
    public interface Sum {
        /**
         * Adds up all but the last few elements, which fill no vector.
         *
         * @param lanes gets a sum for each lane
         */
        void run(float[] values, int length, float[] lanes);
    }

    /** The sums of each lane's elements. */
    public static Sum sum(MethodHandles.Lookup caller, Object lanes, int blockWidth) {
        return summing(caller, lanes, blockWidth, (loop, value, sum) -> sum.add(value));
    }

    /** The same of 0 times the elements: 0 where all are finite, else NaN. */
    public static Sum zeros(MethodHandles.Lookup caller, Object lanes, int blockWidth) {
        return summing(caller, lanes, blockWidth, (loop, value, sum) -> value.fma(loop.zero(), sum));
    }

    private interface Accumulation {
        Vector next(LoopBuilder loop, Vector value, Vector sum);
    }

    private static Sum summing(MethodHandles.Lookup caller, Object lanes, int blockWidth, Accumulation accumulation) {
        return LoopBuilder.build(caller, Sum.class, lanes, loop -> {
            LoopBuilder.Floats values = loop.floats();
            LoopBuilder.Int length = loop.integer();
            LoopBuilder.Floats to = loop.floats();
            LoopBuilder.Variable sum = loop.let(loop.zero());
            loop.loop(length, blockWidth, k -> sum.set(accumulation.next(loop, loop.load(values, k), sum)));
            loop.store(sum, to, loop.constant(0));
        });
    }

    /** A loop that adds one array to another. */
    public interface Addition {
        /** Adds whole vectors of {@code values} from {@code at} on to {@code to}. */
        void run(float[] values, int at, float[] to, int length);
    }

    /** Adds elements. */
    public static Addition addition(MethodHandles.Lookup caller, Object lanes, int blockWidth) {
        return LoopBuilder.build(caller, Addition.class, lanes, loop -> {
            LoopBuilder.Floats values = loop.floats();
            LoopBuilder.Int at = loop.integer();
            LoopBuilder.Floats to = loop.floats();
            LoopBuilder.Int length = loop.integer();
            loop.loop(length, blockWidth, k -> loop.store(loop.load(to, k).add(loop.load(values, at.plus(k))), to, k));
        });
    }

    /** A loop from gradients of outputs to those of pre-activations. */
    public interface Slope {
        /**
         * Adds two gradients of outputs, and multiplies by the slope of tanh.
         *
         * @param y outputs, from {@code at} on
         * @param g gradients of them, likewise; become those of the pre-activations
         * @param more gradients, from {@code from} to {@code from + length}; become the sums
         */
        void run(float[] y, float[] g, int at, float[] more, int from, int length);
    }

    /** {@code g = (g + more) (1 - y) (1 + y)}. */
    public static Slope slope(MethodHandles.Lookup caller, Object lanes, int blockWidth) {
        return LoopBuilder.build(caller, Slope.class, lanes, loop -> {
            LoopBuilder.Floats y = loop.floats();
            LoopBuilder.Floats g = loop.floats();
            LoopBuilder.Int at = loop.integer();
            LoopBuilder.Floats more = loop.floats();
            LoopBuilder.Int from = loop.integer();
            LoopBuilder.Int length = loop.integer();
            loop.loop(length, blockWidth, k -> {
                LoopBuilder.Int here = loop.let(at.plus(k));
                LoopBuilder.Int there = loop.let(from.plus(k));
                Vector output = loop.let(loop.load(y, here));
                Vector all = loop.let(loop.load(g, here).add(loop.load(more, there)));
                loop.store(all, more, there);
                Vector slope = loop.number(1).sub(output).mul(loop.number(1).add(output));
                loop.store(all.mul(slope), g, here);
            });
        });
    }

    /** {@code exp(x) = 2^k (1 + p)}. */
    private record Power(Vector power, Vector p) {}

    private static Power power(LoopBuilder loop, Vector x) {
        Vector rounded = loop.let(x.fma(loop.number(PER_LN2), loop.number(ROUND)));
        Vector k = loop.let(rounded.sub(loop.number(ROUND)));
        Vector r = loop.let(k.fma(loop.number(-LN2_REST), k.fma(loop.number(-LN2), x)));
        Vector q = loop.number(Q[Q.length - 1]);
        for (int degree = Q.length - 2; degree >= 0; degree--) {
            q = q.fma(r, loop.number(Q[degree]));
        }
        Vector p = loop.let(q.fma(r.mul(r), r));
        return new Power(loop.let(rounded.bits().shiftLeft(EXPONENT_AT).floats()), p);
    }

    static Vector exp(LoopBuilder loop, Vector x) {
        Vector limited = loop.let(x.max(loop.number(LEAST_POWER)).min(loop.number(LARGEST_POWER)));
        Power power = power(loop, limited);
        return power.power().fma(power.p(), power.power());
    }

    /**
     * The hyperbolic tangent,
     *
     * <pre>
     * tanh |x| = -m / (2 + m),    m = exp(-2 |x|) - 1 = 2^k p(r) + (2^k - 1),    -2 |x| = k ln 2 + r,  |r| &lt;= ln 2 / 2
     * </pre>
     *
     * where {@code p(r) = r + r^2 q(r)} stands for {@code exp(r) - 1}. It keeps its relative precision at zero, where k is 0,
     * so that one path serves all floats: within 3e-7 of the true value, relative to it; 0 at 0, odd, at most 1, NaN where x
     * is.
     */
    static Vector tanh(LoopBuilder loop, Vector x) {
        Vector given = loop.let(x);
        Vector exponent = loop.let(given.abs().min(loop.number(SATURATED)).mul(loop.number(-2)));
        Power power = power(loop, exponent);
        Vector m = loop.let(power.power().fma(power.p(), power.power().sub(loop.number(1))));
        LoopBuilder.Bits size = loop.zero().sub(m).div(m.add(loop.number(2))).bits();
        LoopBuilder.Bits magnitude =
                loop.let(loop.number(Float.intBitsToFloat(Integer.MAX_VALUE)).bits());
        LoopBuilder.Bits bits = given.bits();
        return size.and(magnitude).or(bits.xor(bits.and(magnitude))).floats();
    }

    static Vector sigmoid(LoopBuilder loop, Vector x) {
        return tanh(loop, x.mul(loop.number(0.5f))).fma(loop.number(0.5f), loop.number(0.5f));
    }

    /**
     * {@code e ln 2 + 2 atanh(s)} with {@code x = 2^e m}, m from sqrt(1/2) to sqrt(2), and {@code s = (m - 1) / (m + 1)}, by
     * the series of atanh. Of what is 0 or denormal it is minus infinity, of what is negative NaN.
     */
    static Vector log(LoopBuilder loop, Vector x) {
        Vector given = loop.let(x);
        int least = Float.floatToIntBits((float) Math.sqrt(0.5));
        LoopBuilder.Bits exponent = loop.let(given.bits().plus(-least).shift(EXPONENT_AT));
        Vector m = loop.let(given.bits().sub(exponent.shiftLeft(EXPONENT_AT)).floats());
        Vector e = exponent.plus(Float.floatToIntBits(INTEGER)).floats().sub(loop.number(INTEGER));
        Vector s = loop.let(m.sub(loop.number(1)).div(m.add(loop.number(1))));
        Vector square = loop.let(s.mul(s));
        Vector series = loop.number(2f / 9);
        for (int k = 7; k >= 1; k -= 2) {
            series = series.fma(square, loop.number(2f / k));
        }
        Vector sum = loop.let(e.fma(loop.number(LN2), series.mul(s)));
        Vector ofNormal =
                loop.let(given.where("LT", loop.number(Float.MIN_NORMAL), loop.number(Float.NEGATIVE_INFINITY), sum));
        return given.where("LT", loop.zero(), loop.number(Float.NaN), ofNormal);
    }
}
