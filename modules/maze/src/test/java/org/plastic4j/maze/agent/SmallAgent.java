package org.plastic4j.maze.agent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.Initialisation;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.lifetime.FusedLifetime;
import org.plastic4j.core.rule.PlasticityRule;
import org.plastic4j.maze.world.Cell;
import org.plastic4j.maze.world.Episode;
import org.plastic4j.maze.world.Layout;
import org.plastic4j.maze.world.Maze;
import org.plastic4j.maze.world.Observation;

/** An agent of few neurons in a small maze, with large parameters so that all of it matters, and a batch that it rollout. */
final class SmallAgent {
    static final int NEURONS = 5;
    static final int STEPS = 9;
    static final int BATCH = 3;

    final Maze maze = new Maze(
            new Layout(5, true), STEPS, 10, 0.5, Maze.Start.CENTRE, Maze.Teleport.RANDOM, Optional.of(new Cell(2, 3)));
    final Shape shape = new Shape(STEPS, BATCH, Observation.ALL.inputs(maze), NEURONS, maze.actions());
    final LinkedHashMap<String, INDArray> parameters;
    final Learner learner;
    final Rollout rollout = new Rollout(shape);
    final float[] returns;
    final float[] advantages;
    private final PlasticCell cell;
    private final long seed;

    SmallAgent(Alpha alpha, String rule, ActorCriticSettings settings, long seed) {
        this.seed = seed;
        cell = new PlasticCell(NEURONS, alpha, PlasticityRule.of(rule, 0.4));
        parameters = AgentParameters.draw(
                shape,
                drawing -> new Initialisation(0.5, 0.7, 0.6, 0.8).draw(cell, DataType.FLOAT, drawing),
                0.4,
                0.9,
                seed);
        learner = new Learner(cell, shape, new FusedLifetime(), settings, parameters);
        run((number, episode) -> {});
        returns = Returns.discounted(rollout.rewards, BATCH, settings.discount());
        advantages = Returns.advantages(returns, rollout.values);
    }

    /** Runs the batch, in two threads. */
    void run(Watcher watcher) {
        List<Episode> episodes = new ArrayList<>();
        randoms(seed).forEach(random -> episodes.add(maze.begin(random)));
        try (Actors actors = new Actors(cell, rollout, parameters, 2)) {
            actors.run(parameters, maze, Observation.ALL, episodes, randoms(seed + BATCH), watcher);
        }
    }

    private static List<RandomGenerator> randoms(long seed) {
        return LongStream.range(seed, seed + BATCH)
                .mapToObj(each -> (RandomGenerator) new SplittableRandom(each))
                .toList();
    }

    Map<String, INDArray> gradients() {
        return learner.learn(rollout, returns, advantages).gradients();
    }
}
