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
    private final double end;
    private Pace pace;
    private long shownAt;

    /**
     * @param out where to
     * @param maxLifetimes how many lifetimes the whole run is at most
     * @param seconds how long training takes at most from here; infinity where there is no such limit
     */
    public ProgressLines(PrintStream out, long maxLifetimes, double seconds) {
        this(out, maxLifetimes, seconds, System::nanoTime);
    }

    ProgressLines(PrintStream out, long maxLifetimes, double seconds, LongSupplier clock) {
        this.out = out;
        this.maxLifetimes = maxLifetimes;
        this.clock = clock;
        this.shownAt = clock.getAsLong();
        this.end = shownAt / 1e9 + seconds;
    }

    @Override
    public void update(long lifetimes, Supplier<String> state) {
        long now = clock.getAsLong();
        if (pace == null) {
            // What comes before the end of the first update is loading and compiling.
            pace = new Pace(now / 1e9, lifetimes, end);
        }
        if (now - shownAt < EVERY_NANOS) {
            return;
        }
        shownAt = now;
        pace.note(now / 1e9, lifetimes);
        out.println(String.format(
                Locale.ROOT,
                "%d/%d lifetimes, %s%s%s",
                lifetimes,
                maxLifetimes,
                pace.rate() == 0 ? "" : String.format(Locale.ROOT, "%.1f lifetimes/s, ", pace.rate()),
                state.get(),
                pace.left(maxLifetimes - lifetimes)
                        .map(left -> ", at most " + left + " left")
                        .orElse("")));
        out.flush();
    }

    @Override
    public void close() {}
}
