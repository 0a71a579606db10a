package org.plastic4j.binarypatterns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.plastic4j.testing.Configs;
import org.plastic4j.training.Device;
import org.plastic4j.training.Seeds;
import org.plastic4j.training.trainer.Context;
import org.plastic4j.training.trainer.Session;
import org.plastic4j.training.trainer.Split;

@Tag("slow")
class EvaluationTest {
    private final BinaryPatterns experiment = new BinaryPatterns();

    private Config config(String execution) {
        return Configs.load(
                experiment, "regression", "task.bits=41", "task.degradedBits=20", "network.execution=" + execution);
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
}
