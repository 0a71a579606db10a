package org.plastic4j.naturalimages;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.plastic4j.data.LifetimeStream;
import org.plastic4j.testing.Configs;
import org.plastic4j.training.Device;
import org.plastic4j.training.Seeds;
import org.plastic4j.training.trainer.Context;
import org.plastic4j.training.trainer.Session;
import org.plastic4j.training.trainer.Split;

class EvaluationTest {
    private final NaturalImages experiment = new NaturalImages();

    private Config config(String execution, String... more) {
        String[] settings = Stream.concat(
                        Stream.of("task.side=4", "data.source=generated", "network.execution=" + execution),
                        Stream.of(more))
                .toArray(String[]::new);
        return Configs.load(experiment, "regression", settings);
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

    @Test
    void heldOutLifetimesAreMadeOfPicturesThatNoRunIsTrainedOn(@TempDir Path folder) throws IOException {
        NumberedCifar.write(folder.resolve("data_batch_1.bin"));
        Config config = config("fused", "data.source=files", "data.dir=" + folder, "task.side=32");

        assertThat(records(experiment.heldOut(config, Split.TEST), 20)).allMatch(record -> record >= 9_500);
        assertThat(records(experiment.heldOut(config, Split.VALIDATION), 20))
                .allMatch(record -> record >= 9_000 && record < 9_500);
        try (Session session = experiment.open(config, new Context(new Seeds(3), 1, Device.CPU))) {
            assertThat(records(session.lifetimes(), 40)).hasSizeGreaterThan(60).allMatch(record -> record < 9_000);
        }
        assertThat(records(experiment.heldOut(config, Split.TEST), 5))
                .isEqualTo(records(experiment.heldOut(config, Split.TEST), 5));
    }

    /** The records of all pictures that are shown in these lifetimes. */
    private static Set<Integer> records(LifetimeStream stream, int lifetimes) {
        Set<Integer> records = new LinkedHashSet<>();
        for (int k = 0; k < lifetimes; k++) {
            MultiDataSet lifetime = stream.next();
            records.add(NumberedCifar.record(lifetime.getLabels(0).getRow(0).toFloatVector()));
            for (int step = 0; step < 12; step += 6) {
                records.add(NumberedCifar.record(lifetime.getFeatures(0)
                        .get(NDArrayIndex.point(step), NDArrayIndex.point(0), NDArrayIndex.all())
                        .toFloatVector()));
            }
        }
        return records;
    }
}
