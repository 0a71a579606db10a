package org.plastic4j.playground.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.plastic4j.playground.network.TrainedNetwork;

@Tag("slow")
class PictureNetworkTest {
    private static PictureNetwork network;

    @BeforeAll
    static void build() {
        network = new PictureNetwork(TrainedNetwork.require("pictures"));
    }

    /** A few rectangles and a disc in random places. */
    private static double[] picture(SplittableRandom random) {
        int side = network.side();
        double[] pixels = new double[side * side];
        java.util.Arrays.fill(pixels, random.nextDouble(-1, 1));
        for (int shape = 0; shape < 6; shape++) {
            double gray = random.nextDouble(-1, 1);
            double x = random.nextDouble(side);
            double y = random.nextDouble(side);
            double size = random.nextDouble(2, 6);
            boolean disc = shape % 2 == 0;
            for (int k = 0; k < pixels.length; k++) {
                double dx = Math.abs(k % side - x);
                double dy = Math.abs(k / side - y);
                if (disc ? Math.hypot(dx, dy) < size : Math.max(dx, dy) < size) {
                    pixels[k] = gray;
                }
            }
        }
        return pixels;
    }

    @Test
    void hiddenHalfIsCompletedFarBetterThanByAConstantGray() {
        SplittableRandom random = new SplittableRandom(3);
        double error = 0;
        double gray = 0;
        for (int lifetime = 0; lifetime < 40; lifetime++) {
            PictureNetwork.Completion made = network.complete(
                    List.of(picture(random), picture(random), picture(random)),
                    lifetime % 3,
                    lifetime % 2 == 0 ? PictureNetwork.Half.LOWER : PictureNetwork.Half.UPPER);
            error += made.error();
            gray += made.gray();
        }
        assertThat(error / gray).isLessThan(0.5);
    }

    @Test
    void whatIsShownStaysAndEveryStepIsThere() {
        SplittableRandom random = new SplittableRandom(4);
        PictureNetwork.Completion made = network.complete(
                List.of(picture(random), picture(random), picture(random)), 1, PictureNetwork.Half.UPPER);
        assertThat(made.steps()).hasSize(5);
        int half = network.side() * network.side() / 2;
        for (float[] step : made.steps()) {
            for (int k = half; k < 2 * half; k++) {
                assertThat(step[k]).isEqualTo(made.whole()[k]);
            }
        }
    }

    @Test
    void sameLifetimeGivesTheSameCompletion() {
        List<double[]> pictures = List.of(
                picture(new SplittableRandom(5)), picture(new SplittableRandom(6)), picture(new SplittableRandom(7)));
        float[] first =
                network.complete(pictures, 0, PictureNetwork.Half.LOWER).steps().get(4);
        network.complete(pictures, 2, PictureNetwork.Half.UPPER);
        assertThat(network.complete(pictures, 0, PictureNetwork.Half.LOWER)
                        .steps()
                        .get(4))
                .containsExactly(first);
    }

    @Test
    void pictureOfOneGrayIsRejected() {
        double[] flat = new double[network.side() * network.side()];
        SplittableRandom random = new SplittableRandom(8);
        assertThatThrownBy(() ->
                        network.complete(List.of(flat, picture(random), picture(random)), 1, PictureNetwork.Half.LOWER))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Expected pictures that are not of one gray all over");
    }
}
