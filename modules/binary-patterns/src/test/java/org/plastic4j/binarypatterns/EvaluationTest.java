package org.plastic4j.binarypatterns;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.plastic4j.data.LifetimeStream;
import org.plastic4j.experiment.Device;
import org.plastic4j.experiment.Seeds;
import org.plastic4j.experiment.config.ConfigFiles;
import org.plastic4j.experiment.config.ConfigLoader;
import org.plastic4j.experiment.config.ConfigText;
import org.plastic4j.experiment.config.SettingOverride;
import org.plastic4j.experiment.train.Context;
import org.plastic4j.experiment.train.Session;
import org.plastic4j.experiment.train.Split;

class EvaluationTest {
    private final BinaryPatterns experiment = new BinaryPatterns();

    private Config config(String execution) {
        ClassLoader loader = getClass().getClassLoader();
        return ConfigLoader.load(
                        Config.class,
                        ConfigText.resource(loader, experiment.defaultsResource()),
                        new ConfigFiles(experiment.name(), loader).find("regression"),
                        List.of(
                                SettingOverride.parse("task.bits=41"),
                                SettingOverride.parse("task.degradedBits=20"),
                                SettingOverride.parse("network.execution=" + execution)))
                .value();
    }

    @ParameterizedTest
    @ValueSource(strings = {"fused", "unrolled"})
    void forwardOnlyGivesTheMeasuresOfATrainingStepAndChangesNoParameter(String execution) {
        Config config = config(execution);
        try (Session session = experiment.open(config, new Context(new Seeds(1), 1, Device.CPU))) {
            INDArray before = session.trainable().parameters().get("w").dup();
            MultiDataSet lifetime = experiment.heldOut(config, Split.TEST).next();

            assertThat(session.trainable().evaluate(lifetime))
                    .isEqualTo(session.trainable().step(lifetime).measures());
            assertThat(session.trainable().evaluate(lifetime))
                    .isEqualTo(session.trainable().evaluate(lifetime));
            assertThat(session.trainable().parameters().get("w")).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 77})
    void noRunIsTrainedOnHeldOutLifetimes(long seed) {
        Config config = config("fused");
        LifetimeStream heldOut = experiment.heldOut(config, Split.TEST);
        INDArray shown = heldOut.next().getFeatures(0);
        try (Session session = experiment.open(config, new Context(new Seeds(seed), 1, Device.CPU))) {
            assertThat(session.lifetimes().next().getFeatures(0)).isNotEqualTo(shown);
        }
        assertThat(experiment.heldOut(config, Split.TEST).next().getFeatures(0)).isEqualTo(shown);
        assertThat(experiment.heldOut(config, Split.VALIDATION).next().getFeatures(0))
                .isNotEqualTo(shown);
    }
}
