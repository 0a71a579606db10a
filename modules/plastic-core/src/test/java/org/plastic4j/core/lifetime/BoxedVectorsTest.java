package org.plastic4j.core.lifetime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.ChildJvm;
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
    @CsvSource({
        "decaying_hebb, 64",
        "decaying_hebb, 272",
        "oja, 64",
        "oja, 272",
        "hard_bound, 64",
        "soft_bound, 64",
        "neuromodulated, 64",
        "neuromodulated_fan_out, 64",
        "retroactive, 64",
        "bcm, 64",
        "stpn, 64",
        "abcd, 64",
        "gated, 64",
        "saturating, 64"
    })
    void aWarmLifetimeMakesNoObjectsForVectors(String rule, String neurons) throws IOException, InterruptedException {
        List<String> least = ChildJvm.run(
                Probe.class,
                List.of("-Xmx1g", "-XX:+UseSerialGC", "--add-modules=jdk.incubator.vector"),
                rule,
                neurons);
        assertThat(Long.parseLong(least.get(0)))
                .as("bytes a call with the rule %s", rule)
                .isLessThanOrEqualTo(MOST);
    }

    /**
     * Prints the least bytes that a call allocates. In a process of its own, as users have them: what other lifetimes have
     * taught the compiler in one that runs all tests may keep it from compiling these well.
     */
    static final class Probe {
        private Probe() {}

        public static void main(String[] arguments) {
            int neurons = Integer.parseInt(arguments[1]);
            PlasticCell cell = new PlasticCell(neurons, Alpha.PER_CONNECTION, PlasticityRule.of(arguments[0], 1));
            LifetimeCase lifetimes = LifetimeCase.random(cell, false, false, STEPS, LIFETIMES, 0.1, 2);
            for (var parameter : cell.ruleParameters()) {
                lifetimes = lifetimes.with(
                        parameter.key(), Nd4j.valueArrayOf(parameter.shape(neurons, neurons), 0.1, DataType.DOUBLE));
            }
            var graph = lifetimes.graph(new FusedLifetime(), DataType.FLOAT);
            List<String> names = lifetimes.inputs(graph);
            long least = Long.MAX_VALUE;
            for (int round = 0; round < 60 && least > MOST; round++) {
                Map<Long, Long> before = allocated();
                for (int call = 0; call < CALLS; call++) {
                    graph.calculateGradients(Map.of(), names);
                }
                least = Math.min(least, allocatedSince(before) / CALLS);
            }
            System.out.println("result " + least);
        }
    }

    private static final int NEURONS = 64;
    private static final int STEPS = 50;
    private static final int LIFETIMES = 8;
    private static final int CALLS = 20;

    /** A boxed vector is an object and an array of its floats: 96 bytes for 64 of 512 bits, more for shorter ones. */
    private static final long BOXED = (long) NEURONS * NEURONS * STEPS * LIFETIMES * Float.BYTES * 96 / 64;

    /**
     * A loop that boxes one vector of all that it passes allocates 9.8 MB at least. SameDiff itself and the threads' own
     * sums take 0.6 to 1.5 MB, by the number of threads.
     */
    private static final long MOST = BOXED / 2;

    private static Map<Long, Long> allocated() {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long[] ids = threads.getAllThreadIds();
        long[] bytes = threads.getThreadAllocatedBytes(ids);
        return IntStream.range(0, ids.length)
                .filter(thread -> bytes[thread] >= 0)
                .boxed()
                .collect(Collectors.toMap(thread -> ids[thread], thread -> bytes[thread]));
    }

    /** Without the threads that have ended meanwhile, whose bytes are gone from the count. */
    private static long allocatedSince(Map<Long, Long> before) {
        return allocated().entrySet().stream()
                .mapToLong(now -> now.getValue() - before.getOrDefault(now.getKey(), 0L))
                .sum();
    }
}
