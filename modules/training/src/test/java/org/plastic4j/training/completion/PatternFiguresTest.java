package org.plastic4j.training.completion;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.plastic4j.data.patterns.PatternStream;
import org.plastic4j.data.patterns.PatternTask;
import org.plastic4j.training.figure.Figure;
import org.plastic4j.training.figure.Picture;

class PatternFiguresTest {
    private static final PatternTask TASK = new PatternTask(2, 12, 5, 1, 2, 1, 2);

    /** Predicts what it was shown last, so that exactly the missing bits are wrong. */
    private static INDArray echo(INDArray input) {
        return input.get(NDArrayIndex.point(TASK.steps() - 1), NDArrayIndex.all(), NDArrayIndex.all())
                .dup();
    }

    @Test
    void threeLifetimesShowWhatWasMissingAnsweredAndWrong() {
        List<Figure> figures = PatternFigures.of(TASK, new PatternStream(TASK, 1, 2), PatternFiguresTest::echo);

        assertThat(figures).hasSize(3).allSatisfy(figure -> {
            assertThat(figure.caption()).endsWith("of the prediction, 5 of 12 bits have the wrong sign (41.67%).");
            assertThat(figure.pictures())
                    .extracting(Picture::label)
                    .containsExactly("last input", "prediction", "target", "wrong bits, in red");
            int[] input = figure.pictures().get(0).rgb();
            int[] target = figure.pictures().get(2).rgb();
            int[] wrong = figure.pictures().get(3).rgb();
            assertThat(figure.pictures().get(1).rgb()).isEqualTo(input);
            for (int k = 0; k < input.length; k++) {
                assertThat(target[k]).isIn(0x000000, 0xffffff);
                assertThat(input[k] == target[k]).isEqualTo(wrong[k] != 0xd62f2f);
            }
        });
    }

    @Test
    void thousandBitsAreLaidOutInFullRows() {
        assertThat(Picture.columnsFor(1000)).isEqualTo(40);
        assertThat(Picture.columnsFor(100)).isEqualTo(10);
        // A prime number has no full rows but one.
        assertThat(Picture.columnsFor(101)).isEqualTo(11);
    }
}
