package org.plastic4j.maze.world;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A grid maze with a reward somewhere that cannot be seen and stays where it is for an episode. Who gets there is rewarded
 * and put elsewhere, and may come again. What there is to see are the nine cells around and below the agent: 1 for a wall.
 * The maze task of Miconi, Clune and Stanley, <a href="https://arxiv.org/abs/1804.02464">Differentiable plasticity</a>
 * (ICML 2018), section 4.4, and of <a href="https://arxiv.org/abs/2002.10585">Backpropamine</a> (ICLR 2019).
 *
 * @param layout where the walls are; at least two cells are free
 * @param steps how many steps an episode has, T
 * @param reward what getting to the reward is worth
 * @param wallPenalty what walking against a wall costs
 * @param start where an episode begins
 * @param teleport where the agent finds itself after a reward
 * @param rewardAt where the reward is in all episodes; where it is empty, on a random free cell that is not the start's
 */
public record Maze(
        Layout layout,
        int steps,
        double reward,
        double wallPenalty,
        Start start,
        Teleport teleport,
        Optional<Cell> rewardAt)
        implements World {
    private static final int NEIGHBOURHOOD = 9;

    /** Where an episode begins. */
    public enum Start {
        /** In the middle. */
        CENTRE,
        /** On a random free cell. */
        RANDOM
    }

    /** Where the agent finds itself after a reward. */
    public enum Teleport {
        /** On a random free cell that is not the reward's. */
        RANDOM,
        /** Where it began. */
        START
    }

    /**
     * Checks that there can be episodes.
     *
     * @throws IllegalArgumentException if there is not enough room, or the reward is not on a free cell
     */
    public Maze {
        Objects.requireNonNull(start, "start");
        Objects.requireNonNull(teleport, "teleport");
        if (layout.free().size() < 2) {
            throw new IllegalArgumentException("Maze: expected at least 2 free cells, one for the agent and one for the"
                    + " reward, found " + layout.free().size() + ".");
        }
        if (steps < 1) {
            throw new IllegalArgumentException("Maze: expected at least 1 step, found " + steps + ".");
        }
        rewardAt.ifPresent(cell -> requireFree(layout, cell));
        if (start == Start.CENTRE && rewardAt.filter(layout.centre()::equals).isPresent()) {
            throw new IllegalArgumentException(
                    "Maze: expected the reward elsewhere than the start, found both in the" + " centre.");
        }
    }

    static void requireFree(Layout layout, Cell cell) {
        if (!layout.contains(cell) || layout.isWall(cell)) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "Maze: expected the reward on a free cell, found %s at row %d, column %d.",
                    layout.contains(cell) ? "a wall" : "nothing",
                    cell.row(),
                    cell.column()));
        }
    }

    @Override
    public int sights() {
        return NEIGHBOURHOOD;
    }

    @Override
    public int actions() {
        return Direction.ALL.size();
    }

    @Override
    public MazeEpisode begin(RandomGenerator random) {
        Cell first = start == Start.CENTRE ? layout.centre() : free(random, rewardAt);
        return new MazeEpisode(this, first, rewardAt.orElseGet(() -> free(random, Optional.of(first))), random);
    }

    /** A random free cell other than this one. */
    Cell free(RandomGenerator random, Optional<Cell> except) {
        List<Cell> cells = layout.free();
        int hole = except.map(cells::indexOf).orElse(cells.size());
        int drawn = random.nextInt(except.isPresent() ? cells.size() - 1 : cells.size());
        return cells.get(drawn < hole ? drawn : drawn + 1);
    }
}
