package org.plastic4j.naturalimages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.plastic4j.data.pictures.DeadLeaves;
import org.plastic4j.data.pictures.PictureStream;
import org.plastic4j.data.pictures.PictureTask;
import org.plastic4j.training.figure.Figure;
import org.plastic4j.training.figure.Picture;

class PictureFiguresTest {
    private static final PictureTask TASK = new PictureTask(2, 8, 1, 2, 1, 2);

    /** Predicts what it was shown last. */
    private static INDArray echo(INDArray input) {
        return input.get(NDArrayIndex.point(TASK.steps() - 1), NDArrayIndex.all(), NDArrayIndex.all())
                .dup();
    }

    @Test
    void sixLifetimesShowTheWholePictureItsHalfAndTheAnswer() {
        List<Figure> figures = PictureFigures.of(
                TASK, new PictureStream(TASK, new DeadLeaves(1, 0, 30), 1, 4), PictureFiguresTest::echo);

        Set<String> missing = new HashSet<>();
        assertThat(figures).hasSize(6).allSatisfy(figure -> {
            assertThat(figure.pictures())
                    .extracting(Picture::label)
                    .startsWith("original", "degraded: what is missing in blue", "completed")
                    .hasSize(2 + TASK.pictures())
                    .endsWith("also shown");
            int[] whole = figure.pictures().get(0).rgb();
            int[] half = figure.pictures().get(1).rgb();
            int[] completed = figure.pictures().get(2).rgb();
            boolean upper = figure.caption().contains("without its upper half");
            missing.add(upper ? "upper" : "lower");
            for (int k = 0; k < 64; k++) {
                boolean isGiven = upper != k < 32;
                assertThat(half[k]).isEqualTo(isGiven ? whole[k] : 0xa9b8cc);
                assertThat(completed[k]).isEqualTo(isGiven ? whole[k] : 0x808080);
            }
            assertThat(figure.caption()).matches(".* error is (\\d+\\.\\d); a constant gray there would have \\1\\.");
        });
        assertThat(missing).containsExactlyInAnyOrder("upper", "lower");
        assertThat(figures.stream()
                        .map(figure -> Arrays.toString(figure.pictures().get(0).rgb())))
                .doesNotHaveDuplicates();
    }
}
