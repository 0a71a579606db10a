package org.plastic4j.training.trainer;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plastic4j.training.RunFailure;

class FiniteCheckTest {
    private static StepResult onADevice(double squaredNorm) {
        return new StepResult(1, Map.of(), Map.of("w", squaredNorm), new LinkedHashMap<>());
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY})
    void gradientThatStaysOnADeviceIsCheckedByItsSquaredNorm(double squaredNorm) {
        assertThatThrownBy(() -> FiniteCheck.check(3, onADevice(squaredNorm)))
                .isInstanceOf(RunFailure.class)
                .hasMessage("step 3: the gradient of w is not finite (NaN or infinity)");
    }

    @Test
    void finiteSquaredNormPasses() {
        assertThatCode(() -> FiniteCheck.check(3, onADevice(1e300))).doesNotThrowAnyException();
    }
}
