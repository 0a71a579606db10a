package org.plastic4j.training.trainer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** How fast a run is now, and how long it takes to its end: from the last seconds, since the first ones are slow. */
public final class Pace {
    private static final double SECONDS = 20;
    /** In less than that, nothing can be said of the end. */
    private static final double LEAST = 4;

    private final Deque<double[]> passed = new ArrayDeque<>();
    private final double first;
    private final double end;

    /**
     * @param seconds what the clock shows
     * @param lifetimes how many were trained on before
     * @param end what the clock shows when training ends at the latest; infinity where lifetimes alone end it
     */
    public Pace(double seconds, long lifetimes, double end) {
        first = seconds;
        this.end = end;
        passed.add(new double[] {seconds, lifetimes});
    }

    /**
     * Notes where the run is.
     *
     * @param seconds what the clock shows now
     * @param lifetimes how many were trained on so far
     */
    public void note(double seconds, long lifetimes) {
        passed.addLast(new double[] {seconds, lifetimes});
        while (passed.size() > 2 && passed.peekFirst()[0] < seconds - SECONDS) {
            passed.removeFirst();
        }
    }

    /** @return lifetimes a second; 0 where nothing is known */
    public double rate() {
        double[] from = passed.getFirst();
        double[] to = passed.getLast();
        return to[0] > from[0] ? (to[1] - from[1]) / (to[0] - from[0]) : 0;
    }

    /**
     * @param lifetimes so many more
     * @return how long they take, in words; empty in the first seconds
     */
    public Optional<String> left(long lifetimes) {
        double now = passed.getLast()[0];
        boolean known = now - first >= LEAST && rate() > 0;
        return known
                ? Optional.of(Durations.text(Math.min(Math.max(0, lifetimes) / rate(), Math.max(0, end - now))))
                : Optional.empty();
    }
}
