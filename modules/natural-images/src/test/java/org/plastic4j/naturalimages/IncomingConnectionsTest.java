package org.plastic4j.naturalimages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.training.figure.Figure;
import org.plastic4j.training.figure.Picture;

class IncomingConnectionsTest {
    private static final int SIDE = 4;
    private static final int RED = 0xb01c2e;
    private static final int BLUE = 0x0b4a9e;
    private static final int WHITE = 0xf7f7f7;
    private static final int GREEN = 0x20a030;

    /** Connections between the halves 1, but -1 from pixel 9 to pixel 2; the bias neuron's are huge. */
    private static INDArray betweenHalves() {
        INDArray matrix = Nd4j.zeros(DataType.FLOAT, 17, 17);
        for (int i = 0; i < 17; i++) {
            for (int j = 0; j < 17; j++) {
                boolean bias = i == 16 || j == 16;
                matrix.putScalar(i, j, bias ? 1000 : i < 8 == j < 8 ? 0 : 1);
            }
        }
        return matrix.putScalar(9, 2, -1);
    }

    @Test
    void aTileShowsWhatComesIntoItsPixelWhereItComesFrom() {
        List<Figure> figures =
                IncomingConnections.of(SIDE, Map.of("w", Nd4j.zeros(DataType.FLOAT, 17, 17), "alpha", betweenHalves()));

        assertThat(figures).singleElement().satisfies(figure -> {
            assertThat(figure.caption())
                    .startsWith("Each of 4 × 4 tiles")
                    .contains("alpha is 0.00 within a half of the picture and 1.00 between halves");
            assertThat(figure.scales().orElseThrow().get(1)).isEqualTo(1.0);
            assertThat(figure.pictures()).extracting(Picture::label).containsExactly("w", "alpha");
            Picture alpha = figure.pictures().get(1);
            assertThat(alpha.columns()).isEqualTo(4 * 5 + 1);
            // Pixel 2 is the third of the first row: its tile is the third of the first row of tiles.
            assertThat(color(alpha, 0, 2, 2)).isEqualTo(GREEN);
            assertThat(color(alpha, 0, 2, 9)).isEqualTo(BLUE);
            assertThat(color(alpha, 0, 2, 8)).isEqualTo(RED);
            assertThat(color(alpha, 0, 2, 7)).isEqualTo(WHITE);
            // And not the other way round.
            assertThat(color(alpha, 2, 1, 2)).isEqualTo(RED);
            assertThat(color(alpha, 2, 1, 9)).isEqualTo(GREEN);
        });
    }

    private static int color(Picture picture, int tileRow, int tileColumn, int pixel) {
        int row = tileRow * (SIDE + 1) + 1 + pixel / SIDE;
        int column = tileColumn * (SIDE + 1) + 1 + pixel % SIDE;
        return picture.rgb()[row * picture.columns() + column];
    }

    @Test
    void oneSharedNumberIsNoPicture() {
        List<Figure> figures = IncomingConnections.of(
                SIDE, Map.of("w", betweenHalves(), "alpha", Nd4j.createFromArray(0.5f), "eta", Nd4j.scalar(0.1f)));

        assertThat(figures.get(0).pictures()).extracting(Picture::label).containsExactly("w");
    }
}
