package org.plastic4j.dl4j.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.dataset.DataSet;

@Tag("slow")
class CopyTaskTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return CopyTask.run(
                arguments,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }

    @Test
    void bothNetworksAreTrainedAndReported() {
        assertThat(run("--batches", "4", "--batch=2", "--neurons", "6")).isZero();

        assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains("12 symbols, each one of 10, are to be given again; by chance 10.0% are right.")
                // W 22 x 6, b, RW; alpha, eta; output layer 6 x 10 + 10.
                .contains("With plasticity: 6 neurons, " + (132 + 6 + 36 + 36 + 1 + 70) + " parameters")
                .contains("Without plasticity: 6 neurons, " + (132 + 6 + 36 + 70) + " parameters")
                .containsPattern("8 sequences, +\\d+\\.\\d s: +\\d+\\.\\d% right of 200 held-out sequences");
    }

    @Test
    void mistakeGetsOneSentence() {
        assertThat(run("--neurons", "none")).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo("--neurons: expected a positive integer, found 'none'.%n".formatted());
    }

    @Test
    void labelsAreTheSymbolsThatWereSeen() {
        CopyData data = new CopyData(4, 3);
        DataSet drawn = data.draw(5, RandomGenerator.of("L64X128MixRandom"));

        for (int b = 0; b < 5; b++) {
            for (int t = 0; t < 3; t++) {
                for (int s = 0; s < 4; s++) {
                    assertThat(drawn.getLabels().getDouble(b, s, 3 + t))
                            .isEqualTo(drawn.getFeatures().getDouble(b, s, t));
                    assertThat(drawn.getFeatures().getDouble(b, s, 3 + t)).isZero();
                }
                assertThat(drawn.getLabelsMaskArray().getDouble(b, t)).isZero();
                assertThat(drawn.getLabelsMaskArray().getDouble(b, 3 + t)).isEqualTo(1);
            }
        }
        assertThat(data.accuracy(drawn.getLabels(), drawn)).isEqualTo(1);
        assertThat(data.accuracy(drawn.getLabels().neg(), drawn)).isZero();
    }
}
