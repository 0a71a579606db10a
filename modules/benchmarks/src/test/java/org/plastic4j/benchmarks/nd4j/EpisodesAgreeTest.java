package org.plastic4j.benchmarks.nd4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.plastic4j.benchmarks.cases.EpisodeInputs;
import org.plastic4j.benchmarks.cases.EpisodeInputs.Work;
import org.plastic4j.benchmarks.cases.HostTensor;
import org.plastic4j.benchmarks.measure.Agreement;
import org.plastic4j.benchmarks.pytorch.PyTorch;
import org.plastic4j.benchmarks.pytorch.PyTorchEpisodes;

/** What is timed is the same on both implementations: outputs, and the gradients of all parameters. */
class EpisodesAgreeTest {
    private static final long SEED = 3;

    @BeforeAll
    static void start() {
        assumeTrue(PyTorch.missing().isEmpty());
        PyTorch.start(1);
    }

    @ParameterizedTest
    @CsvSource({"EMBEDDING, 2, 8", "TRAINING, 2, 11", "TRAINING, 1, 11"})
    void oursIsAsPyTorchs(Work work, int pytorchBatch, int gradients) {
        EpisodeInputs inputs = EpisodeInputs.draw(2, SEED);
        try (Plastic4jEpisodes ours = new Plastic4jEpisodes(inputs, work);
                PyTorchEpisodes pytorch = new PyTorchEpisodes(inputs, work, pytorchBatch)) {
            Map<String, HostTensor> found = ours.results();
            assertThat(found).hasSize(1 + gradients);
            Agreement.require("seed " + SEED, pytorch.results(), found, "ours beside PyTorch", 1e-4);
            // An update changes what is trained, and leaves the inputs as they are.
            ours.run();
            pytorch.run();
        }
    }
}
