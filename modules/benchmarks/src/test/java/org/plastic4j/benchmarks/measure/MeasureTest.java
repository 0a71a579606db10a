package org.plastic4j.benchmarks.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.plastic4j.benchmarks.cases.BenchmarkCase;
import org.plastic4j.benchmarks.cases.BenchmarkRule;
import org.plastic4j.benchmarks.cases.HostTensor;
import org.plastic4j.benchmarks.cases.Implementation;
import org.plastic4j.training.stat.Spread;

class MeasureTest {
    private static final double NANOS_PER_MILLI = 1e6;

    /** Takes a given time for each of its runs, by a clock of the test's own. */
    private final class Scripted implements Implementation {
        private final String name;
        private final int lifetimes;
        private final double[] millis;
        private int runs;

        Scripted(String name, int lifetimes, double... millis) {
            this.name = name;
            this.lifetimes = lifetimes;
            this.millis = millis;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public int lifetimes() {
            return lifetimes;
        }

        @Override
        public void run() {
            turns.add(name);
            now += (long) (millis[runs++ % millis.length] * NANOS_PER_MILLI);
        }

        @Override
        public Map<String, HostTensor> results() {
            return Map.of();
        }

        @Override
        public void close() {
            turns.add(name + " closed");
        }
    }

    private final List<String> turns = new ArrayList<>();
    private long now;

    private static BenchmarkCase benchmarkCase(int n, int t, int b) {
        return new BenchmarkCase("test", BenchmarkRule.DECAYING_HEBB, n, t, b, false, 1, BenchmarkCase.Unrolled.NO, "");
    }

    @Test
    void sidesTakeTurnsAfterWarmingUpEachWithABatchThatIsNotTimed() {
        new InterleavedTimer(2, 0, 0, 0, 2).time(List.of(new Scripted("a", 1, 1), new Scripted("b", 1, 1)), () -> now);
        assertThat(turns).containsExactly("a", "a", "b", "b", "a", "a", "b", "b", "a", "a", "b", "b");
    }

    @Test
    void warmingUpTakesTheSecondsThatItShould() {
        new InterleavedTimer(1, 0.01, 0, 0, 1).time(List.of(new Scripted("a", 1, 3)), () -> now);
        // 3, 6, 9 and 12 ms to pass 10, one that is not timed and one that is.
        assertThat(turns).hasSize(6);
    }

    @Test
    void whatIsNotTimedInATurnTakesTheSecondsThatItShould() {
        Scripted implementation = new Scripted("a", 1, 3, 3, 3, 3, 7);
        Spread spread = new InterleavedTimer(0, 0, 0, 0.01, 1)
                .time(List.of(implementation), () -> now)
                .get(implementation);
        // 3, 6, 9 and 12 ms to pass 10, and then the one of 7.
        assertThat(spread.median()).isEqualTo(7, Offset.offset(1e-9));
    }

    @Test
    void timesAreMediansAndQuartilesOfALifetime() {
        Scripted implementation = new Scripted("a", 4, 7, 40, 7, 8, 7, 400, 7, 16, 7, 20);
        Spread spread = new InterleavedTimer(0, 0, 0, 0, 5)
                .time(List.of(implementation), () -> now)
                .get(implementation);
        // 2, 4, 5, 10 and 100 ms a lifetime.
        assertThat(spread.median()).isEqualTo(5, Offset.offset(1e-9));
        assertThat(spread.q25()).isEqualTo(4, Offset.offset(1e-9));
        assertThat(spread.q75()).isEqualTo(10, Offset.offset(1e-9));
        assertThat(spread.count()).isEqualTo(5);
    }

    @Test
    void eachTurnBeginsWithARest() {
        long start = System.nanoTime();
        new InterleavedTimer(0, 0, 0.02, 0, 2).time(List.of(new Scripted("a", 1, 1)), () -> now);
        assertThat((System.nanoTime() - start) / NANOS_PER_MILLI).isGreaterThanOrEqualTo(2 * 20);
    }

    @Test
    void matricesThatAreReadAgainAreThoseCountedByHand() {
        // One lifetime of 300 neurons, shared by both threads: W, alpha and a trace.
        assertThat(Traffic.readAgain(benchmarkCase(300, 3, 1), 2)).isEqualTo(12 * 300 * 300);
        // Five lifetimes of 300 neurons are taken together, W, alpha and five traces; of 1,001 neurons, one at a time.
        assertThat(Traffic.readAgain(benchmarkCase(300, 3, 8), 2)).isEqualTo(28 * 300 * 300);
        assertThat(Traffic.readAgain(benchmarkCase(1001, 3, 8), 2)).isEqualTo(12 * 1001 * 1001);
        // Each thread computes lifetimes of its own.
        assertThat(Traffic.readAgain(benchmarkCase(100, 3, 30), 2)).isEqualTo(2 * 12 * 100 * 100);
    }

    @Test
    void bytesAreThoseCountedByHand() {
        // Forward, 20 steps of 90,000 connections: 8 shared and 4.5 for each of 2 lifetimes, 20 * 17, less 4 for the
        // trace that 8 of the steps do not have.
        assertThat(Traffic.forward(benchmarkCase(300, 20, 2))).isEqualTo(90_000 * (340.0 - 64));
        // Backward, 20 passes: 20 * (8 + 7.5 * 2), less the same and two more.
        assertThat(Traffic.backward(benchmarkCase(300, 20, 2))).isEqualTo(90_000 * (460.0 - 80));
        assertThat(Traffic.aLifetime(benchmarkCase(300, 20, 2))).isEqualTo(90_000 * 328.0);
        // A lifetime of 3 steps has no trace in memory before its end.
        assertThat(Traffic.forward(benchmarkCase(300, 3, 2))).isEqualTo(90_000 * (51.0 - 24));
        // Small layers run in the loops of compiled rules: 16 and 28 bytes a connection and step.
        assertThat(Traffic.forward(benchmarkCase(10, 20, 2))).isEqualTo(100 * 16.0 * 20 * 2);
        assertThat(Traffic.backward(benchmarkCase(10, 20, 2))).isEqualTo(100 * 28.0 * 20 * 2);
        // What docs/kernel.md says of the first experiment's network, in a batch or alone: 1.3 and 1.6 GB.
        assertThat(Traffic.forward(benchmarkCase(1001, 106, 1))).isEqualTo(1.3e9, Offset.offset(0.05e9));
        assertThat(Traffic.backward(benchmarkCase(1001, 106, 1))).isEqualTo(1.6e9, Offset.offset(0.05e9));
        assertThat(Traffic.forward(benchmarkCase(1001, 106, 8)) / 8).isEqualTo(1.3e9, Offset.offset(0.05e9));
        assertThat(Traffic.backward(benchmarkCase(1001, 106, 8)) / 8).isEqualTo(1.6e9, Offset.offset(0.05e9));
    }

    @Test
    void shareOfTheLimitIsTheTimeThatTheBytesNeedOverTheTimeTaken() {
        // 29,520,000 bytes at 29.52 GB/s need 1 ms.
        assertThat(Traffic.shareOfLimit(benchmarkCase(300, 20, 2), 4, 29.52e9)).isEqualTo(0.25, Offset.offset(1e-12));
    }

    @Test
    void peakMemoryIsReadFromTheSystemsStatus() {
        assertThat(ResidentMemory.parse("VmPeak:\t 9 kB\nVmHWM:\t    2048 kB\nVmRSS:\t 5 kB\n"))
                .hasValue(2);
        assertThat(ResidentMemory.parse("Name:\tjava\n")).isEmpty();
    }

    @Test
    void bandwidthsArePositiveAndFinite() {
        assertThat(Bandwidth.reading(2, 1 << 20)).isPositive().isFinite();
        Bandwidth bandwidth = Bandwidth.measure(2, 4 << 20);
        assertThat(bandwidth.copy()).isPositive().isFinite();
        assertThat(bandwidth.matrixCopy()).isPositive().isFinite();
        assertThat(bandwidth.read()).isPositive().isFinite();
    }
}
