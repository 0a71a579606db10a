package org.plastic4j.benchmarks.nd4j;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.plastic4j.benchmarks.cases.AgentCase;
import org.plastic4j.benchmarks.cases.BenchmarkCase;
import org.plastic4j.benchmarks.cases.HostTensor;
import org.plastic4j.benchmarks.cases.Implementation;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.lifetime.FusedLifetime;
import org.plastic4j.maze.agent.ActorCritic;
import org.plastic4j.maze.agent.ActorCriticSettings;
import org.plastic4j.maze.agent.EpisodeStream;
import org.plastic4j.training.network.Execution;
import org.plastic4j.training.network.PlasticSettings;
import org.plastic4j.training.trainer.StepResult;

/** The maze experiment's agent, with plasticity within a hard bound, in the same batch of episodes again and again. */
public final class Plastic4jAgent implements Implementation {
    // As the experiment's defaults.
    private static final double WEIGHT_SCALE = 0.1;
    private static final double ALPHA_SCALE = 0.01;
    private static final double ETA = 0.1;
    private static final double INPUT_SCALE = 0.15;
    private static final double HEAD_SCALE = 0.05;

    private final AgentCase benchmarkCase;
    private final ActorCritic agent;
    private final MultiDataSet episodes;

    /**
     * @param benchmarkCase the case
     * @param threads how many act
     * @param seed of parameters and episodes
     */
    public Plastic4jAgent(AgentCase benchmarkCase, int threads, long seed) {
        this.benchmarkCase = benchmarkCase;
        agent = new ActorCritic(
                benchmarkCase.maze(),
                benchmarkCase.senses(),
                new ActorCritic.Body(benchmarkCase.neurons(), INPUT_SCALE, HEAD_SCALE),
                new PlasticSettings(
                        Alpha.PER_CONNECTION,
                        "hard-bound",
                        Optional.of(BenchmarkCase.BOUND),
                        Optional.empty(),
                        WEIGHT_SCALE,
                        ALPHA_SCALE,
                        ETA,
                        Execution.FUSED),
                new ActorCriticSettings(
                        AgentCase.DISCOUNT,
                        AgentCase.VALUE_COEFFICIENT,
                        ActorCriticSettings.EntropyRegularisation.SQUARES,
                        AgentCase.SQUARES_COEFFICIENT),
                new FusedLifetime(),
                benchmarkCase.batch(),
                threads,
                seed);
        episodes = new EpisodeStream(seed, benchmarkCase.batch()).next();
    }

    /** @return the parameters, for the other implementation */
    public Map<String, HostTensor> parameters() {
        return tensors(agent.parameters());
    }

    /** @return for each episode the seed of its world and that of its agent's choices */
    public long[] seeds() {
        return episodes.getFeatures(0).data().asLong();
    }

    private static Map<String, HostTensor> tensors(Map<String, INDArray> arrays) {
        Map<String, HostTensor> tensors = new LinkedHashMap<>();
        arrays.forEach((name, array) -> {
            try (INDArray copy = array.dup('c')) {
                tensors.put(name, new HostTensor(array.shape(), copy.data().asFloat()));
            }
        });
        return tensors;
    }

    @Override
    public String name() {
        return "this project";
    }

    /** The whole batch counts as one: what is timed is an iteration. */
    @Override
    public int lifetimes() {
        return 1;
    }

    @Override
    public void run() {
        agent.step(episodes);
    }

    @Override
    public Map<String, HostTensor> results() {
        StepResult step = agent.step(episodes);
        Map<String, HostTensor> results = new LinkedHashMap<>();
        tensors(step.gradients()).forEach((name, gradient) -> results.put("grad_" + name, gradient));
        results.put("reward", new HostTensor(new long[] {1}, new float[] {
            (float) (step.measures().get(ActorCritic.REWARD) * benchmarkCase.batch())
        }));
        return results;
    }

    @Override
    public void close() {
        agent.close();
    }
}
