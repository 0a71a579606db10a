package org.plastic4j.core.readout;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticReadout;
import org.plastic4j.core.lifetime.Agreement;
import org.plastic4j.core.rule.DecayingHebb;

class LabelClampTest {
    private static final int STEPS = 6;
    private static final int BATCH = 4;
    private static final int INPUTS = 9;
    private static final int CLASSES = 5;

    /** Five labelled steps in random order, then one without a label. */
    private static INDArray labels(Random random) {
        INDArray drive = Nd4j.zeros(DataType.DOUBLE, STEPS, BATCH, CLASSES);
        for (int b = 0; b < BATCH; b++) {
            int turn = random.nextInt(CLASSES);
            for (int t = 0; t < STEPS - 1; t++) {
                drive.putScalar(new int[] {t, b, (t + turn) % CLASSES}, 1000);
            }
        }
        return drive;
    }

    @ParameterizedTest
    @CsvSource({"FLOAT, true", "FLOAT, false", "DOUBLE, true", "DOUBLE, false"})
    void aDriveOf1000GivesExactlyTheLabelAndFiniteGradients(DataType type, boolean fused) {
        long seed = 8;
        PlasticReadout readout = new PlasticReadout(INPUTS, CLASSES, Alpha.PER_CONNECTION, new DecayingHebb());
        INDArray drive = labels(new Random(seed));
        ReadoutCase lifetimes =
                ReadoutCase.random(readout, true, STEPS, BATCH, 0.1, seed).with("drive", drive);
        Map<String, INDArray> results = lifetimes.run(fused ? new FusedReadout() : new UnrolledReadout(STEPS), type);

        results.forEach((name, array) -> {
            for (double value : array.dup('c').data().asDouble()) {
                assertThat(value).as("%s, seed %d", name, seed).isFinite();
            }
        });
        double largest = 0;
        for (int b = 0; b < BATCH; b++) {
            for (int j = 0; j < CLASSES; j++) {
                for (int t = 0; t < STEPS - 1; t++) {
                    double label = drive.getDouble(t, b, j) / 1000;
                    assertThat(results.get("y").getDouble(t, b, j)).isEqualTo(label);
                    // A clamped output does not move.
                    assertThat(results.get("grad_drive").getDouble(t, b, j)).isZero();
                }
                largest = Math.max(largest, results.get("y").getDouble(STEPS - 1, b, j));
                assertThat(results.get("grad_drive").getDouble(STEPS - 1, b, j)).isNotZero();
            }
        }
        assertThat(largest).as("without a label, seed %d", seed).isLessThan(1);
        // Labels are learned by what their steps leave in the trace.
        assertThat(results.get("grad_x").getDouble(0, 0, 0)).isNotZero();
    }

    @ParameterizedTest
    @CsvSource({"FLOAT", "DOUBLE"})
    void drivesThatWouldOverflowOneByOneDoNot(DataType type) {
        PlasticReadout readout = new PlasticReadout(INPUTS, CLASSES, Alpha.SHARED, new DecayingHebb());
        ReadoutCase lifetimes = ReadoutCase.random(readout, false, 2, 2, 0.1, 9);
        INDArray drive = lifetimes.arrays().get("drive");
        Map<String, INDArray> expected = lifetimes.run(new FusedReadout(), type);
        Map<String, INDArray> found = lifetimes.with("drive", drive.add(4096)).run(new FusedReadout(), type);
        // Softmax does not see what all classes have in common; a float of 4096 has 2^-11 for its last bit.
        double tolerance = type == DataType.FLOAT ? 2e-3 : 1e-11;
        Agreement.assertAgree(expected, found, tolerance, "a shifted drive");
    }
}
