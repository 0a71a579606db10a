package org.plastic4j.core.lifetime;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.rule.PlasticityRule;

/**
 * A loop that C2 stops compiling well keeps its vectors as objects, and is ten times slower without an error: it shows as
 * megabytes a call.
 */
@Tag("slow")
class BoxedVectorsTest {
    /** A vector that is an object shows as megabytes a call. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "decaying_hebb",
                "oja",
                "hard_bound",
                "soft_bound",
                "neuromodulated",
                "neuromodulated_fan_out",
                "retroactive",
                "stpn",
                "abcd",
                "gated",
                "saturating"
            })
    void aWarmLifetimeMakesNoObjectsForVectors(String rule) {
        int n = 64;
        PlasticCell cell = new PlasticCell(n, Alpha.PER_CONNECTION, PlasticityRule.of(rule, 1));
        LifetimeCase lifetimes = LifetimeCase.random(cell, false, false, 50, 8, 0.1, 2);
        for (var parameter : cell.ruleParameters()) {
            lifetimes = lifetimes.with(parameter.key(), Nd4j.valueArrayOf(parameter.shape(n, n), 0.1, DataType.DOUBLE));
        }
        var graph = lifetimes.graph(new FusedLifetime(), DataType.FLOAT);
        List<String> names = lifetimes.inputs(graph);
        long least = Long.MAX_VALUE;
        for (int round = 0; round < 60 && least > MOST; round++) {
            long before = allocated();
            for (int call = 0; call < 20; call++) {
                graph.calculateGradients(Map.of(), names);
            }
            least = Math.min(least, (allocated() - before) / 20);
        }
        assertThat(least).as("bytes a call").isLessThanOrEqualTo(MOST);
    }

    /** What SameDiff itself makes of a call is up to 1.2 MB; a vector that one loop boxes would be 8 MB. */
    private static final long MOST = 2_000_000;

    private static long allocated() {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        return LongStream.of(threads.getThreadAllocatedBytes(threads.getAllThreadIds()))
                .filter(bytes -> bytes > 0)
                .sum();
    }
}
