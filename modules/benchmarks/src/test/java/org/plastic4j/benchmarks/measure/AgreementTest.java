package org.plastic4j.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.plastic4j.benchmarks.cases.HostTensor;
import org.plastic4j.training.RunFailure;

class AgreementTest {
    private static HostTensor tensor(float... values) {
        return new HostTensor(new long[] {values.length}, values);
    }

    @Test
    void relativeErrorIsInTheEuclideanNorm() {
        // |(0, 1)| / |(3, 4)| = 1 / 5.
        assertThat(Agreement.relativeError(tensor(3, 4), tensor(3, 5))).isEqualTo(0.2, Offset.offset(1e-12));
        assertThat(Agreement.relativeError(tensor(0, 0), tensor(0, 0))).isZero();
        assertThat(Agreement.relativeError(tensor(0, 0), tensor(0, 1))).isInfinite();
    }

    @Test
    void whatIsNotFiniteNeverAgrees() {
        assertThat(Agreement.relativeError(tensor(1), tensor(Float.NaN))).isInfinite();
        assertThat(Agreement.relativeError(tensor(Float.POSITIVE_INFINITY), tensor(Float.POSITIVE_INFINITY)))
                .isInfinite();
    }

    @Test
    void disagreementIsOneSentenceWithTensorToleranceAndWhatWasFound() {
        assertThatThrownBy(() -> Agreement.require(
                        "n3",
                        Map.of("y", tensor(1), "grad_w", tensor(3, 4)),
                        Map.of("y", tensor(1), "grad_w", tensor(3, 5)),
                        "ours",
                        1e-3))
                .isInstanceOf(RunFailure.class)
                .hasMessage("n3 is not timed: expected a relative error of grad_w of ours of at most 1e-03,"
                        + " found 2.00e-01");
    }

    @Test
    void aMissingTensorOrOneOfAnotherSizeDoesNotAgree() {
        assertThatThrownBy(() -> Agreement.require(
                        "n3", Map.of("y", tensor(1), "hebb", tensor(1)), Map.of("y", tensor(1)), "ours", 1))
                .hasMessage("n3 is not timed: expected [hebb, y] of ours, found [y]");
        assertThatThrownBy(() -> Agreement.require("n3", Map.of("y", tensor(1, 2)), Map.of("y", tensor(1)), "ours", 1))
                .hasMessage("n3 is not timed: expected y of ours to be HostTensor[2], found HostTensor[1]");
    }

    @Test
    void agreementGivesTheLargestError() {
        assertThat(Agreement.require(
                        "n3",
                        Map.of("a", tensor(3, 4), "b", tensor(1)),
                        Map.of("a", tensor(3, 5), "b", tensor(1)),
                        "ours",
                        0.3))
                .isEqualTo(0.2, Offset.offset(1e-12));
    }
}
