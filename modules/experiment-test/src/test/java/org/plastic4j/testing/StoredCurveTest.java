package org.plastic4j.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.testing.StoredCurve.Measure;
import org.plastic4j.testing.StoredCurve.Tolerance;
import org.plastic4j.training.metric.MetricTable;

class StoredCurveTest {
    private static final double[] LOSSES = {4, 2, 1, 0, 7};

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void store() throws IOException {
        file = folder.resolve("curve.csv");
        Files.writeString(file, "lifetimes,loss,eta\n2,3.000,0.10\n4,0.500,0.20\n");
    }

    private StoredCurve curve(Tolerance ofTheLoss) {
        return new StoredCurve(
                file,
                "quadratic",
                "lifetimes",
                2,
                List.of(new Measure("loss", 3, ofTheLoss), new Measure("eta", 2, Tolerance.absolute(0.05))));
    }

    /** A run whose windows of two rows have the stored means, but for what is added to every loss. */
    private static MetricTable run(double added) {
        return new MetricTable(
                List.of("lifetimes", "eta", "loss"),
                IntStream.range(0, LOSSES.length)
                        .mapToObj(i -> new double[] {i + 1, i < 2 ? 0.1 : 0.2, LOSSES[i] + added})
                        .toList());
    }

    @Test
    void runWithTheStoredMeansPassesAndRowsThatFillNoWindowDoNotCount() {
        assertThatNoException().isThrownBy(() -> curve(Tolerance.absolute(1e-9)).check(run(0)));
    }

    @Test
    void differenceWithinTheTolerancePassesAndOnePastItFailsWithBothCurvesAndTheCommand() {
        assertThatNoException().isThrownBy(() -> curve(Tolerance.absolute(0.11)).check(run(0.1)));
        assertThatThrownBy(() -> curve(Tolerance.absolute(0.09)).check(run(0.1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("2  3.000  0.10 / 3.100  0.10   <--")
                .hasMessageContaining("4  0.500  0.20 / 0.600  0.20   <--")
                .hasMessageContaining("-pl modules/quadratic -am test -Dtest=RegressionTest");
    }

    @Test
    void relativeToleranceIsAShareOfTheStoredMean() {
        // 0.1 is a thirtieth of the first mean and a fifth of the second.
        assertThatThrownBy(() -> curve(Tolerance.relative(0.1)).check(run(0.1)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("3.100  0.10%n".formatted())
                .hasMessageContaining("0.600  0.20   <--");
    }

    @Test
    void lossThatIsNoNumberFails() {
        assertThatThrownBy(() ->
                        curve(Tolerance.absolute(Double.POSITIVE_INFINITY)).check(run(Double.NaN)))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void shorterRunFails() {
        MetricTable shorter = new MetricTable(run(0).names(), run(0).rows().subList(0, 3));

        assertThatThrownBy(() -> curve(Tolerance.absolute(1)).check(shorter))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("4  0.500  0.20 / none");
    }

    @Test
    void fileOfAnotherWindowOrOtherColumnsIsRejectedWithItsLine() throws IOException {
        Files.writeString(file, "lifetimes,loss,eta\n3,3.000,0.10\n");
        assertThatThrownBy(() -> curve(Tolerance.absolute(1)).check(run(0)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("curve.csv, line 2: expected lifetimes,loss,eta after 2, found 3,3.000,0.10");

        Files.writeString(file, "lifetimes,loss\n2,3.000\n");
        assertThatThrownBy(() -> curve(Tolerance.absolute(1)).check(run(0)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("found 2,3.000 under lifetimes,loss");
    }

    @Test
    void storedMeansAreThoseOfTheirColumn() throws IOException {
        assertThat(curve(Tolerance.absolute(1)).stored("eta")).containsExactly(0.1, 0.2);
    }
}
