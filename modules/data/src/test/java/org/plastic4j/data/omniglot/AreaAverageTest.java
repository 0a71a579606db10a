package org.plastic4j.data.omniglot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AreaAverageTest {
    @Test
    void eachPixelIsTheShareOfItsAreaThatIsInk() {
        // Three pixels become two: each of them covers one and a half.
        boolean[] ink = {
            true, false, false, //
            false, true, false,
            false, false, false,
        };
        // Of 2.25: 1 and a quarter of the middle one; a quarter; a quarter; a quarter.
        assertThat(new AreaAverage(3, 2).of(ink))
                .containsExactly(
                        (byte) Math.round(255 * 1.25 / 2.25),
                        (byte) Math.round(255 * 0.25 / 2.25),
                        (byte) Math.round(255 * 0.25 / 2.25),
                        (byte) Math.round(255 * 0.25 / 2.25));
    }

    @Test
    void allInkStaysAllInk() {
        boolean[] ink = new boolean[105 * 105];
        java.util.Arrays.fill(ink, true);
        assertThat(new AreaAverage(105, 31).of(ink)).hasSize(961).containsOnly((byte) 255);
    }
}
