package org.plastic4j.core.kernel.vector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.plastic4j.core.kernel.vector.PanelLayout.START;
import static org.plastic4j.core.kernel.vector.VectorForward.BLOCK_WIDTH;
import static org.plastic4j.core.kernel.vector.VectorForward.PAIR;

import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("kernel")
class VectorPassTest {
    private static final int ROWS = 12;
    private static final int NEXT = 16 * BLOCK_WIDTH;
    private static final int TRACE = START + 3 * BLOCK_WIDTH;
    private static final int FACTOR = RowFactors.SIDE;
    /** Of sums of a dozen products in floats. */
    private static final double TOLERANCE = 1e-5;

    private final Random random = new Random(5);
    private final float[] w = elements(2 * NEXT + START);
    private final float[] alpha = elements(w.length);
    private final float[] trace = elements(w.length + TRACE);
    private final float[] factors = elements((ROWS + 1) * RowFactors.SIDE);

    private float[] elements(int count) {
        float[] elements = new float[count];
        for (int i = 0; i < count; i++) {
            elements[i] = (float) random.nextGaussian();
        }
        return elements;
    }

    private float[] inTwoLoops() {
        float[] sums = new float[VectorPass.SUMS];
        VectorPass.LEADING.run(w, alpha, trace, START, TRACE, NEXT, ROWS, factors, FACTOR, sums);
        VectorPass.REMAINING.run(w, alpha, trace, START, TRACE, NEXT, ROWS, factors, FACTOR, sums);
        return sums;
    }

    @Test
    void allPairsInOneLoopGiveTheSameSumsAsInTwo() {
        float[] sums = new float[VectorPass.SUMS];
        VectorPass.ALL.run(w, alpha, trace, START, TRACE, NEXT, ROWS, factors, FACTOR, sums);
        assertThat(sums).containsExactly(inTwoLoops());
    }

    @Test
    void aPassAccumulatesWhatItSays() {
        float[] sums = inTwoLoops();
        for (int column = 0; column < PAIR; column++) {
            int at = column / BLOCK_WIDTH * NEXT + column % BLOCK_WIDTH;
            for (int which = 0; which < RowFactors.SIDE; which++) {
                double expected = 0;
                for (int r = 0; r < ROWS; r++) {
                    float a = alpha[START + at + r * BLOCK_WIDTH];
                    double matrix = which == 0
                            ? w[START + at + r * BLOCK_WIDTH]
                            : which == 1 ? (double) a * trace[TRACE + at + r * BLOCK_WIDTH] : a;
                    expected += matrix * factors[FACTOR + r * RowFactors.SIDE + which];
                }
                assertThat((double) sums[START + which * PAIR + column])
                        .as("sum %d of column %d", which, column)
                        .isCloseTo(expected, within(TOLERANCE));
            }
        }
    }
}
