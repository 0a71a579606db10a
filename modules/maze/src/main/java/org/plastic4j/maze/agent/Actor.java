package org.plastic4j.maze.agent;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.lifetime.LifetimeStepper;
import org.plastic4j.maze.world.Episode;
import org.plastic4j.maze.world.Episodes;
import org.plastic4j.maze.world.Observation;
import org.plastic4j.maze.world.World;

/**
 * The agent while it acts: plain loops around a {@link LifetimeStepper}. With row vectors, in every step
 *
 * <pre>
 * drive = input . Win
 * y     = the plastic layer's step with this drive
 * p     = softmax(y Wp + bp)     the policy, from which the action is drawn
 * V     = y Wv + bv              the value
 * </pre>
 *
 * A graph would take longer to be called once than all of this takes.
 */
final class Actor {
    private final Rollout rollout;
    private final Shape shape;
    private final int first;
    private final int count;
    private final INDArray[] driveAt;
    private final INDArray[] outputAt;
    private final LifetimeStepper stepper;
    private final float[] drive;
    private final float[] y;
    private final float[] logits;
    private final double[] powers;
    private float[] input;
    /** The policy's, one an action, and the value's. */
    private final LinearUnit[] heads;

    /**
     * An agent for some of the lifetimes of a batch.
     *
     * @param first the first of these lifetimes
     * @param count how many they are
     * @param rollout where they are recorded
     */
    Actor(PlasticCell cell, int first, int count, Rollout rollout, Map<String, INDArray> parameters) {
        this.rollout = rollout;
        this.first = first;
        this.count = count;
        shape = rollout.shape();
        stepper = new LifetimeStepper(cell, parameters, count);
        driveAt = rollout.drivesOf(first, count);
        outputAt = rollout.outputsOf(first, count);
        drive = new float[count * shape.neurons()];
        y = new float[drive.length];
        logits = new float[shape.actions()];
        powers = new double[shape.actions()];
        heads = new LinearUnit[shape.actions() + 1];
        load(parameters);
    }

    /** Reads the parameters anew, as after an update. */
    void load(Map<String, INDArray> parameters) {
        stepper.load(parameters);
        input = floats(parameters.get(AgentParameters.INPUT));
        float[] policy = floats(parameters.get(AgentParameters.POLICY));
        float[] biases = floats(parameters.get(AgentParameters.POLICY_BIAS));
        for (int a = 0; a < shape.actions(); a++) {
            heads[a] = LinearUnit.column(policy, shape.actions(), a, biases[a]);
        }
        heads[shape.actions()] = LinearUnit.column(
                floats(parameters.get(AgentParameters.VALUE)),
                1,
                0,
                floats(parameters.get(AgentParameters.VALUE_BIAS))[0]);
    }

    private static float[] floats(INDArray array) {
        return array.data().asFloat();
    }

    /**
     * Lives its episodes from their beginning.
     *
     * @param episodes those of all the batch
     * @param choices what is random in each episode's actions
     * @param watcher sees its episodes
     */
    void run(
            World world,
            Observation observation,
            List<Episode> episodes,
            List<RandomGenerator> choices,
            Watcher watcher) {
        Episodes mine = new Episodes(world, observation, episodes.subList(first, first + count));
        stepper.begin();
        show(episodes, watcher);
        for (int t = 0; !mine.areOver(); t++) {
            int transition = t * shape.batch() + first;
            mine.observe(rollout.inputs, transition * shape.inputs());
            project(rollout.inputs, transition * shape.inputs());
            rollout.recordDrives(transition, drive);
            stepper.step(driveAt[t], outputAt[t]);
            rollout.readOutputs(transition, y);
            for (int b = 0; b < count; b++) {
                decide(b, transition + b);
                rollout.actions[transition + b] =
                        choose(transition + b, choices.get(first + b).nextDouble());
            }
            mine.act(rollout.actions, transition, rollout.rewards);
            show(episodes, watcher);
        }
    }

    private void show(List<Episode> episodes, Watcher watcher) {
        for (int b = first; b < first + count; b++) {
            watcher.see(b, episodes.get(b));
        }
    }

    /** Most of what is sensed is 0. */
    private void project(float[] inputs, int at) {
        int n = shape.neurons();
        Arrays.fill(drive, 0);
        for (int b = 0; b < count; b++) {
            for (int i = 0; i < shape.inputs(); i++) {
                float sensed = inputs[at + b * shape.inputs() + i];
                if (sensed != 0) {
                    addTimes(sensed, input, i * n, drive, b * n, n);
                }
            }
        }
    }

    private static void addTimes(float factor, float[] from, int fromAt, float[] to, int toAt, int count) {
        for (int k = 0; k < count; k++) {
            to[toAt + k] += factor * from[fromAt + k];
        }
    }

    /** Policy and value of an episode's step. */
    private void decide(int episode, int transition) {
        int actions = shape.actions();
        int at = episode * shape.neurons();
        rollout.values[transition] = heads[actions].of(y, at);
        float largest = Float.NEGATIVE_INFINITY;
        for (int a = 0; a < actions; a++) {
            logits[a] = heads[a].of(y, at);
            largest = Math.max(largest, logits[a]);
        }
        rollout.largest[transition] = largest;
        double sum = 0;
        for (int a = 0; a < actions; a++) {
            powers[a] = Math.exp(logits[a] - largest);
            sum += powers[a];
        }
        for (int a = 0; a < actions; a++) {
            rollout.probabilities[transition * actions + a] = (float) (powers[a] / sum);
        }
    }

    private int choose(int transition, double drawn) {
        double left = drawn;
        int last = shape.actions() - 1;
        for (int a = 0; a < last; a++) {
            left -= rollout.probabilities[transition * shape.actions() + a];
            if (left < 0) {
                return a;
            }
        }
        return last;
    }
}
