package org.plastic4j.maze.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LayoutTest {
    @Test
    void pillarsStandWhereRowAndColumnAreEvenButNotInTheCentre() {
        assertThat(new Layout(9, true).text(new Cell(1, 1), new Cell(7, 6))).isEqualTo("""
                #########
                #A......#
                #.#.#.#.#
                #.......#
                #.#...#.#
                #.......#
                #.#.#.#.#
                #.....R.#
                #########
                """);
    }

    @Test
    void withoutPillarsThereAreOuterWallsAlone() {
        assertThat(new Layout(5, false).text(new Cell(2, 2), new Cell(2, 2))).isEqualTo("""
                #####
                #...#
                #.X.#
                #...#
                #####
                """);
    }

    @Test
    void mazeOfThePaperHasSixteenPillarsInNineByNineCells() {
        Layout layout = new Layout(11, true);

        assertThat(layout.free())
                .hasSize(81 - 16)
                .doesNotContain(new Cell(4, 4))
                .contains(layout.centre());
    }

    @Test
    void neighbourhoodIsRowByRowWithOneForAWall() {
        float[] seen = new float[11];
        new Layout(9, true).around(new Cell(1, 2), seen, 1);

        assertThat(seen).containsExactly(0, 1, 1, 1, 0, 0, 0, 0, 1, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -3, 4, 12})
    void sizeWithoutACentreIsRejected(int size) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Layout(size, true))
                .withMessage(
                        "Layout: expected an odd number of rows and columns, so that there is a centre, found %d.",
                        size);
    }
}
