package org.plastic4j.maze;

import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.maze.agent.ActorCritic;
import org.plastic4j.maze.agent.ActorCriticSettings;
import org.plastic4j.maze.world.Observation;
import org.plastic4j.training.config.InvalidSetting;
import org.plastic4j.training.config.Require;
import org.plastic4j.training.network.PlasticSettings;
import org.plastic4j.training.trainer.ExperimentConfig;
import org.plastic4j.training.trainer.TrainingSettings;

/**
 * All settings of the experiment; defaults.yaml says what each means and holds the defaults.
 *
 * @param seed the run's seed
 * @param task the world
 * @param senses what of it the agent senses
 * @param agent its size and how it begins
 * @param network its recurrent layer
 * @param learning what it learns from
 * @param training how it is trained
 */
record Config(
        long seed,
        TaskSettings task,
        Observation senses,
        Agent agent,
        PlasticSettings network,
        ActorCriticSettings learning,
        TrainingSettings training)
        implements ExperimentConfig {
    /** What is recorded of a batch lies in one block of memory, which has at most 2^31 - 1 bytes. */
    private static final long MOST_NUMBERS = Integer.MAX_VALUE / Float.BYTES;

    Config {
        int inputs = senses.inputs(task.chosen());
        if (inputs == 0) {
            throw new InvalidSetting("senses", "at least one that is true", "none");
        }
        long numbers = (long) task.steps() * training.batch() * Math.max(agent.neurons(), inputs);
        Require.that(
                "training.batch",
                training.batch(),
                numbers <= MOST_NUMBERS,
                "a batch whose steps, episodes and neurons multiply to at most " + MOST_NUMBERS);
    }

    /** The agent but for its recurrent layer. */
    record Agent(int neurons, double inputScale, double headScale) {
        Agent {
            Require.between("neurons", neurons, 1, PlasticCell.MOST_NEURONS);
            Require.notNegative("inputScale", inputScale);
            Require.notNegative("headScale", headScale);
        }

        ActorCritic.Body body() {
            return new ActorCritic.Body(neurons, inputScale, headScale);
        }
    }
}
