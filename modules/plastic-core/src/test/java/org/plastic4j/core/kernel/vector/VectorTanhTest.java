package org.plastic4j.core.kernel.vector;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("kernel")
class VectorTanhTest {
    private static final double TOLERANCE = 3e-7;
    private static final int SIGN = 1 << 31;
    private static final int INFINITY = 0x7f800000;

    /** A vector of 16 or more at a time; the numbers come in twice, with either sign. */
    private static float[] tanh(float[] x) {
        float[] y = x.clone();
        VectorTanh.apply(y, 0, y.length);
        return y;
    }

    private static void check(float[] x) {
        float[] negative = new float[x.length];
        for (int i = 0; i < x.length; i++) {
            negative[i] = -x[i];
        }
        float[] y = tanh(x);
        float[] mirrored = tanh(negative);
        for (int i = 0; i < x.length; i++) {
            double expected = StrictMath.tanh(x[i]);
            // Below the normal floats, half of the smallest one is as near as any float comes.
            double allowed = Math.max(TOLERANCE * Math.abs(expected), Float.MIN_VALUE / 2.0);
            if (!(Math.abs(y[i] - expected) <= allowed) || !(Math.abs(y[i]) <= 1)) {
                throw new AssertionError("tanh(" + x[i] + "): expected " + expected + ", found " + y[i] + ".");
            }
            assertThat(Float.floatToIntBits(mirrored[i]))
                    .as("tanh is odd at %s", x[i])
                    .isEqualTo(Float.floatToIntBits(y[i]) ^ SIGN);
        }
    }

    @Test
    void everyExponentIsWithinTheTolerance() {
        int perExponent = 1 << 10;
        float[] x = new float[perExponent];
        for (int exponent = 0; exponent < 255; exponent++) {
            for (int i = 0; i < perExponent; i++) {
                x[i] = Float.intBitsToFloat((exponent << 23) | (i << 13) | (i * 7919 & 0x1fff));
            }
            check(x);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void randomFloatsAreWithinTheTolerance(long seed) {
        Random random = new Random(seed);
        float[] x = new float[1 << 16];
        for (int i = 0; i < x.length; i++) {
            x[i] = i % 2 == 0
                    ? Float.intBitsToFloat((int) (random.nextDouble() * INFINITY))
                    : (float) (20 * random.nextDouble());
        }
        check(x);
    }

    @Test
    void zerosInfinitiesAndNaNGiveWhatTheyShould() {
        float[] x = new float[16];
        x[1] = -0f;
        x[2] = Float.POSITIVE_INFINITY;
        x[3] = Float.NEGATIVE_INFINITY;
        x[4] = Float.NaN;
        x[5] = 9.5f;
        x[6] = Float.MAX_VALUE;
        float[] y = tanh(x);
        assertThat(y).startsWith(0f, -0f, 1f, -1f, Float.NaN, 1f, 1f).endsWith(0f);
    }
}
