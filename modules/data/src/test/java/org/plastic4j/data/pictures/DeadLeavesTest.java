package org.plastic4j.data.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DeadLeavesTest {
    @Test
    void pictureIsAFunctionOfSeedAndNumberAlone() {
        Pictures all = new DeadLeaves(3, 0, 100);
        Pictures some = new DeadLeaves(3, 40, 10);
        assertThat(some.gray(2)).isEqualTo(all.gray(42)).isEqualTo(all.gray(42));
        assertThat(new DeadLeaves(4, 40, 10).gray(2)).isNotEqualTo(all.gray(42));
    }

    @Test
    void noTwoPicturesAreAlikeAndAllAreCoveredByGrays() {
        Pictures pictures = DeadLeaves.data(0).training();
        Set<String> seen = new HashSet<>();
        for (int index = 0; index < 200; index++) {
            float[] gray = pictures.gray(index);
            assertThat(gray).hasSize(1024);
            for (float level : gray) {
                assertThat(level).isBetween(0f, 1f);
            }
            seen.add(Arrays.toString(gray));
        }
        assertThat(seen).hasSize(200);
    }

    @Test
    void heldOutPicturesHaveOtherNumbersThanThoseForTraining() {
        PictureData data = DeadLeaves.data(0);
        assertThat(data.facts())
                .containsEntry("pictures", "generated: dead leaves, seed 0")
                .containsEntry("training", "50000 pictures, numbers 0 to 49999")
                .containsEntry("validation", "5000 pictures, numbers 50000 to 54999")
                .containsEntry("test", "5000 pictures, numbers 55000 to 59999");
        assertThat(data.validation().gray(7)).isEqualTo(new DeadLeaves(0, 0, 60_000).gray(50_007));
        assertThat(data.test().gray(0)).isEqualTo(new DeadLeaves(0, 0, 60_000).gray(55_000));
        assertThatExceptionOfType(IndexOutOfBoundsException.class)
                .isThrownBy(() -> data.training().gray(50_000));
    }

    /** In CIFAR-10's first 1,000 pictures: 0.91 and 0.77. */
    @Test
    void pixelsResembleTheirNeighboursAsInNaturalPictures() {
        Pictures pictures = DeadLeaves.data(0).training();
        assertThat(correlation(pictures, 1)).isBetween(0.86, 0.91);
        assertThat(correlation(pictures, 2)).isBetween(0.69, 0.77);
    }

    /** Of each picture's deviations from its mean, with those so many columns further. */
    private static double correlation(Pictures pictures, int columns) {
        double products = 0;
        double squares = 0;
        long pairs = 0;
        long pixels = 0;
        for (int index = 0; index < 400; index++) {
            float[] gray = pictures.gray(index);
            double mean = 0;
            for (float level : gray) {
                mean += level / gray.length;
            }
            for (int k = 0; k < gray.length; k++) {
                squares += (gray[k] - mean) * (gray[k] - mean);
                pixels++;
                if (k % Pictures.SIDE + columns < Pictures.SIDE) {
                    products += (gray[k] - mean) * (gray[k + columns] - mean);
                    pairs++;
                }
            }
        }
        return products / pairs / (squares / pixels);
    }
}
