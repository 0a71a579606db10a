package org.plastic4j.core.lifetime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.rule.PlasticityRule;

class LostLifetimeTest {

    @ParameterizedTest
    @ValueSource(strings = {"decaying_hebb", "soft_bound", "neuromodulated", "retroactive"})
    void lifetimeThatRanOutOfNumbersLeavesTheNextOneAlone(String rule) {
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
}
