package org.plastic4j.core.kernel.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.plastic4j.core.kernel.vector.PanelLayout.START;
import static org.plastic4j.core.kernel.vector.VectorForward.PAIR;
import static org.plastic4j.core.kernel.vector.VectorForward.STRIP;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernel")
class VectorPassTest {
    private static final int ROWS = 12;
    private static final int NEXT = 16 * STRIP;
    private static final int TRACE = START + 3 * STRIP;
    private static final int FACTOR = RowFactors.SIDE;
    /** Of sums of a dozen products in floats. */
    private static final double TOLERANCE = 1e-5;

    private final Random random = new Random(5);
    private final float[] w = numbers(2 * NEXT + START);
    private final float[] alpha = numbers(w.length);
    private final float[] trace = numbers(w.length + TRACE);
    private final float[] factors = numbers((ROWS + 1) * RowFactors.SIDE);

    private float[] numbers(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    private float[] inTwoLoops() {
        float[] sums = new float[VectorPass.SUMS];
        VectorPass.LEADING.run(w, alpha, trace, START, TRACE, NEXT, ROWS, factors, FACTOR, sums);
        VectorPass.REMAINING.run(w, alpha, trace, START, TRACE, NEXT, ROWS, factors, FACTOR, sums);
        return sums;
    }

    @Test
    void allPairsInOneLoopGiveTheSameNumbersAsInTwo() {
        float[] sums = new float[VectorPass.SUMS];
        VectorPass.ALL.run(w, alpha, trace, START, TRACE, NEXT, ROWS, factors, FACTOR, sums);
        assertThat(sums).containsExactly(inTwoLoops());
    }

    @Test
    void aPassAccumulatesWhatItSays() {
        float[] sums = inTwoLoops();
        for (int column = 0; column < PAIR; column++) {
            int at = column / STRIP * NEXT + column % STRIP;
            for (int which = 0; which < RowFactors.SIDE; which++) {
                double expected = 0;
                for (int r = 0; r < ROWS; r++) {
                    float a = alpha[START + at + r * STRIP];
                    double matrix = which == 0
                            ? w[START + at + r * STRIP]
                            : which == 1 ? (double) a * trace[TRACE + at + r * STRIP] : a;
                    expected += matrix * factors[FACTOR + r * RowFactors.SIDE + which];
                }
                assertThat((double) sums[START + which * PAIR + column])
                        .as("sum %d of column %d", which, column)
                        .isCloseTo(expected, within(TOLERANCE));
            }
        }
    }
}
