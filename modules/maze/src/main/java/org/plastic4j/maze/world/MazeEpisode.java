package org.plastic4j.maze.world;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** An agent's life in a {@link Maze}. */
public final class MazeEpisode implements Episode {
    private final Maze maze;
    private final Cell start;
    private Cell reward;
    private final RandomGenerator random;
    private Cell agent;
    private int found;
    private int bumps;

    MazeEpisode(Maze maze, Cell start, Cell reward, RandomGenerator random) {
        this.maze = maze;
        this.start = start;
        this.reward = reward;
        this.random = random;
        agent = start;
    }

    /** @return where the walls are */
    public Layout layout() {
        return maze.layout();
    }

    /** @return where the agent is */
    public Cell agent() {
        return agent;
    }

    /** @return where the reward is, which no agent can see */
    public Cell reward() {
        return reward;
    }

    /**
     * Moves the reward, which no experiment does: what the agent has learned of it is wrong from here on.
     *
     * @param cell where it is from now on
     * @throws IllegalArgumentException if that is no free cell
     */
    public void moveReward(Cell cell) {
        Maze.requireFree(maze.layout(), cell);
        reward = cell;
    }

    @Override
    public void see(float[] into, int at) {
        maze.layout().around(agent, into, at);
    }

    /** Goes to the next cell, or against the wall; {@code action} counts as in {@link Direction}. */
    @Override
    public double act(int action) {
        Cell next = agent.towards(Direction.ALL.get(action));
        double gained = 0;
        if (maze.layout().isWall(next)) {
            gained -= maze.wallPenalty();
            bumps++;
        } else {
            agent = next;
        }
        if (agent.equals(reward)) {
            gained += maze.reward();
            found++;
            agent = maze.teleport() == Maze.Teleport.START ? start : maze.free(random, Optional.of(reward));
        }
        return gained;
    }

    /** {@code found}: how often the reward was, {@code bumps}: how often a wall was. */
    @Override
    public Map<String, Double> tally() {
        Map<String, Double> tally = new LinkedHashMap<>();
        tally.put("found", (double) found);
        tally.put("bumps", (double) bumps);
        return tally;
    }

    /** @return the maze as text, as {@link Layout#text} gives it */
    public String text() {
        return maze.layout().text(agent, reward);
    }
}
