package org.plastic4j.live.run;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.plastic4j.report.comparison.RunRecord;
import org.plastic4j.training.UserError;
import org.plastic4j.training.metric.MetricTail;
import org.plastic4j.training.metric.ThinnedMetrics;
import org.plastic4j.training.run.RunDirectory;
import org.plastic4j.training.run.RunFacts;
import org.plastic4j.training.run.RunLock;
import org.plastic4j.training.trainer.Pace;

/** A run's directory, read again and again; of what grows, only what is new. */
public final class WatchedRun {
    /** A run of an earlier version, which has no lock, goes on if it wrote something so short a time ago. */
    private static final long RECENT_MILLIS = 120_000;

    private static final int TAIL = 1 << 14;

    private final int id;
    private final RunDirectory directory;
    private final MetricTail tail;
    private FileTime recordRead;
    private RunRecord record;
    private Optional<RunFacts> facts = Optional.empty();
    private RunState state = RunState.RUNNING;
    private Pace pace;
    private double seconds = Double.NaN;
    private Optional<String> problem = Optional.empty();
    private long version;

    WatchedRun(int id, Path path) {
        this.id = id;
        directory = RunDirectory.at(path);
        tail = new MetricTail(directory.metricsCsv());
    }

    /** Reads what is new; notes this version if anything is. */
    void refresh(long newVersion) {
        boolean changed;
        Optional<String> problemBefore = problem;
        try {
            changed = readRecord();
            changed |= readMetrics();
            problem = Optional.empty();
        } catch (IOException | UserError e) {
            changed = false;
            problem = Optional.of(String.valueOf(e.getMessage()));
        }
        RunState now = stateNow();
        if (changed || now != state || !Objects.equals(problem, problemBefore)) {
            version = newVersion;
        }
        state = now;
    }

    private boolean readRecord() throws IOException {
        FileTime written = Files.getLastModifiedTime(directory.provenance());
        if (written.equals(recordRead)) {
            return false;
        }
        record = RunRecord.read(directory.path());
        facts = Optional.of(RunFacts.read(directory.provenance()));
        recordRead = written;
        return true;
    }

    private boolean readMetrics() throws IOException {
        boolean changed = tail.read();
        if (changed && tail.metrics().isPresent()) {
            readTimes();
        }
        return changed;
    }

    /** The clock's last rows; runs of earlier versions have none. */
    private void readTimes() throws IOException {
        if (!Files.isRegularFile(directory.times())) {
            return;
        }
        List<double[]> rows = lastRows(directory.times());
        if (rows.isEmpty()) {
            return;
        }
        double[] first = rows.get(0);
        double[] last = rows.get(rows.size() - 1);
        if (pace == null || last[1] < seconds) {
            double end =
                    record().flatMap(of -> of.number("training.maxSeconds")).orElse(Double.POSITIVE_INFINITY);
            pace = new Pace(first[1], (long) first[0], end);
        }
        pace.note(last[1], (long) last[0]);
        seconds = last[1];
    }

    private static List<double[]> lastRows(Path file) throws IOException {
        byte[] bytes;
        try (RandomAccessFile times = new RandomAccessFile(file.toFile(), "r")) {
            times.seek(Math.max(0, times.length() - TAIL));
            bytes = new byte[(int) Math.min(TAIL, times.length() - times.getFilePointer())];
            times.readFully(bytes);
        }
        String text = new String(bytes, StandardCharsets.US_ASCII);
        // The first line is a header or a part of a row, and the last one may not be whole.
        String[] lines = text.substring(0, text.lastIndexOf('\n') + 1).split("\n");
        return Arrays.stream(lines)
                .skip(1)
                .map(WatchedRun::row)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<double[]> row(String line) {
        String[] cells = line.split(",", -1);
        try {
            return cells.length == 2
                    ? Optional.of(new double[] {Double.parseDouble(cells[0]), Double.parseDouble(cells[1])})
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private RunState stateNow() {
        if (facts.filter(RunFacts::finished).isPresent()) {
            return RunState.FINISHED;
        }
        if (facts.flatMap(RunFacts::outcome).isPresent()) {
            return RunState.INTERRUPTED;
        }
        return RunLock.isHeld(directory.path()) || wroteJustNow() ? RunState.RUNNING : RunState.DIED;
    }

    private boolean wroteJustNow() {
        if (facts.isEmpty() || facts.get().locks()) {
            return false;
        }
        try {
            long written = Files.getLastModifiedTime(directory.metricsCsv()).toMillis();
            return System.currentTimeMillis() - written < RECENT_MILLIS;
        } catch (IOException e) {
            return false;
        }
    }

    /** @return what it is called in addresses */
    public int id() {
        return id;
    }

    /** @return its directory */
    public RunDirectory directory() {
        return directory;
    }

    /** @return what it says of itself; empty while that cannot be read */
    public Optional<RunRecord> record() {
        return Optional.ofNullable(record);
    }

    /** @return its metrics so far; empty while there are none */
    public Optional<ThinnedMetrics> metrics() {
        return tail.metrics();
    }

    /** @return how it is */
    public RunState state() {
        return state;
    }

    /** @return what it says of itself; empty while that cannot be read */
    public Optional<RunFacts> facts() {
        return facts;
    }

    /** @return how long it has taken so far; empty where nothing says so */
    public OptionalDouble seconds() {
        double all = facts.map(RunFacts::seconds).filter(Double::isFinite).orElse(seconds);
        return Double.isFinite(all) ? OptionalDouble.of(all) : OptionalDouble.empty();
    }

    /** @return how many lifetimes it is trained on at most; 0 if nothing says so */
    public long maxLifetimes() {
        return record().flatMap(of -> of.number("training.maxLifetimes"))
                .map(Double::longValue)
                .orElse(0L);
    }

    /** @return how long it takes to its end, in words; empty where it is over or nothing can be said */
    public Optional<String> left() {
        return state == RunState.RUNNING && pace != null && metrics().isPresent()
                ? pace.left(maxLifetimes() - (long) metrics().get().lastLifetime())
                : Optional.empty();
    }

    /** @return what of it could not be read, if anything */
    public Optional<String> problem() {
        return problem;
    }

    /** @return the version in which it changed last */
    public long version() {
        return version;
    }
}
