package org.plastic4j.core.lifetime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.point;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.rule.DecayingHebb;
import org.plastic4j.core.rule.PlasticityRule;

@Tag("kernel")
class OverflowedLifetimeTest {

    @ParameterizedTest
    @ValueSource(strings = {"decaying_hebb", "soft_bound", "neuromodulated", "retroactive"})
    void aLifetimeThatOverflowedLeavesTheNextOneAlone(String rule) {
        PlasticCell cell = new PlasticCell(13, Alpha.PER_CONNECTION, PlasticityRule.of(rule, 0.5));
        LifetimeCase lifetimes = LifetimeCase.random(cell, true, true, 12, 2, 0.1, 31);
        Map<String, INDArray> expected = lifetimes.run(new FusedLifetime(), DataType.FLOAT);
        INDArray nothing = Nd4j.createFromArray(Double.NaN)
                .broadcast(lifetimes.arrays().get("y_cot").shape())
                .dup('c');
        assertThat(lifetimes
                        .with("y_cot", nothing)
                        .run(new FusedLifetime(), DataType.FLOAT)
                        .get("grad_w")
                        .getDouble(0))
                .isNaN();
        Agreement.assertAgree(
                expected, lifetimes.run(new FusedLifetime(), DataType.FLOAT), 0, rule + " after a lost gradient");
    }

    /** So large that the traces of one lifetime take the places of another's. */
    @ParameterizedTest
    @ValueSource(strings = {"y_cot", "hebb_cot", "value"})
    void aLifetimeThatOverflowedLeavesTheNextOfItsBatchAlone(String lost) {
        PlasticCell cell = new PlasticCell(510, Alpha.PER_CONNECTION, new DecayingHebb());
        LifetimeCase lifetimes = LifetimeCase.random(cell, true, true, 12, 2, 0.1, 32);
        INDArray changed = lifetimes.arrays().get(lost).dup('c');
        switch (lost) {
            case "value" -> changed.get(all(), point(0)).assign(1e38); // In float, its square is infinite.
            case "hebb_cot" -> changed.get(point(0)).assign(Double.NaN);
            default -> changed.get(all(), point(0)).assign(Double.NaN);
        }
        Map<String, INDArray> expected = lifetimes.run(new FusedLifetime(), DataType.FLOAT);
        Map<String, INDArray> found = lifetimes.with(lost, changed).run(new FusedLifetime(), DataType.FLOAT);

        assertThat(found.get("grad_w").getDouble(0)).isNaN();
        assertThat(found.get("y").get(all(), point(1)))
                .isEqualTo(expected.get("y").get(all(), point(1)));
        assertThat(found.get("hebb").get(point(1)))
                .isEqualTo(expected.get("hebb").get(point(1)));
        assertThat(found.get("grad_u").get(all(), point(1)))
                .isEqualTo(expected.get("grad_u").get(all(), point(1)));
        assertThat(found.get("grad_hebb0").get(point(1)))
                .isEqualTo(expected.get("grad_hebb0").get(point(1)));
    }
}
