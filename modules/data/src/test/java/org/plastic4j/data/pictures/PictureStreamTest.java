package org.plastic4j.data.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;

class PictureStreamTest {
    private static final PictureTask TASK = new PictureTask(3, 4, 2, 3, 2, 5);
    private static final Pictures PICTURES = new DeadLeaves(5, 0, 50);

    private static PictureStream stream(long seed, int batch) {
        return new PictureStream(TASK, PICTURES, seed, batch);
    }

    @Test
    void releasedAndPaperProtocolsHaveTheirLengths() {
        assertThat(new PictureTask(3, 32, 3, 20, 2, 3).steps()).isEqualTo(201);
        assertThat(new PictureTask(3, 32, 3, 20, 3, 20).steps()).isEqualTo(227);
    }

    @Test
    void everyPictureIsShownOncePerCycleWithSilenceAfterIt() {
        float[][] steps = lifetime(stream(7, 1).next(), 0);
        for (int cycle = 0; cycle < 2; cycle++) {
            Set<String> shown = new HashSet<>();
            for (int p = 0; p < 3; p++) {
                int start = (cycle * 3 + p) * 5;
                assertThat(steps[start]).isEqualTo(steps[start + 1]).isEqualTo(steps[start + 2]);
                assertThat(steps[start]).isNotEqualTo(new float[16]);
                assertThat(steps[start + 3]).containsOnly(0f);
                assertThat(steps[start + 4]).containsOnly(0f);
                shown.add(Arrays.toString(steps[start]));
            }
            assertThat(shown).hasSize(3);
        }
    }

    @Test
    void shownPicturesAreThoseOfTheSource() {
        Set<String> known = new HashSet<>();
        for (int index = 0; index < PICTURES.count(); index++) {
            known.add(Arrays.toString(Contrast.of(PICTURES.gray(index), 4)));
        }
        MultiDataSet batch = stream(8, 30).next();
        Set<String> used = new HashSet<>();
        for (int b = 0; b < 30; b++) {
            float[][] steps = lifetime(batch, b);
            for (int p = 0; p < 3; p++) {
                used.add(Arrays.toString(steps[5 * p]));
            }
        }
        assertThat(known).containsAll(used);
        assertThat(used).hasSizeGreaterThan(30);
    }

    @Test
    void inTheEndOneOfThemIsShownWithoutItsUpperOrLowerHalfAndAskedForAsAWhole() {
        MultiDataSet batch = stream(9, 20).next();
        Set<Boolean> upperMissing = new HashSet<>();
        for (int b = 0; b < 20; b++) {
            float[][] steps = lifetime(batch, b);
            float[] asked = batch.getLabels(0).getRow(b).toFloatVector();
            Set<String> shown = new HashSet<>();
            for (int p = 0; p < 3; p++) {
                shown.add(Arrays.toString(steps[5 * p]));
            }
            assertThat(shown).contains(Arrays.toString(asked));
            boolean upper = steps[30][0] == 0 && steps[30][1] == 0;
            upperMissing.add(upper);
            for (int s = 30; s < 35; s++) {
                for (int k = 0; k < 16; k++) {
                    boolean missing = upper == k < 8;
                    assertThat(steps[s][k]).isEqualTo(missing ? 0 : asked[k]);
                }
            }
        }
        assertThat(upperMissing).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void aLifetimeDependsOnSeedAndPositionAloneNotOnTheBatchSize() {
        List<String> one = new ArrayList<>();
        PictureStream single = stream(11, 1);
        for (int k = 0; k < 6; k++) {
            one.add(Arrays.deepToString(lifetime(single.next(), 0)));
        }
        MultiDataSet all = stream(11, 6).next();
        PictureStream moved = stream(11, 1);
        for (int k = 5; k >= 0; k--) {
            assertThat(Arrays.deepToString(lifetime(all, k))).isEqualTo(one.get(k));
            moved.moveTo(k);
            assertThat(Arrays.deepToString(lifetime(moved.next(), 0))).isEqualTo(one.get(k));
        }
        assertThat(Arrays.deepToString(lifetime(stream(12, 1).next(), 0))).isNotEqualTo(one.get(0));
    }

    @Test
    void sizesThatMakeNoTaskAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PictureTask(3, 12, 3, 20, 2, 3))
                .withMessage("PictureTask: side: expected an even number that divides 32, found 12.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PictureTask(0, 32, 3, 20, 2, 3))
                .withMessage("PictureTask: pictures: expected at least 1, found 0.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PictureStream(TASK, new DeadLeaves(0, 0, 2), 0, 1))
                .withMessage("PictureStream: expected at least 3 pictures to draw from, found 2.");
    }

    private static float[][] lifetime(MultiDataSet batch, int b) {
        INDArray shown = batch.getFeatures(0).get(NDArrayIndex.all(), NDArrayIndex.point(b), NDArrayIndex.all());
        return shown.dup('c').toFloatMatrix();
    }
}
