package org.plastic4j.cli.progress;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.plastic4j.training.trainer.Pace;
import org.plastic4j.training.trainer.Progress;

/** A plain line every few seconds, for output that goes into a file or another program. */
public final class ProgressLines implements Progress {
    private static final long EVERY_NANOS = 5_000_000_000L;

    private final PrintStream out;
    private final long maxLifetimes;
    private final LongSupplier clock;
    private final Pace pace;
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
        this.out = out;
        this.maxLifetimes = maxLifetimes;
        this.clock = clock;
        this.shownAt = clock.getAsLong();
        this.pace = new Pace(shownAt / 1e9, from);
    }

    @Override
    public void update(long lifetimes, Supplier<String> state) {
        long now = clock.getAsLong();
        if (now - shownAt < EVERY_NANOS) {
            return;
        }
        shownAt = now;
        pace.note(now / 1e9, lifetimes);
        out.println(String.format(
                Locale.ROOT,
                "%d/%d lifetimes, %.1f lifetimes/s, %s%s",
                lifetimes,
                maxLifetimes,
                pace.rate(),
                state.get(),
                pace.left(maxLifetimes - lifetimes)
                        .map(left -> ", at most " + left + " left")
                        .orElse("")));
        out.flush();
    }

    @Override
    public void close() {}
}
