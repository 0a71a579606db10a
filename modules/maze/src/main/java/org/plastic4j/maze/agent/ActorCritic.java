package org.plastic4j.maze.agent;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.lifetime.Lifetime;
import org.plastic4j.maze.world.Episode;
import org.plastic4j.maze.world.Episodes;
import org.plastic4j.maze.world.Observation;
import org.plastic4j.maze.world.World;
import org.plastic4j.training.Nd4jThreads;
import org.plastic4j.training.network.PlasticSettings;
import org.plastic4j.training.trainer.StepResult;
import org.plastic4j.training.trainer.Trainable;

/**
 * An agent that acts in a batch of episodes of a world, and learns from them by advantage actor-critic. Its batches come from
 * an {@link EpisodeStream}; its lifetimes are the episodes.
 */
public final class ActorCritic implements Trainable {
    /** The name of the primary metric: the sum of the rewards of an episode. */
    public static final String REWARD = Measures.REWARD;

    private final World world;
    private final Observation observation;
    private final ActorCriticSettings settings;
    private final LinkedHashMap<String, INDArray> parameters;
    private final Actors actors;
    private final Learner learner;
    private final Rollout rollout;
    private float[] returns = {};
    private float[] advantages = {};
    private Map<String, INDArray> gradients = Map.of();

    /**
     * The parts that every agent has.
     *
     * @param neurons of the recurrent layer, n
     * @param inputScale standard deviation of the initial input weights
     * @param headScale standard deviation of the initial weights of policy and value
     */
    public record Body(int neurons, double inputScale, double headScale) {}

    /**
     * Builds the agent with its initial parameters. From then on ND4J's own ops have one thread in this process, which is
     * the one that has to call {@link #step}.
     *
     * @param world where it acts
     * @param observation what it observes there
     * @param body its size
     * @param network its recurrent layer
     * @param settings what it learns from
     * @param lifetime how lifetimes are executed for learning
     * @param batch episodes that run side by side
     * @param threads that act; what they do does not depend on how many there are
     * @param seed where the initial parameters come from
     */
    public ActorCritic(
            World world,
            Observation observation,
            Body body,
            PlasticSettings network,
            ActorCriticSettings settings,
            Lifetime lifetime,
            int batch,
            int threads,
            long seed) {
        // An agent's ops are small: threads would wait for each other longer than they work, and sums would depend
        // on how many there are.
        Nd4jThreads.set(1);
        this.world = world;
        this.observation = observation;
        this.settings = settings;
        Shape shape = new Shape(world.steps(), batch, observation.inputs(world), body.neurons(), world.actions());
        PlasticCell cell = network.cell(body.neurons());
        parameters = AgentParameters.draw(
                shape, drawing -> network.draw(cell, drawing), body.inputScale(), body.headScale(), seed);
        learner = new Learner(cell, shape, lifetime, settings, parameters);
        parameters.replaceAll((name, array) -> name.equals(AgentParameters.INPUT) ? array : learner.array(name));
        rollout = new Rollout(shape);
        actors = new Actors(cell, rollout, parameters, threads);
    }

    @Override
    public LinkedHashMap<String, INDArray> parameters() {
        return parameters;
    }

    @Override
    public StepResult step(MultiDataSet lifetimes) {
        forget();
        LinkedHashMap<String, Double> measures = evaluate(lifetimes);
        Learner.LossAndGradients result = learner.learn(rollout, returns, advantages);
        gradients = result.gradients();
        return new StepResult(result.loss(), gradients, measures);
    }

    @Override
    public LinkedHashMap<String, Double> evaluate(MultiDataSet lifetimes) {
        List<Episode> episodes = run(lifetimes, (number, episode) -> {});
        returns = Returns.discounted(rollout.rewards, rollout.shape().batch(), settings.discount());
        advantages = Returns.advantages(returns, rollout.values);
        LinkedHashMap<String, Double> measures = Measures.of(rollout, advantages);
        measures.putAll(Episodes.tally(episodes));
        if (parameters.containsKey(PlasticParameters.ETA)) {
            measures.put(
                    PlasticParameters.ETA, parameters.get(PlasticParameters.ETA).getDouble(0));
        }
        return measures;
    }

    /**
     * Lives a batch of episodes, without learning from them.
     *
     * @param lifetimes a batch of an {@link EpisodeStream}, of the size that the agent was built for
     * @param watcher sees the episodes before the first step and after every one
     * @return the episodes, which are over
     */
    public List<Episode> run(MultiDataSet lifetimes, Watcher watcher) {
        EpisodeStream.Chances chances = EpisodeStream.Chances.of(lifetimes);
        List<Episode> episodes = new ArrayList<>();
        chances.worlds().forEach(random -> episodes.add(world.begin(random)));
        actors.run(parameters, world, observation, episodes, chances.choices(), watcher);
        return episodes;
    }

    /** The last step's gradients, which are off-heap, are given back. */
    private void forget() {
        gradients.values().forEach(INDArray::close);
        gradients = Map.of();
    }

    /** Gives back the last step's gradients, and ends the threads. */
    @Override
    public void close() {
        forget();
        actors.close();
    }
}
