package org.plastic4j.maze.agent;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGeneratorFactory;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.maze.world.Episode;
import org.plastic4j.maze.world.Observation;
import org.plastic4j.maze.world.World;

/** An agent that was trained before, in one episode at a time; it learns within the episode, and nothing besides. */
public final class TrainedAgent {
    private static final RandomGeneratorFactory<java.util.random.RandomGenerator> GENERATORS =
            RandomGeneratorFactory.of("L64X128MixRandom");

    private final World world;
    private final Observation observation;
    private final Actor actor;

    /**
     * @param world where it acts
     * @param observation what it observes there
     * @param cell its recurrent layer
     * @param parameters as {@link ActorCritic#parameters} has them
     */
    public TrainedAgent(World world, Observation observation, PlasticCell cell, Map<String, INDArray> parameters) {
        this.world = world;
        this.observation = observation;
        Shape shape = new Shape(world.steps(), 1, observation.inputs(world), cell.neurons(), world.actions());
        actor = new Actor(cell, 0, 1, new Rollout(shape), parameters);
    }

    /**
     * Lives an episode from its beginning.
     *
     * @param seed what is random in it, the agent's choices included
     * @param watcher sees it before the first step and after every one
     */
    public synchronized void run(long seed, Watcher watcher) {
        Episode episode = world.begin(GENERATORS.create(seed));
        actor.run(world, observation, List.of(episode), List.of(GENERATORS.create(~seed)), watcher);
    }
}
