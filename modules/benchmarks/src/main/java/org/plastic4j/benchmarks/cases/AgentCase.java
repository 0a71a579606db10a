package org.plastic4j.benchmarks.cases;

import java.util.Optional;
import org.plastic4j.maze.world.Layout;
import org.plastic4j.maze.world.Maze;
import org.plastic4j.maze.world.Observation;

/**
 * One iteration of training an agent: a batch of episodes, acted and learned from. The world, Backpropamine's maze, is the
 * same code for all implementations.
 *
 * @param neurons of the recurrent layer, n
 * @param steps of an episode, T
 * @param batch episodes, B
 * @param size rows and columns of the maze
 */
public record AgentCase(int neurons, int steps, int batch, int size) {
    /** What a reward counts one step earlier. */
    public static final double DISCOUNT = 0.9;
    /** The weight of the value's squared error. */
    public static final double VALUE_COEFFICIENT = 0.1;
    /** The weight of the squares of probabilities. */
    public static final double SQUARES_COEFFICIENT = 0.03;

    private static final double REWARD = 10;
    private static final double WALL_PENALTY = 0.1;

    /** @return the protocol of Backpropamine */
    public static AgentCase backpropamine() {
        return new AgentCase(100, 200, 30, 13);
    }

    /** @return the maze */
    public Maze maze() {
        return new Maze(
                new Layout(size, true),
                steps,
                REWARD,
                WALL_PENALTY,
                Maze.Start.CENTRE,
                Maze.Teleport.RANDOM,
                Optional.empty());
    }

    /** @return what agents sense */
    public Observation senses() {
        return Observation.ALL;
    }
}
