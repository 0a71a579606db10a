package org.plastic4j.data.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ContrastTest {
    @Test
    void pixelsHaveMeanZeroAndALargestSizeOfOne() {
        float[] pixels = Contrast.of(new DeadLeaves(1, 0, 1).gray(0), 32);

        double sum = 0;
        double largest = 0;
        for (float pixel : pixels) {
            sum += pixel;
            largest = Math.max(largest, Math.abs(pixel));
        }
        assertThat(sum / pixels.length).isCloseTo(0, within(1e-6));
        assertThat(largest).isEqualTo(1);
    }

    @Test
    void pictureIsAveragedOverSquaresAndThenScaled() {
        float[] gray = new float[1024];
        // The left upper quarter of the picture: half of its pixels 0.8, the others 0.
        for (int k = 0; k < 1024; k++) {
            gray[k] = k / 32 < 16 && k % 32 < 16 && k % 2 == 0 ? 0.8f : 0;
        }
        // Averages 0.4, 0, 0, 0 have mean 0.1 and a largest deviation of 0.3.
        float[] pixels = Contrast.of(gray, 2);
        assertThat(pixels).hasSize(4);
        assertThat(pixels[0]).isCloseTo(1, within(1e-6f));
        for (int k = 1; k < 4; k++) {
            assertThat(pixels[k]).isCloseTo(-1 / 3f, within(1e-6f));
        }
    }

    @Test
    void pictureOfOneGrayIsSilence() {
        float[] gray = new float[1024];
        Arrays.fill(gray, 0.3f);
        assertThat(Contrast.of(gray, 32)).containsOnly(0f);
    }
}
