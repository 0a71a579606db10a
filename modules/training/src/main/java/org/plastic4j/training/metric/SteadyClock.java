package org.plastic4j.training.metric;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.LongSupplier;

/**
 * The time of day when it was made, and from there on the time that passes: where the computer's clock is set back in the
 * middle of a run, the times of its records still follow each other.
 */
public final class SteadyClock extends Clock {
    private final ZoneId zone;
    private final Instant start;
    private final LongSupplier nanos;
    private final long startNanos;

    /** A clock that shows the time of day now. */
    public SteadyClock() {
        this(Clock.systemUTC(), System::nanoTime);
    }

    SteadyClock(Clock timeOfDay, LongSupplier nanos) {
        this(timeOfDay.getZone(), timeOfDay.instant(), nanos, nanos.getAsLong());
    }

    private SteadyClock(ZoneId zone, Instant start, LongSupplier nanos, long startNanos) {
        this.zone = zone;
        this.start = start;
        this.nanos = nanos;
        this.startNanos = startNanos;
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new SteadyClock(other, start, nanos, startNanos);
    }

    @Override
    public Instant instant() {
        return start.plusNanos(nanos.getAsLong() - startNanos);
    }
}
