package org.plastic4j.benchmarks.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.plastic4j.benchmarks.cases.AgentCase;
import org.plastic4j.benchmarks.cases.BenchmarkCase;
import org.plastic4j.benchmarks.cases.BenchmarkRule;
import org.plastic4j.benchmarks.cases.HostTensor;
import org.plastic4j.benchmarks.cases.Implementation;
import org.plastic4j.maze.world.Episode;
import org.plastic4j.maze.world.Episodes;
import org.plastic4j.maze.world.Maze;

/**
 * The same agent as one writes it in PyTorch: it acts step by step for the whole batch, with what autograd needs kept, and
 * then one call goes backward through acting and all. World and choices are the same code as on our implementation.
 */
public final class PyTorchAgent implements Implementation {
    private final AgentCase benchmarkCase;
    private final long[] seeds;
    private final NDManager manager = PyTorch.manager();
    private final Map<String, NDArray> parameters = new LinkedHashMap<>();

    /**
     * @param benchmarkCase the case
     * @param parameters w, alpha, eta, input, policy, policy_bias, value and value_bias
     * @param seeds for each episode the seed of its world and that of its agent's choices
     */
    public PyTorchAgent(AgentCase benchmarkCase, Map<String, HostTensor> parameters, long[] seeds) {
        this.benchmarkCase = benchmarkCase;
        this.seeds = seeds.clone();
        parameters.forEach((name, tensor) ->
                this.parameters.put(name, manager.create(tensor.values(), new Shape(tensor.shape()))));
    }

    @Override
    public String name() {
        return "PyTorch";
    }

    /** The whole batch counts as one: what is timed is an iteration. */
    @Override
    public int lifetimes() {
        return 1;
    }

    @Override
    public void run() {
        iterate((name, array) -> {});
    }

    @Override
    public Map<String, HostTensor> results() {
        Map<String, HostTensor> results = new LinkedHashMap<>();
        iterate((name, array) ->
                results.put(name, new HostTensor(array.getShape().getShape(), array.toFloatArray())));
        return results;
    }

    private void iterate(BiConsumer<String, NDArray> use) {
        try (NDManager scope = manager.newSubManager();
                GradientCollector collector = PyTorch.started().newGradientCollector()) {
            Map<String, NDArray> leaves = new HashMap<>();
            parameters.forEach((name, parameter) -> {
                NDArray leaf = parameter.stopGradient();
                leaf.attach(scope);
                leaf.setRequiresGradient(true);
                leaves.put(name, leaf);
            });
            AgentLife life = new AgentLife(scope, leaves);
            collector.backward(life.loss());
            use.accept("reward", life.reward());
            leaves.forEach((name, leaf) -> {
                NDArray gradient = leaf.getGradient();
                gradient.attach(scope);
                use.accept("grad_" + name, gradient);
            });
        }
    }

    /** A batch of episodes while it runs. */
    private final class AgentLife {
        private final NDManager scope;
        private final Map<String, NDArray> p;
        private final Episodes episodes;
        private final List<RandomGenerator> choices = new ArrayList<>();
        private final NDList chosen = new NDList();
        private final NDList values = new NDList();
        private final NDList squares = new NDList();
        private final float[] rewards = new float[benchmarkCase.steps() * benchmarkCase.batch()];

        AgentLife(NDManager scope, Map<String, NDArray> parameters) {
            this.scope = scope;
            p = parameters;
            RandomGeneratorFactory<RandomGenerator> generators = RandomGeneratorFactory.of("L64X128MixRandom");
            Maze maze = benchmarkCase.maze();
            List<Episode> worlds = new ArrayList<>();
            for (int b = 0; b < benchmarkCase.batch(); b++) {
                worlds.add(maze.begin(generators.create(seeds[2 * b])));
                choices.add(generators.create(seeds[2 * b + 1]));
            }
            episodes = new Episodes(maze, benchmarkCase.senses(), worlds);
            run(new float[benchmarkCase.batch() * benchmarkCase.senses().inputs(maze)], maze.actions());
        }

        private void run(float[] inputs, int actions) {
            int batch = benchmarkCase.batch();
            int n = benchmarkCase.neurons();
            int[] taken = new int[rewards.length];
            PyTorchRules rules = new PyTorchRules(BenchmarkRule.HARD_BOUND, BenchmarkCase.BOUND, p);
            NDArray y = scope.zeros(new Shape(batch, n));
            PyTorchRules.State state = rules.initial(scope.zeros(new Shape(batch, n, n)));
            for (int t = 0; t < benchmarkCase.steps(); t++) {
                try (NDScope step = new NDScope()) {
                    episodes.observe(inputs, 0);
                    NDArray sensed = scope.create(inputs, new Shape(batch, inputs.length / batch));
                    NDArray connections = p.get("w").add(p.get("alpha").mul(state.hebb()));
                    NDArray recurrent = y.expandDims(1).batchMatMul(connections).squeeze(1);
                    NDArray now = sensed.matMul(p.get("input")).add(recurrent).tanh();
                    state = rules.next(state, y, now);
                    y = now;
                    NDArray logarithms = now.matMul(p.get("policy"))
                            .add(p.get("policy_bias"))
                            .logSoftmax(1);
                    NDArray probabilities = logarithms.exp();
                    NDArray value = now.matMul(p.get("value")).add(p.get("value_bias"));
                    float[] marks = choose(probabilities.toFloatArray(), actions, taken, t * batch);
                    NDArray marked = scope.create(marks, new Shape(batch, actions));
                    NDArray logarithm = logarithms.mul(marked).sum(new int[] {1});
                    NDArray square = probabilities.square().sum(new int[] {1});
                    episodes.act(taken, t * batch, rewards);
                    chosen.add(logarithm);
                    values.add(value);
                    squares.add(square);
                    // What was created from numbers of Java's is memory of Java's, which the gradients will read.
                    NDScope.unregister(sensed, marked, now, state.hebb(), logarithm, value, square);
                    step.suppressNotUsedWarning();
                }
            }
        }

        private float[] choose(float[] probabilities, int actions, int[] taken, int at) {
            float[] marks = new float[probabilities.length];
            for (int b = 0; b < benchmarkCase.batch(); b++) {
                double left = choices.get(b).nextDouble();
                int action = 0;
                while (action < actions - 1 && (left -= probabilities[b * actions + action]) >= 0) {
                    action++;
                }
                taken[at + b] = action;
                marks[b * actions + action] = 1;
            }
            return marks;
        }

        NDArray loss() {
            int batch = benchmarkCase.batch();
            Shape shape = new Shape(benchmarkCase.steps(), batch);
            float[] returns = new float[rewards.length];
            for (int k = rewards.length - 1; k >= 0; k--) {
                double later = k + batch < rewards.length ? returns[k + batch] : 0;
                returns[k] = (float) (rewards[k] + AgentCase.DISCOUNT * later);
            }
            NDArray expected = NDArrays.stack(values).reshape(shape);
            NDArray missed = scope.create(returns, shape).sub(expected);
            NDArray actor =
                    NDArrays.stack(chosen).mul(missed.stopGradient()).mean().neg();
            // Not mul of a number: DJL makes an array of it, which it gives back before the gradients read it.
            return actor.add(missed.square().mean().mul(scope.create((float) AgentCase.VALUE_COEFFICIENT)))
                    .add(NDArrays.stack(squares).mean().mul(scope.create((float) AgentCase.SQUARES_COEFFICIENT)));
        }

        NDArray reward() {
            float sum = 0;
            for (float reward : rewards) {
                sum += reward;
            }
            return scope.create(new float[] {sum});
        }
    }

    @Override
    public void close() {
        manager.close();
    }
}
