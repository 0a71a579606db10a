package org.plastic4j.cli.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import org.plastic4j.training.trainer.Pace;
import org.plastic4j.training.trainer.Progress;

/** A line on a terminal that rewrites itself: bar, lifetimes, lifetimes a second, measures, time left. */
public final class ProgressBarLine implements Progress {
    /** Without room for measures beside it, there is no bar. */
    private static final int NARROW = 60;

    private static final int BAR = 16;
    private static final int REFRESH_MILLIS = 200;

    private final ProgressBar bar;
    private final double end;
    private Pace pace;
    private long shownAt = System.nanoTime() - REFRESH_MILLIS * 1_000_000L;

    /**
     * @param out the terminal
     * @param maxLifetimes how many lifetimes a full bar is
     * @param from how many were trained on before, in a resumed run
     * @param seconds how long training takes at most from here; infinity where there is no such limit
     */
    public ProgressBarLine(PrintStream out, long maxLifetimes, long from, double seconds) {
        int width = TerminalWidth.columns();
        this.end = System.nanoTime() / 1e9 + seconds;
        this.bar = new ProgressBarBuilder()
                .setInitialMax(maxLifetimes)
                .startsFrom(from, Duration.ZERO)
                .setUpdateIntervalMillis(REFRESH_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(out, width))
                .setRenderer((state, most) -> line(state.getCurrent(), state.getMax(), state.getExtraMessage(), width))
                .build();
    }

    @Override
    public void update(long lifetimes, Supplier<String> state) {
        bar.stepTo(lifetimes);
        long now = System.nanoTime();
        if (pace == null) {
            // What comes before the end of the first update is loading and compiling.
            pace = new Pace(now / 1e9, lifetimes, end);
        }
        if (now - shownAt >= REFRESH_MILLIS * 1_000_000L) {
            shownAt = now;
            pace.note(now / 1e9, lifetimes);
            bar.setExtraMessage(message(pace, bar.getMax() - lifetimes, state.get()));
        }
    }

    static String message(Pace pace, long missing, String measures) {
        double rate = pace.rate();
        return rate == 0
                ? measures
                : String.format(
                        Locale.ROOT,
                        rate < 100 ? "%.1f/s, %s%s" : "%.0f/s, %s%s",
                        rate,
                        measures,
                        pace.left(missing).map(left -> ", " + left + " left").orElse(""));
    }

    static String line(long lifetimes, long max, String message, int width) {
        int filled = (int) (BAR * Math.min(1, (double) lifetimes / max));
        String bar = width > NARROW ? "[" + "=".repeat(filled) + " ".repeat(BAR - filled) + "] " : "";
        String line = bar + lifetimes + "/" + max + (message.isEmpty() ? "" : ", " + message);
        // Padded, so that nothing is left standing of a longer line before it.
        return line.length() > width ? line.substring(0, width) : line + " ".repeat(width - line.length());
    }

    @Override
    public void finished() {
        bar.maxHint(bar.getCurrent());
    }

    @Override
    public void close() {
        bar.close();
    }
}
