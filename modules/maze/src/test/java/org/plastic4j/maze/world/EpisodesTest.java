package org.plastic4j.maze.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EpisodesTest {
    private static final int RIGHT = Direction.RIGHT.ordinal();
    private static final int UP = Direction.UP.ordinal();

    private final Maze maze = new Maze(
            new Layout(5, false), 4, 10, 0.5, Maze.Start.CENTRE, Maze.Teleport.START, Optional.of(new Cell(2, 3)));

    private final List<Episode> both =
            List.of(maze.begin(new SplittableRandom(1)), maze.begin(new SplittableRandom(2)));

    private Episodes two(Observation observation) {
        return new Episodes(maze, observation, both);
    }

    @Test
    void sensesStandInTheirOrder() {
        Episodes episodes = two(Observation.ALL);
        float[] rewards = new float[2];
        episodes.act(new int[] {RIGHT, UP}, 0, rewards);
        float[] sensed = new float[2 * 16];
        episodes.observe(sensed, 0);

        assertThat(rewards).containsExactly(10, 0);
        // Sight, bias, a quarter of the steps, the last reward, and the last action among up, down, left, right.
        assertThat(sensed)
                .containsExactly(
                        0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0.25f, 10, 0, 0, 0, 1, //
                        1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 0.25f, 0, 1, 0, 0, 0);
    }

    @Test
    void nothingWasDoneBeforeTheFirstStep() {
        float[] sensed = new float[2 * 5];
        two(new Observation(false, false, false, true, true)).observe(sensed, 0);

        assertThat(sensed).containsOnly(0);
    }

    @Test
    void whatIsSwitchedOffIsNotSensed() {
        assertThat(Observation.ALL.inputs(maze)).isEqualTo(16);
        assertThat(new Observation(true, false, false, true, false).inputs(maze))
                .isEqualTo(10);
        assertThat(new Observation(false, true, true, false, false)
                        .inputs(new Cues(20, 2, 3, new Trial.Pauses(1, 2), 1)))
                .isEqualTo(2);
        float[] sensed = new float[2 * 2];
        Episodes episodes = two(new Observation(false, true, true, false, false));
        episodes.act(new int[2], 0, new float[2]);
        episodes.observe(sensed, 0);
        assertThat(sensed).containsExactly(1, 0.25f, 1, 0.25f);
    }

    @Test
    void tallyIsTheMeanAndTheEndIsTheEnd() {
        Episodes episodes = two(Observation.ALL);
        while (!episodes.areOver()) {
            episodes.act(new int[] {9, RIGHT, UP}, 1, new float[3]);
        }

        assertThat(Episodes.tally(both)).containsExactly(entry("found", 2.0), entry("bumps", 1.5));
        assertThatIllegalStateException()
                .isThrownBy(() -> episodes.act(new int[2], 0, new float[2]))
                .withMessage("The episodes are over after 4 steps.");
    }
}
