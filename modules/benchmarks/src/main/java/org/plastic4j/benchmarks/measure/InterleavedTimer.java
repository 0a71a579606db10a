package org.plastic4j.benchmarks.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.plastic4j.benchmarks.cases.Implementation;
import org.plastic4j.training.RunFailure;
import org.plastic4j.training.stat.Spread;

/**
 * Times implementations in turns, one lifetime (or batch) each, in one process: what disturbs the machine for a while disturbs all
 * of them alike. What a implementation leaves behind must not be charged to the next: where one lets go of gigabytes, the system is
 * busy with them for a while, and its caches are full of them. So a turn begins with a rest, and since processors have to
 * wake up after it, with batches that are not timed.
 *
 * @param warmUps how often each runs before, at least
 * @param warmUpSeconds how long each runs before, at least
 * @param restSeconds the rest before each turn
 * @param untimedSeconds how long a turn's batches go on that are not timed; there is at least one
 * @param rounds how often each is timed
 */
public record InterleavedTimer(
        int warmUps, double warmUpSeconds, double restSeconds, double untimedSeconds, int rounds) {
    private static final double MILLIS_PER_SECOND = 1000;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    /**
     * Warms up and times.
     *
     * @param implementations the implementations, in the order of their turns
     * @return milliseconds a lifetime of each implementation, in the same order
     */
    public Map<Implementation, Spread> time(List<Implementation> implementations) {
        return time(implementations, System::nanoTime);
    }

    /**
     * The same by another clock.
     *
     * @param implementations the implementations, in the order of their turns
     * @param nanos a clock, in nanoseconds
     * @return milliseconds a lifetime of each implementation, in the same order
     */
    public Map<Implementation, Spread> time(List<Implementation> implementations, LongSupplier nanos) {
        for (Implementation implementation : implementations) {
            run(implementation, warmUps, warmUpSeconds, nanos);
        }
        Map<Implementation, List<Double>> taken = new LinkedHashMap<>();
        implementations.forEach(implementation -> taken.put(implementation, new ArrayList<>()));
        for (int round = 0; round < rounds; round++) {
            for (Implementation implementation : implementations) {
                rest();
                run(implementation, 1, untimedSeconds, nanos);
                taken.get(implementation)
                        .add(implementation.time(nanos) / NANOS_PER_MILLI / implementation.lifetimes());
            }
        }
        Map<Implementation, Spread> spreads = new LinkedHashMap<>();
        taken.forEach((implementation, millis) -> spreads.put(
                implementation,
                Spread.of(millis.stream().mapToDouble(Double::doubleValue).toArray())));
        return spreads;
    }

    private static void run(Implementation implementation, int least, double seconds, LongSupplier nanos) {
        long start = nanos.getAsLong();
        for (int i = 0; i < least || nanos.getAsLong() - start < seconds * NANOS_PER_SECOND; i++) {
            implementation.run();
        }
    }

    private void rest() {
        try {
            Thread.sleep((long) (restSeconds * MILLIS_PER_SECOND));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunFailure("benchmark: interrupted", e);
        }
    }
}
