package org.plastic4j.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.plastic4j.training.RunFailure;
import org.plastic4j.training.UserError;
import org.plastic4j.training.metric.CsvMetrics;
import org.plastic4j.training.metric.JsonlMetrics;
import org.plastic4j.training.metric.MetricSink;
import org.plastic4j.training.metric.TimeMetrics;
import org.plastic4j.training.run.RunDirectory;
import org.plastic4j.training.run.RunLock;

/** The files of metrics in a run's directory. Whoever has them open owns the directory: nobody else gets them. */
final class MetricFiles implements MetricSink {
    private final RunLock lock;
    private final MetricSink sinks;

    private MetricFiles(RunLock lock, List<MetricSink> sinks) {
        this.lock = lock;
        this.sinks = MetricSink.all(sinks);
    }

    /** Claims the directory of a new run. Of several that try at once, one succeeds. */
    static MetricFiles create(RunDirectory directory) {
        List<MetricSink> open = new ArrayList<>();
        return opened(directory, open, () -> {
            open.add(new CsvMetrics(directory.metricsCsv()));
            open.add(new JsonlMetrics(directory.metricsJsonl()));
            open.add(new TimeMetrics(directory.times()));
        });
    }

    /** Opens those of an earlier run. They change when training begins, and not before. */
    static MetricFiles resume(RunDirectory directory, long row) {
        List<MetricSink> open = new ArrayList<>();
        return opened(directory, open, () -> {
            CsvMetrics csv = CsvMetrics.resume(directory.metricsCsv(), row);
            open.add(csv);
            JsonlMetrics jsonl = JsonlMetrics.resume(directory.metricsJsonl(), row);
            open.add(jsonl);
            if (!csv.names().equals(jsonl.names())) {
                throw new UserError(String.format(
                        Locale.ROOT,
                        "%s: expected the columns %s, as in %s, found %s",
                        directory.metricsCsv(),
                        words(jsonl.names()),
                        directory.metricsJsonl(),
                        words(csv.names())));
            }
            // Runs from before there was such a file go on without it.
            if (Files.exists(directory.times())) {
                open.add(TimeMetrics.resume(directory.times(), row));
            }
        });
    }

    /**
     * Removes what a process left that was killed before its first checkpoint, which nothing can go on with.
     *
     * @throws UserError if it still runs
     */
    static void removeUnbegun(RunDirectory directory) {
        if (Files.exists(directory.metricsCsv())) {
            requireOfARun(directory.metricsCsv());
            RunLock.acquire(directory.path()).close();
            CsvMetrics.resume(directory.metricsCsv(), 0).close();
        }
        for (Path file : List.of(
                directory.config(),
                directory.provenance(),
                directory.metricsCsv(),
                directory.metricsJsonl(),
                directory.times())) {
            try {
                Files.deleteIfExists(file);
            } catch (IOException e) {
                throw new RunFailure(String.format(Locale.ROOT, "%s: cannot be removed (%s)", file, e), e);
            }
        }
    }

    /** Nothing of somebody else is removed. */
    private static void requireOfARun(Path metrics) {
        try (Stream<String> lines = Files.lines(metrics)) {
            if (!lines.findFirst().orElse(CsvMetrics.LIFETIMES).startsWith(CsvMetrics.LIFETIMES)) {
                throw new UserError(metrics + ": expected a run's metrics, whose first column is "
                        + CsvMetrics.LIFETIMES + "; remove it");
            }
        } catch (IOException | UncheckedIOException e) {
            throw new UserError(metrics + ": expected a run's metrics, which cannot be read", e);
        }
    }

    private static String words(Optional<List<String>> names) {
        return String.join(", ", names.orElse(List.of()));
    }

    private static MetricFiles opened(RunDirectory directory, List<MetricSink> open, Runnable opening) {
        RunLock lock = RunLock.acquire(directory.path());
        try {
            opening.run();
            return new MetricFiles(lock, open);
        } catch (RuntimeException e) {
            open.forEach(MetricSink::close);
            lock.close();
            throw e;
        }
    }

    @Override
    public void begin(double seconds) {
        sinks.begin(seconds);
    }

    @Override
    public void record(long lifetimes, Map<String, Double> measures) {
        sinks.record(lifetimes, measures);
    }

    @Override
    public void sync() {
        sinks.sync();
    }

    @Override
    public void close() {
        try {
            sinks.close();
        } finally {
            lock.close();
        }
    }
}
