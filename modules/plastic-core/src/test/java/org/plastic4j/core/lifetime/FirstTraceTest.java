package org.plastic4j.core.lifetime;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.rule.PlasticityRule;

/** Lifetimes that are given no trace to begin from do not read one. */
@Tag("kernel")
@Tag("slow")
class FirstTraceTest {
    private static final long SEED = 41;

    @ParameterizedTest
    @CsvSource({
        "decaying_hebb, 13, 1",
        "decaying_hebb, 13, 8",
        "decaying_hebb, 13, 9",
        "decaying_hebb, 13, 30",
        "decaying_hebb, 300, 20",
        "oja, 300, 20",
        "hard_bound, 13, 12",
        "retroactive, 13, 12"
    })
    void noTraceIsATraceOfZeros(String rule, int neurons, int steps) {
        LifetimeCase none = lifetimes(rule, neurons, steps, false);
        Map<String, INDArray> fromNone = none.run(new FusedLifetime(), DataType.FLOAT);
        Map<String, INDArray> fromZeros = zeroed(lifetimes(rule, neurons, steps, true), "y0", "hebb0", "eligibility0")
                .run(new FusedLifetime(), DataType.FLOAT);
        fromZeros.keySet().retainAll(fromNone.keySet());
        Agreement.assertAgree(fromNone, fromZeros, 0, rule);
    }

    @ParameterizedTest
    @CsvSource({
        "decaying_hebb, 13, 30",
        "decaying_hebb, 300, 20",
        "oja, 13, 7",
        "hard_bound, 13, 12",
        "retroactive, 300, 12"
    })
    void nothingStaysOfTheTraceThatLifetimesBeforeBeganFrom(String rule, int neurons, int steps) {
        LifetimeCase none = lifetimes(rule, neurons, steps, false);
        LifetimeCase given = lifetimes(rule, neurons, steps, true);
        Map<String, INDArray> fromNone = none.run(new FusedLifetime(), DataType.FLOAT);
        Map<String, INDArray> fromGiven = given.run(new FusedLifetime(), DataType.FLOAT);
        Agreement.assertAgree(fromNone, none.run(new FusedLifetime(), DataType.FLOAT), 0, rule + " from none");
        Agreement.assertAgree(fromGiven, given.run(new FusedLifetime(), DataType.FLOAT), 0, rule + " from a trace");
    }

    private static LifetimeCase lifetimes(String rule, int neurons, int steps, boolean fromState) {
        PlasticCell cell = new PlasticCell(neurons, Alpha.PER_CONNECTION, PlasticityRule.of(rule, 0.5));
        return LifetimeCase.random(cell, false, fromState, steps, 2, 0.1, SEED);
    }

    private static LifetimeCase zeroed(LifetimeCase lifetimes, String... names) {
        LifetimeCase zeroed = lifetimes;
        for (String name : names) {
            zeroed = zeroed.with(name, Nd4j.zerosLike(lifetimes.arrays().get(name)));
        }
        return zeroed;
    }
}
