package org.plastic4j.playground.maze;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.maze.agent.TrainedAgent;
import org.plastic4j.maze.world.Cell;
import org.plastic4j.maze.world.Layout;
import org.plastic4j.maze.world.Maze;
import org.plastic4j.maze.world.MazeEpisode;
import org.plastic4j.maze.world.Observation;
import org.plastic4j.playground.network.TrainedNetwork;
import org.plastic4j.training.network.RuleNames;

/** Agents that were trained in the same maze, each in an episode of its own that begins in the same way. */
public final class MazeAgents {
    private final Maze maze;
    private final Map<String, TrainedAgent> agents = new LinkedHashMap<>();

    /**
     * A reward that a person has moved.
     *
     * @param step after how many steps
     * @param row where to
     * @param column where to
     */
    public record Move(int step, int row, int column) {}

    /**
     * An agent's episode.
     *
     * @param name what kind of agent it is
     * @param path where it was before each step and in the end, row and column in turn
     * @param rewards where the reward was then
     * @param found how often it had found it by then
     */
    public record Walk(String name, List<Integer> path, List<Integer> rewards, List<Integer> found) {}

    /**
     * Builds the agents.
     *
     * @param trained networks of the maze experiment, all trained in the same maze, by what their kinds are called
     */
    public MazeAgents(Map<String, TrainedNetwork> trained) {
        TrainedNetwork.Origin first = trained.values().iterator().next().origin();
        maze = new Maze(
                new Layout(first.integer("task.maze.size"), Boolean.parseBoolean(first.setting("task.maze.pillars"))),
                first.integer("task.steps"),
                first.number("task.maze.reward"),
                first.number("task.maze.wallPenalty"),
                choice(Maze.Start.class, first.setting("task.maze.start")),
                choice(Maze.Teleport.class, first.setting("task.maze.teleport")),
                Optional.empty());
        trained.forEach((name, network) -> agents.put(
                name,
                new TrainedAgent(maze, observation(network.origin()), cell(network.origin()), network.parameters())));
    }

    private static <E extends Enum<E>> E choice(Class<E> type, String name) {
        return Enum.valueOf(type, name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static Observation observation(TrainedNetwork.Origin origin) {
        return new Observation(
                Boolean.parseBoolean(origin.setting("senses.sight")),
                Boolean.parseBoolean(origin.setting("senses.bias")),
                Boolean.parseBoolean(origin.setting("senses.step")),
                Boolean.parseBoolean(origin.setting("senses.reward")),
                Boolean.parseBoolean(origin.setting("senses.action")));
    }

    private static PlasticCell cell(TrainedNetwork.Origin origin) {
        return new PlasticCell(
                origin.integer("agent.neurons"),
                choice(Alpha.class, origin.setting("network.alpha")),
                RuleNames.rule(origin.setting("network.rule")));
    }

    /** @return rows and columns, outer walls included */
    public int size() {
        return maze.layout().size();
    }

    /** @return how many steps an episode has */
    public int steps() {
        return maze.steps();
    }

    /**
     * @param row a row
     * @param column a column
     * @return whether a reward can be there
     */
    public boolean isFree(int row, int column) {
        Cell cell = new Cell(row, column);
        return maze.layout().contains(cell) && !maze.layout().isWall(cell);
    }

    /** @return the maze in letters: {@code #} a wall, {@code .} a free cell, row after row */
    public String walls() {
        StringBuilder walls = new StringBuilder();
        for (int row = 0; row < size(); row++) {
            for (int column = 0; column < size(); column++) {
                walls.append(isFree(row, column) ? '.' : '#');
            }
        }
        return walls.toString();
    }

    /**
     * Lives an episode of every agent. The same seed gives the same episodes, as far as the reward is moved in the same way.
     *
     * @param seed what is random in the maze and in the agents' choices
     * @param moves where the reward is moved, by ascending steps; to free cells
     * @return what each agent did
     */
    public List<Walk> run(long seed, List<Move> moves) {
        List<Walk> walks = new ArrayList<>();
        agents.forEach((name, agent) -> {
            Walk walk = new Walk(name, new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            agent.run(seed, (number, episode) -> {
                MazeEpisode now = (MazeEpisode) episode;
                int step = walk.found.size();
                moves.stream()
                        .filter(move -> move.step == step)
                        .forEach(move -> now.moveReward(new Cell(move.row, move.column)));
                walk.path.addAll(List.of(now.agent().row(), now.agent().column()));
                walk.rewards.addAll(List.of(now.reward().row(), now.reward().column()));
                walk.found.add(now.tally().get("found").intValue());
            });
            walks.add(walk);
        });
        return walks;
    }
}
