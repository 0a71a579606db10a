package org.plastic4j.core.lifetime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.kernel.LifetimeThreads;
import org.plastic4j.core.rule.PlasticityRule;

@Tag("kernel")
@Tag("slow")
class ThreadsTest {
    private static final int UPDATES = 12;
    private static final double RATE = 1e-5;

    private final int before = LifetimeThreads.get();

    @AfterEach
    void restore() {
        LifetimeThreads.set(before);
    }

    @ParameterizedTest
    @CsvSource({
        "300, 30, 2, PER_CONNECTION, decaying_hebb",
        "300, 30, 2, SHARED, oja",
        "60, 30, 5, PER_CONNECTION, decaying_hebb",
        "60, 30, 5, SHARED, decaying_hebb",
        "300, 30, 2, PER_CONNECTION, neuromodulated_fan_out",
        "300, 30, 1, SHARED, hard_bound",
        "300, 20, 7, PER_CONNECTION, retroactive",
        "60, 30, 5, PER_CONNECTION, neuromodulated",
        "60, 30, 5, SHARED, soft_bound",
        "300, 30, 2, PER_CONNECTION, bcm",
        "60, 30, 5, SHARED, bcm",
    })
    void anyNumberOfThreadsGivesTheSameBits(int n, int steps, int batch, Alpha alpha, String rule) {
        PlasticCell cell = new PlasticCell(n, alpha, PlasticityRule.of(rule, 0.5));
        LifetimeCase lifetimes = LifetimeCase.random(cell, true, true, steps, batch, 0.1, 5);
        LifetimeThreads.set(1);
        Map<String, INDArray> alone = lifetimes.run(new FusedLifetime(), DataType.FLOAT);
        for (int threads : new int[] {2, 3, 7}) {
            LifetimeThreads.set(threads);
            lifetimes
                    .run(new FusedLifetime(), DataType.FLOAT)
                    .forEach((name, array) -> assertThat(array.dup('c').data().asFloat())
                            .as("%s with %d threads", name, threads)
                            .isEqualTo(alone.get(name).dup('c').data().asFloat()));
        }
    }

    @ParameterizedTest
    @CsvSource({"100, 300, 8, hard_bound", "100, 300, 8, decaying_hebb", "300, 30, 2, oja"})
    void anInterruptedThreadGetsTheWholeLifetimeAndStaysInterrupted(int n, int steps, int batch, String rule) {
        PlasticCell cell = new PlasticCell(n, Alpha.PER_CONNECTION, PlasticityRule.of(rule, 0.5));
        LifetimeCase lifetimes = LifetimeCase.random(cell, true, true, steps, batch, 0.1, 5);
        LifetimeThreads.set(3);
        Map<String, INDArray> expected = lifetimes.run(new FusedLifetime(), DataType.FLOAT);
        for (int round = 0; round < 4; round++) {
            Thread.currentThread().interrupt();
            Map<String, INDArray> found;
            boolean interrupted;
            try {
                found = lifetimes.run(new FusedLifetime(), DataType.FLOAT);
            } finally {
                interrupted = Thread.interrupted();
            }
            assertThat(interrupted).isTrue();
            found.forEach((name, array) -> assertThat(array.dup('c').data().asFloat())
                    .as(name)
                    .isEqualTo(expected.get(name).dup('c').data().asFloat()));
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "-3"})
    void fewerThanOneThreadIsRefused(int threads) {
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> LifetimeThreads.set(threads)))
                .hasMessage("LifetimeThreads: expected at least 1 thread, found " + threads + ".");
    }

    /** Graphs share kernels and their pooled memory, and the number of threads. */
    @ParameterizedTest
    @CsvSource({
        "60, 60, hard_bound",
        "60, 61, neuromodulated",
        "60, 60, decaying_hebb",
        "300, 300, decaying_hebb",
        "300, 290, oja",
    })
    void graphsTrainedInTwoThreadsAtOnceGetTheBitsThatTheyGetOneAfterTheOther(int n, int other, String rule) {
        LifetimeThreads.set(2);
        List<float[]> first = trained(n, rule, 1);
        List<float[]> second = trained(other, rule, 2);

        CompletableFuture<List<float[]>> beside = CompletableFuture.supplyAsync(() -> trained(n, rule, 1));
        List<float[]> atTheSameTime = trained(other, rule, 2);

        assertThat(beside.join()).usingRecursiveComparison().isEqualTo(first);
        assertThat(atTheSameTime).usingRecursiveComparison().isEqualTo(second);
    }

    /** What some updates make of all that has a gradient. */
    private static List<float[]> trained(int n, String rule, long seed) {
        PlasticCell cell = new PlasticCell(n, Alpha.PER_CONNECTION, PlasticityRule.of(rule, 0.5));
        LifetimeCase lifetimes = LifetimeCase.random(cell, true, true, 20, 3, 0.1, seed);
        SameDiff graph = lifetimes.graph(new FusedLifetime(), DataType.FLOAT);
        List<String> names = lifetimes.inputs(graph);
        for (int update = 0; update < UPDATES; update++) {
            graph.calculateGradients(Map.of(), names)
                    .forEach((name, gradient) -> graph.getArrForVarName(name).subi(gradient.mul(RATE)));
        }
        return names.stream()
                .map(name -> graph.getArrForVarName(name).dup('c').data().asFloat())
                .toList();
    }
}
