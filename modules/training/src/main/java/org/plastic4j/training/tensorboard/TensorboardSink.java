package org.plastic4j.training.tensorboard;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import org.plastic4j.training.RunFailure;
import org.plastic4j.training.metric.MetricSink;
import org.plastic4j.training.metric.SteadyClock;

/** Writes a run's metrics for TensorBoard, into a file of their own in the run's directory. */
public final class TensorboardSink implements MetricSink {
    private static final double MILLIS = 1000;

    private final Path folder;
    private final long from;
    private final Clock clock;
    private Path file;
    private OutputStream out;

    /**
     * @param folder the run's directory
     * @param from the lifetimes of the last row that is there already; 0 for a new run
     */
    public TensorboardSink(Path folder, long from) {
        this(folder, from, new SteadyClock());
    }

    TensorboardSink(Path folder, long from, Clock clock) {
        this.folder = folder;
        this.from = from;
        this.clock = clock;
    }

    @Override
    public void begin(double seconds) {
        // TensorBoard knows its files by this beginning, and reads those of a folder in the order of their names.
        file = folder.resolve(String.format(Locale.ROOT, "events.out.tfevents.%010d.plastic4j", clock.millis() / 1000));
        try {
            out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw failure(e);
        }
        write(EventFile.version(now()));
        write(EventFile.start(now(), from + 1));
    }

    @Override
    public void record(long lifetimes, Map<String, Double> measures) {
        write(EventFile.scalars(now(), lifetimes, measures));
    }

    @Override
    public void close() {
        try {
            if (out != null) {
                out.close();
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private double now() {
        return clock.millis() / MILLIS;
    }

    /** Every record at once, so that TensorBoard sees it while the run goes on. */
    private void write(byte[] event) {
        try {
            out.write(event);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private RunFailure failure(IOException e) {
        return new RunFailure(file + ": cannot be written (" + e.getMessage() + ")", e);
    }
}
