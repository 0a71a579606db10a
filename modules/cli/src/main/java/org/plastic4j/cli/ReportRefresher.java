package org.plastic4j.cli;

import java.util.Map;
import java.util.function.Consumer;
import org.plastic4j.training.metric.MetricSink;
import org.plastic4j.training.trainer.TrainingOutcome;

/** Writes a run's pages anew while it goes on: with a checkpoint, when a minute has passed since the last time. */
final class ReportRefresher implements MetricSink {
    private static final long EVERY_NANOS = 60_000_000_000L;

    private final RunPages pages;
    private final Consumer<TrainingOutcome> write;
    private double secondsBefore;
    private long startedAt;
    private long writtenAt;
    private long lifetimes;

    ReportRefresher(RunPages pages, Consumer<TrainingOutcome> write) {
        this.pages = pages;
        this.write = write;
    }

    @Override
    public void begin(double seconds) {
        secondsBefore = seconds;
        startedAt = System.nanoTime();
        writtenAt = startedAt;
    }

    @Override
    public void record(long atLifetimes, Map<String, Double> measures) {
        lifetimes = atLifetimes;
    }

    @Override
    public void sync() {
        if (lifetimes > 0 && System.nanoTime() - writtenAt >= EVERY_NANOS) {
            write.accept(UnfinishedRun.outcome(pages, secondsBefore + (System.nanoTime() - startedAt) / 1e9));
            writtenAt = System.nanoTime();
        }
    }
}
