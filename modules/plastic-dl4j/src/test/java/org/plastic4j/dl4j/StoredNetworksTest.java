package org.plastic4j.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.plastic4j.core.rule.PlasticityRule;

/**
 * Networks that a version saved: src/test/resources/saved has a folder for each release, whose files never change after it.
 * Beside each are its outputs, and those after one more update.
 */
class StoredNetworksTest {
    private static final Path SAVED = Path.of("src/test/resources/saved");
    private static final INDArray INPUT = Networks.input(DataType.DOUBLE, 4, Networks.INPUTS, 6, 1);
    private static final DataSet DATA = new DataSet(INPUT, Networks.classes(DataType.DOUBLE, 4, 6, 2));

    static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(SAVED)) {
            return files.filter(file -> file.toString().endsWith(".zip"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void whatAVersionSavedComputesTheSameAndLearnsTheSameInThisOne(Path file) throws IOException {
        MultiLayerNetwork network = ModelSerializer.restoreMultiLayerNetwork(file.toFile(), true);

        assertThat(network.output(INPUT).equalsWithEps(stored(file, "before"), 1e-10))
                .isTrue();
        network.fit(DATA);
        assertThat(network.output(INPUT).equalsWithEps(stored(file, "after"), 1e-8))
                .isTrue();
    }

    /** Where a release is named, as in -Dsaved.version=0.1.0, its folder is written first. */
    @BeforeAll
    static void writeWhatThisVersionSaves() throws IOException {
        String version = System.getProperty("saved.version");
        if (version == null) {
            return;
        }
        Path folder = Files.createDirectories(SAVED.resolve(version));
        for (String rule : List.of("decaying_hebb", "neuromodulated_fan_out")) {
            MultiLayerNetwork network = Networks.network(
                    Networks.plastic().rule(PlasticityRule.of(rule, 2)).build(), DataType.DOUBLE, new Adam(0.02));
            network.fit(DATA);
            Path file = folder.resolve(rule + ".zip");
            ModelSerializer.writeModel(network, file.toFile(), true);
            Nd4j.writeAsNumpy(network.output(INPUT), beside(file, "before").toFile());
            network.fit(DATA);
            Nd4j.writeAsNumpy(network.output(INPUT), beside(file, "after").toFile());
        }
    }

    private static INDArray stored(Path file, String when) {
        return Nd4j.createFromNpyFile(beside(file, when).toFile());
    }

    private static Path beside(Path file, String when) {
        return file.resolveSibling(file.getFileName().toString().replace(".zip", "-" + when + ".npy"));
    }
}
