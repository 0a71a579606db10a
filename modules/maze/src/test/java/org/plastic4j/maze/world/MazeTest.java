package org.plastic4j.maze.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.entry;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.plastic4j.maze.world.Maze.Start;
import org.plastic4j.maze.world.Maze.Teleport;

class MazeTest {
    private static final int UP = Direction.UP.ordinal();
    private static final int DOWN = Direction.DOWN.ordinal();
    private static final int LEFT = Direction.LEFT.ordinal();
    private static final int RIGHT = Direction.RIGHT.ordinal();

    private final long seed = System.nanoTime();
    private final RandomGenerator random = new SplittableRandom(seed);

    private static Maze maze(Start start, Teleport teleport, Cell reward) {
        return new Maze(new Layout(7, true), 20, 10, 0.25, start, teleport, Optional.ofNullable(reward));
    }

    @Test
    void agentGoesWhereThereIsNoWallAndPaysForTheWallsItWalksAgainst() {
        MazeEpisode episode = maze(Start.CENTRE, Teleport.START, new Cell(5, 5)).begin(random);

        assertThat(episode.agent()).isEqualTo(new Cell(3, 3));
        assertThat(episode.act(UP)).isZero();
        assertThat(episode.agent()).isEqualTo(new Cell(2, 3));
        assertThat(episode.act(LEFT)).isEqualTo(-0.25);
        assertThat(episode.agent()).isEqualTo(new Cell(2, 3));
        assertThat(episode.act(UP)).isZero();
        assertThat(episode.act(UP)).isEqualTo(-0.25);
        assertThat(episode.act(RIGHT)).isZero();
        assertThat(episode.agent()).isEqualTo(new Cell(1, 4));
        assertThat(episode.tally()).containsExactly(entry("found", 0.0), entry("bumps", 2.0));
    }

    @Test
    void rewardIsGivenForGettingThereAndSendsBackToTheStart() {
        MazeEpisode episode = maze(Start.CENTRE, Teleport.START, new Cell(3, 5)).begin(random);

        for (int times = 1; times <= 3; times++) {
            assertThat(episode.act(RIGHT)).isZero();
            assertThat(episode.act(RIGHT)).isEqualTo(10);
            assertThat(episode.agent()).isEqualTo(new Cell(3, 3));
            assertThat(episode.tally()).containsEntry("found", (double) times);
        }
        assertThat(episode.reward()).isEqualTo(new Cell(3, 5));
    }

    @Test
    void randomTeleportLeadsToEveryFreeCellButTheRewards() {
        Maze maze = maze(Start.CENTRE, Teleport.RANDOM, new Cell(3, 4));
        Set<Cell> reached = new HashSet<>();
        for (int k = 0; k < 2000; k++) {
            MazeEpisode episode = maze.begin(random);
            assertThat(episode.act(RIGHT)).isEqualTo(10);
            reached.add(episode.agent());
        }

        Set<Cell> expected = new HashSet<>(maze.layout().free());
        expected.remove(new Cell(3, 4));
        assertThat(reached).as("seed %d", seed).isEqualTo(expected);
    }

    @Test
    void rewardStaysWhereItIsForAnEpisodeAndIsElsewhereInOthers() {
        Maze maze = maze(Start.CENTRE, Teleport.RANDOM, null);
        Set<Cell> rewards = new HashSet<>();
        for (int k = 0; k < 2000; k++) {
            MazeEpisode episode = maze.begin(random);
            Cell reward = episode.reward();
            rewards.add(reward);
            for (int step = 0; step < 20; step++) {
                episode.act(random.nextInt(4));
                assertThat(episode.reward()).as("seed %d", seed).isEqualTo(reward);
                assertThat(maze.layout().isWall(episode.agent())).isFalse();
                assertThat(episode.agent()).isNotEqualTo(reward);
            }
        }

        Set<Cell> expected = new HashSet<>(maze.layout().free());
        expected.remove(maze.layout().centre());
        assertThat(rewards).as("seed %d", seed).isEqualTo(expected);
    }

    @Test
    void randomStartIsEverywhereButOnTheReward() {
        Maze maze = maze(Start.RANDOM, Teleport.START, new Cell(1, 2));
        Set<Cell> starts = new HashSet<>();
        for (int k = 0; k < 2000; k++) {
            starts.add(maze.begin(random).agent());
        }

        Set<Cell> expected = new HashSet<>(maze.layout().free());
        expected.remove(new Cell(1, 2));
        assertThat(starts).as("seed %d", seed).isEqualTo(expected);
    }

    @Test
    void rewardCannotBeSeen() {
        float[] near = new float[9];
        float[] far = new float[9];
        maze(Start.CENTRE, Teleport.RANDOM, new Cell(3, 4)).begin(random).see(near, 0);
        maze(Start.CENTRE, Teleport.RANDOM, new Cell(5, 5)).begin(random).see(far, 0);

        assertThat(near).isEqualTo(far);
    }

    @Test
    void sameSeedGivesTheSameEpisode() {
        Maze maze = maze(Start.RANDOM, Teleport.RANDOM, null);
        MazeEpisode one = maze.begin(new SplittableRandom(seed));
        MazeEpisode other = maze.begin(new SplittableRandom(seed));
        for (int step = 0; step < 200; step++) {
            int action = random.nextInt(4);
            assertThat(one.act(action)).isEqualTo(other.act(action));
            assertThat(one.text()).as("seed %d", seed).isEqualTo(other.text());
        }
    }

    @Test
    void mazeWithoutRoomIsRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new Maze(new Layout(3, true), 5, 1, 0, Start.CENTRE, Teleport.RANDOM, Optional.empty()))
                .withMessage(
                        "Maze: expected at least 2 free cells, one for the agent and one for the reward, found 1.");
    }

    @Test
    void rewardThatNobodyCanReachIsRejected() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> maze(Start.CENTRE, Teleport.RANDOM, new Cell(2, 4)))
                .withMessage("Maze: expected the reward on a free cell, found a wall at row 2, column 4.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> maze(Start.CENTRE, Teleport.RANDOM, new Cell(3, 7)))
                .withMessage("Maze: expected the reward on a free cell, found nothing at row 3, column 7.");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> maze(Start.CENTRE, Teleport.RANDOM, new Cell(3, 3)))
                .withMessage("Maze: expected the reward elsewhere than the start, found both in the centre.");
    }

    @Test
    void downIsTheRowBelow() {
        MazeEpisode episode = maze(Start.CENTRE, Teleport.START, new Cell(1, 1)).begin(random);
        episode.act(DOWN);
        assertThat(episode.text()).isEqualTo("""
                #######
                #R....#
                #.#.#.#
                #.....#
                #.#A#.#
                #.....#
                #######
                """);
    }
}
