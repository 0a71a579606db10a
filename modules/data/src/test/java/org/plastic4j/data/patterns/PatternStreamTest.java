package org.plastic4j.data.patterns;

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

class PatternStreamTest {
    private static final PatternTask TASK = new PatternTask(3, 10, 4, 2, 3, 2, 5);

    @Test
    void releasedAndPaperProtocolsHaveTheirPublishedLengths() {
        assertThat(new PatternTask(5, 1000, 500, 2, 6, 4, 6).steps()).isEqualTo(106);
        assertThat(new PatternTask(5, 1000, 500, 3, 10, 3, 10).steps()).isEqualTo(205);
        assertThat(new PatternTask(2, 50, 25, 1, 3, 1, 3).steps()).isEqualTo(11);
    }

    @Test
    void everyPatternIsShownOncePerCycleWithSilenceAfterIt() {
        float[][] steps = lifetime(new PatternStream(TASK, 7, 1).next(), 0);
        for (int cycle = 0; cycle < 2; cycle++) {
            Set<String> shown = new HashSet<>();
            for (int p = 0; p < 3; p++) {
                int start = (cycle * 3 + p) * 5;
                assertThat(steps[start]).isEqualTo(steps[start + 1]).isEqualTo(steps[start + 2]);
                assertThat(steps[start + 3]).containsOnly(0f);
                assertThat(steps[start + 4]).containsOnly(0f);
                shown.add(Arrays.toString(steps[start]));
            }
            assertThat(shown).hasSize(3);
        }
    }

    @Test
    void halfOfEveryPatternsBitsAreMinusOne() {
        float[][] steps = lifetime(new PatternStream(TASK, 8, 1).next(), 0);
        for (int p = 0; p < 6; p++) {
            assertThat(count(steps[p * 5], -1)).isEqualTo(5);
            assertThat(count(steps[p * 5], 1)).isEqualTo(5);
        }
    }

    @Test
    void theLastPresentationLacksItsDegradedBitsAndTheTargetHasThem() {
        MultiDataSet batch = new PatternStream(TASK, 9, 1).next();
        float[][] steps = lifetime(batch, 0);
        float[] target = batch.getLabels(0).getRow(0).toFloatVector();
        Set<String> shown = new HashSet<>();
        for (int p = 0; p < 3; p++) {
            shown.add(Arrays.toString(steps[p * 5]));
        }
        assertThat(shown).contains(Arrays.toString(target));
        for (int s = 30; s < 35; s++) {
            assertThat(count(steps[s], 0)).isEqualTo(4);
            for (int j = 0; j < 10; j++) {
                assertThat(steps[s][j]).isIn(0f, target[j]);
            }
        }
    }

    @Test
    void ordersPatternsAndQuestionsDifferFromLifetimeToLifetime() {
        MultiDataSet batch = new PatternStream(TASK, 10, 20).next();
        Set<String> lifetimes = new HashSet<>();
        Set<Boolean> sameOrderTwice = new HashSet<>();
        for (int b = 0; b < 20; b++) {
            float[][] steps = lifetime(batch, b);
            lifetimes.add(Arrays.deepToString(steps));
            sameOrderTwice.add(Arrays.equals(steps[0], steps[15]));
        }
        assertThat(lifetimes).hasSize(20);
        assertThat(sameOrderTwice).containsExactlyInAnyOrder(true, false);
    }

    @Test
    void aLifetimeDependsOnSeedAndPositionAloneNotOnTheBatchSize() {
        List<String> one = new ArrayList<>();
        PatternStream single = new PatternStream(TASK, 11, 1);
        for (int k = 0; k < 6; k++) {
            one.add(Arrays.deepToString(lifetime(single.next(), 0)));
        }
        MultiDataSet all = new PatternStream(TASK, 11, 6).next();
        PatternStream moved = new PatternStream(TASK, 11, 1);
        for (int k = 5; k >= 0; k--) {
            assertThat(Arrays.deepToString(lifetime(all, k))).isEqualTo(one.get(k));
            moved.moveTo(k);
            assertThat(Arrays.deepToString(lifetime(moved.next(), 0))).isEqualTo(one.get(k));
        }
        assertThat(single.position()).isEqualTo(6);
        assertThat(Arrays.deepToString(lifetime(new PatternStream(TASK, 12, 1).next(), 0)))
                .isNotEqualTo(one.get(0));
    }

    @Test
    void oddNumbersOfBitsAndNoDegradationAreFine() {
        MultiDataSet batch = new PatternStream(new PatternTask(1, 7, 0, 1, 1, 0, 1), 1, 2).next();
        assertThat(batch.getFeatures(0).shape()).containsExactly(2, 2, 7);
        assertThat(count(lifetime(batch, 1)[0], -1)).isEqualTo(3);
        assertThat(lifetime(batch, 1)[1]).isEqualTo(lifetime(batch, 1)[0]);
    }

    @Test
    void sizesThatMakeNoTaskAreRefusedByName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PatternTask(5, 10, 11, 2, 6, 4, 6))
                .withMessage("PatternTask: degradedBits: expected between 0 and 10, found 11.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PatternTask(0, 10, 5, 2, 6, 4, 6))
                .withMessage("PatternTask: patterns: expected at least 1, found 0.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PatternStream(TASK, 1, 0))
                .withMessageContaining("batch of at least 1");
    }

    private static float[][] lifetime(MultiDataSet batch, int b) {
        INDArray shown = batch.getFeatures(0).get(NDArrayIndex.all(), NDArrayIndex.point(b), NDArrayIndex.all());
        return shown.dup('c').toFloatMatrix();
    }

    private static int count(float[] values, float wanted) {
        int count = 0;
        for (float value : values) {
            count += value == wanted ? 1 : 0;
        }
        return count;
    }
}
