package org.plastic4j.cli.progress;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.plastic4j.training.trainer.Durations;
import org.plastic4j.training.trainer.Progress;

/** A plain line every few seconds, for output that goes into a file or another program. */
public final class ProgressLines implements Progress {
    private static final long EVERY_NANOS = 5_000_000_000L;

    private final PrintStream out;
    private final long maxLifetimes;
    private final LongSupplier clock;
    private final long from;
    private final long startedAt;
    private long shownAt;

    /**
     * @param out where to
     * @param maxLifetimes how many lifetimes the whole run is at most
     * @param from how many were trained on before, in a resumed run
     */
    public ProgressLines(PrintStream out, long maxLifetimes, long from) {
        this(out, maxLifetimes, from, System::nanoTime);
    }

    ProgressLines(PrintStream out, long maxLifetimes, long from, LongSupplier clock) {
        this.from = from;
        this.out = out;
        this.maxLifetimes = maxLifetimes;
        this.clock = clock;
        this.startedAt = clock.getAsLong();
        this.shownAt = startedAt;
    }

    @Override
    public void update(long lifetimes, Supplier<String> state) {
        long now = clock.getAsLong();
        if (now - shownAt < EVERY_NANOS) {
            return;
        }
        shownAt = now;
        double rate = (lifetimes - from) / ((now - startedAt) / 1e9);
        out.println(String.format(
                Locale.ROOT,
                "%d/%d lifetimes, %.1f lifetimes/s, %s, at most %s left",
                lifetimes,
                maxLifetimes,
                rate,
                state.get(),
                Durations.text(Math.max(0, maxLifetimes - lifetimes) / rate)));
        out.flush();
    }

    @Override
    public void close() {}
}
