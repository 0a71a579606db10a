package org.plastic4j.cli.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressState;
import org.plastic4j.training.trainer.Durations;
import org.plastic4j.training.trainer.Progress;

/** A line on a terminal that rewrites itself: bar, lifetimes, lifetimes a second, measures, time left. */
public final class ProgressBarLine implements Progress {
    /** Without room for measures beside it, there is no bar. */
    private static final int NARROW = 60;

    private static final int BAR = 16;
    private static final int REFRESH_MILLIS = 200;

    private final ProgressBar bar;
    private long shownAt = System.nanoTime() - REFRESH_MILLIS * 1_000_000L;

    /**
     * @param out the terminal
     * @param maxLifetimes how many lifetimes a full bar is
     * @param from how many were trained on before, in a resumed run
     */
    public ProgressBarLine(PrintStream out, long maxLifetimes, long from) {
        int width = TerminalWidth.columns();
        this.bar = new ProgressBarBuilder()
                .setInitialMax(maxLifetimes)
                .startsFrom(from, Duration.ZERO)
                .setUpdateIntervalMillis(REFRESH_MILLIS)
                .setConsumer(new ConsoleProgressBarConsumer(out, width))
                .setRenderer((state, most) -> render(state, width))
                .build();
    }

    @Override
    public void update(long lifetimes, Supplier<String> state) {
        bar.stepTo(lifetimes);
        long now = System.nanoTime();
        if (now - shownAt >= REFRESH_MILLIS * 1_000_000L) {
            shownAt = now;
            bar.setExtraMessage(state.get());
        }
    }

    private static String render(ProgressState state, int width) {
        return line(
                state.getCurrent(),
                state.getStart(),
                state.getMax(),
                state.getElapsedAfterStart().toMillis() / 1000.0,
                state.getExtraMessage(),
                width);
    }

    static String line(long lifetimes, long from, long max, double seconds, String measures, int width) {
        int filled = (int) (BAR * Math.min(1, (double) lifetimes / max));
        String bar = width > NARROW ? "[" + "=".repeat(filled) + " ".repeat(BAR - filled) + "] " : "";
        String line = bar + lifetimes + "/" + max;
        if (lifetimes > from && seconds > 0) {
            double rate = (lifetimes - from) / seconds;
            line += String.format(
                    Locale.ROOT,
                    rate < 100 ? ", %.1f/s, %s, %s left" : ", %.0f/s, %s, %s left",
                    rate,
                    measures,
                    Durations.text(Math.max(0, max - lifetimes) / rate));
        }
        // Padded, so that nothing is left standing of a longer line before it.
        return line.length() > width ? line.substring(0, width) : line + " ".repeat(width - line.length());
    }

    @Override
    public void close() {
        bar.close();
    }
}
