package org.plastic4j.core.lifetime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.rule.PlasticityRule;

/** A trace that lies exactly on its bound counts as within it: gradients pass. */
@Tag("kernel")
class OnTheBoundTest {
    /** The same number in float and double. */
    private static final double BOUND = 0.5;

    @ParameterizedTest
    @CsvSource({
        "hard_bound, 13", "hard_bound, 70",
        "soft_bound, 13", "soft_bound, 70",
        "neuromodulated, 13", "neuromodulated, 70",
        "neuromodulated_fan_out, 13", "neuromodulated_fan_out, 70",
        "retroactive, 13", "retroactive, 70"
    })
    void gradientsPassATraceThatRestsOnItsBound(String rule, int neurons) {
        LifetimeCase lifetimes = restingOnTheBound(rule, neurons);
        Map<String, INDArray> expected = lifetimes.run(new UnrolledLifetime(lifetimes.steps()), DataType.DOUBLE);

        // What step 1 leaves on the bound has the gradient of the trace after it, which is not zero.
        assertThat(expected.get("grad_hebb0")
                        .eq(0)
                        .castTo(DataType.INT32)
                        .sumNumber()
                        .intValue())
                .as("traces without a gradient")
                .isZero();
        Agreement.assertAgree(expected, lifetimes.run(new FusedLifetime(), DataType.DOUBLE), 1e-9, rule);
        Agreement.assertAgree(expected, lifetimes.run(new FusedLifetime(), DataType.FLOAT), 1e-4, rule);
    }

    /** Every trace begins at its upper or lower bound, and nothing of step 1 moves it: y0 and the eligibility are zero. */
    private static LifetimeCase restingOnTheBound(String rule, int neurons) {
        LifetimeCase lifetimes = LifetimeCase.random(
                new PlasticCell(neurons, Alpha.PER_CONNECTION, PlasticityRule.of(rule, BOUND)),
                false,
                true,
                1,
                2,
                0.3,
                neurons);
        INDArray ends = Transforms.sign(lifetimes.arrays().get("hebb0")).mul(BOUND);
        return lifetimes
                .with("hebb0", ends)
                .with("y0", Nd4j.zerosLike(lifetimes.arrays().get("y0")))
                .with("eligibility0", Nd4j.zerosLike(lifetimes.arrays().get("eligibility0")));
    }
}
