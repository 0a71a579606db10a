package org.plastic4j.maze;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.plastic4j.testing.Configs;
import org.plastic4j.training.Device;
import org.plastic4j.training.Seeds;
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

    @Test
    void everyConfigurationIsOne() {
        for (String name : List.of(
                "backpropamine",
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
