package org.plastic4j.benchmarks.measure;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.plastic4j.benchmarks.subject.Side;
import org.plastic4j.training.RunFailure;
import org.plastic4j.training.stat.Spread;

/**
 * Times sides in turns, one lifetime (or batch) each, in one process: what disturbs the machine for a while disturbs all
 * of them alike. What a side leaves behind must not be charged to the next: where one lets go of gigabytes, the system is
 * busy with them for a while, and its caches are full of them. So a turn begins with a rest, and since processors have to
 * wake up after it, with batches that are not timed.
 *
 * @param warmUps how often each runs before, at least
 * @param warmUpSeconds how long each runs before, at least
 * @param restSeconds the rest before each turn
 * @param untimedSeconds how long a turn's batches go on that are not timed; there is at least one
 * @param rounds how often each is timed
 */
public record Alternation(int warmUps, double warmUpSeconds, double restSeconds, double untimedSeconds, int rounds) {
    private static final double MILLIS_PER_SECOND = 1000;
    private static final double NANOS_PER_MILLI = 1e6;
    private static final double NANOS_PER_SECOND = 1e9;

    /**
     * Warms up and times.
     *
     * @param sides the sides, in the order of their turns
     * @return milliseconds a lifetime of each side, in the same order
     */
    public Map<Side, Spread> time(List<Side> sides) {
        return time(sides, System::nanoTime);
    }

    /**
     * The same by another clock.
     *
     * @param sides the sides, in the order of their turns
     * @param nanos a clock, in nanoseconds
     * @return milliseconds a lifetime of each side, in the same order
     */
    public Map<Side, Spread> time(List<Side> sides, LongSupplier nanos) {
        for (Side side : sides) {
            run(side, warmUps, warmUpSeconds, nanos);
        }
        Map<Side, List<Double>> taken = new LinkedHashMap<>();
        sides.forEach(side -> taken.put(side, new ArrayList<>()));
        for (int round = 0; round < rounds; round++) {
            for (Side side : sides) {
                rest();
                run(side, 1, untimedSeconds, nanos);
                long start = nanos.getAsLong();
                side.run();
                taken.get(side).add((nanos.getAsLong() - start) / NANOS_PER_MILLI / side.lifetimes());
            }
        }
        Map<Side, Spread> spreads = new LinkedHashMap<>();
        taken.forEach((side, millis) -> spreads.put(
                side, Spread.of(millis.stream().mapToDouble(Double::doubleValue).toArray())));
        return spreads;
    }

    private static void run(Side side, int least, double seconds, LongSupplier nanos) {
        long start = nanos.getAsLong();
        for (int i = 0; i < least || nanos.getAsLong() - start < seconds * NANOS_PER_SECOND; i++) {
            side.run();
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
