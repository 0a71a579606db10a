package org.plastic4j.maze;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.plastic4j.maze.world.Trial;
import org.plastic4j.testing.Configs;
import org.plastic4j.training.Device;
import org.plastic4j.training.Seeds;
import org.plastic4j.training.network.PlasticSettings;
import org.plastic4j.training.trainer.Context;
import org.plastic4j.training.trainer.Session;
import org.plastic4j.training.trainer.Split;

class EvaluationTest {
    private final MazeExperiment experiment = new MazeExperiment();

    private Config config(String name, String... settings) {
        return Configs.load(experiment, name, settings);
    }

    @Test
    void actingAloneGivesTheMeasuresOfATrainingStepAndChangesNoParameter() {
        Config config = config("regression", "training.batch=1");
        try (Session session = experiment.open(config, new Context(new Seeds(1), 1, Device.CPU))) {
            INDArray before = session.trainable().parameters().get("w").dup();
            MultiDataSet episode = experiment.heldOut(config, Split.TEST).next();

            assertThat(session.trainable().evaluate(episode))
                    .isEqualTo(session.trainable().step(episode).measures());
            assertThat(session.trainable().evaluate(episode))
                    .isEqualTo(session.trainable().evaluate(episode));
            assertThat(session.trainable().parameters().get("w")).isEqualTo(before);
        }
    }

    /** The released code's figures, as far as they are known. */
    @Test
    void backpropaminesConfigurationsAreItsReleasedProtocols() {
        Map<String, Integer> neurons = Map.of(
                "backpropamine-plastic", 101,
                "backpropamine-modulated", 100,
                "backpropamine-retroactive", 100,
                "backpropamine-non-plastic", 100,
                "backpropamine-non-plastic-139", 139);
        neurons.forEach((name, expected) -> {
            Config maze = config(name);
            assertThat(maze.agent().neurons()).as(name).isEqualTo(expected);
            assertThat(maze.task().maze().wallPenalty()).as(name).isZero();
            assertThat(maze.training().maxLifetimes()).as(name).isEqualTo(200_002 * 30);
            assertThat(maze.training().optimizer().skip()).as(name).contains(101);
        });
        Config cues = config("cue-reward");
        assertThat(cues.task().steps()).isEqualTo(120);
        assertThat(cues.task().cues().chosen()).isEqualTo(new Trial.Shuffled(3));
        assertThat(cues.senses().inputs(cues.task().chosen())).isEqualTo(20 + 1 + 3);
        assertThat(cues.training().optimizer().epsilon()).isEqualTo(1e-6);
        assertThat(cues.training().optimizer().clipNorm()).contains(2.0);
        assertThat(cues.learning().spreadingCoefficient()).isEqualTo(0.1);
    }

    /** docs/results.md has them: they change with a new publication only. */
    @Test
    void agentsThatArePublishedKeepTheirProtocol() {
        for (String name : List.of("modulated", "non-plastic", "plastic", "retroactive", "shared")) {
            Config config = config(name);
            assertThat(config.task().maze().wallPenalty()).as(name).isEqualTo(0.1);
            assertThat(config.training().optimizer().skip()).as(name).isEmpty();
            assertThat(config.network().initial()).as(name).contains(PlasticSettings.Initial.NORMAL);
            assertThat(config.network().weightScale()).as(name).isEqualTo(0.1);
            assertThat(config.network().alphaScale()).as(name).isEqualTo(0.01);
            assertThat(config.agent().neurons()).as(name).isEqualTo(100);
        }
    }

    @Test
    void everyConfigurationIsOne() {
        for (String name : List.of(
                "backpropamine",
                "backpropamine-modulated",
                "backpropamine-non-plastic",
                "backpropamine-non-plastic-139",
                "backpropamine-plastic",
                "backpropamine-retroactive",
                "cue-reward",
                "cue-reward-non-plastic",
                "cue-reward-plastic",
                "cue-reward-retroactive",
                "modulated",
                "non-plastic",
                "paper",
                "plastic",
                "quick",
                "regression",
                "reproduction",
                "retroactive",
                "shared")) {
            assertThat(config(name).training().batch()).as(name).isPositive();
        }
    }
}
