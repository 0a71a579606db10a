package org.plastic4j.training.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticParameters;

class PlasticSettingsTest {
    private static final long SEED = 5;

    private static PlasticSettings settings(Alpha alpha, PlasticSettings.Initial initial) {
        return new PlasticSettings(
                alpha,
                "neuromodulated",
                Optional.empty(),
                Optional.ofNullable(initial),
                0.25,
                0.125,
                0.1,
                Execution.AUTO);
    }

    private static Map<String, INDArray> drawn(Alpha alpha, PlasticSettings.Initial initial) {
        PlasticSettings settings = settings(alpha, initial);
        return settings.draw(settings.cell(40), SEED);
    }

    @Test
    void uniformInitialValuesLieBetweenZeroAndTheScale() {
        Map<String, INDArray> drawn = drawn(Alpha.PER_CONNECTION, PlasticSettings.Initial.UNIFORM);

        assertUniform(drawn.get(PlasticParameters.W), 0.25);
        assertUniform(drawn.get(PlasticParameters.ALPHA), 0.125);
        // Two parameters of the same numbers would be one.
        assertThat(drawn.get(PlasticParameters.W).mul(0.5)).isNotEqualTo(drawn.get(PlasticParameters.ALPHA));
    }

    /** 1,600 values: mean and range by more than six standard deviations of what is drawn. */
    private static void assertUniform(INDArray array, double largest) {
        assertThat(array.minNumber().doubleValue()).isBetween(0.0, 0.02 * largest);
        assertThat(array.maxNumber().doubleValue()).isBetween(0.98 * largest, largest);
        assertThat(array.meanNumber().doubleValue()).isBetween(0.45 * largest, 0.55 * largest);
    }

    @Test
    void whatIsNeitherWeightNorCoefficientBeginsAlikeInBoth() {
        Map<String, INDArray> normal = drawn(Alpha.PER_CONNECTION, null);
        Map<String, INDArray> uniform = drawn(Alpha.PER_CONNECTION, PlasticSettings.Initial.UNIFORM);

        assertThat(uniform.keySet()).isEqualTo(normal.keySet());
        normal.keySet().stream()
                .filter(name -> !name.equals(PlasticParameters.W) && !name.equals(PlasticParameters.ALPHA))
                .forEach(name -> assertThat(uniform.get(name)).isEqualTo(normal.get(name)));
        assertThat(normal.get(PlasticParameters.W).minNumber().doubleValue()).isNegative();
        assertThat(drawn(Alpha.PER_CONNECTION, PlasticSettings.Initial.NORMAL)).isEqualTo(normal);
        assertThat(drawn(Alpha.PER_CONNECTION, PlasticSettings.Initial.UNIFORM)).isEqualTo(uniform);
    }

    @Test
    void networkWithoutPlasticityHasTheSameWeights() {
        for (PlasticSettings.Initial initial : PlasticSettings.Initial.values()) {
            PlasticSettings without = settings(Alpha.SHARED, initial).withoutPlasticity();

            Map<String, INDArray> drawn = without.draw(without.cell(40), SEED);

            assertThat(drawn.keySet()).containsExactly(PlasticParameters.W);
            assertThat(drawn.get(PlasticParameters.W))
                    .isEqualTo(drawn(Alpha.SHARED, initial).get(PlasticParameters.W));
        }
    }
}
