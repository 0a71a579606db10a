package org.plastic4j.training.metric;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.plastic4j.training.RunFailure;
import org.plastic4j.training.UserError;

/** A text file that grows row by row and can be followed while it does. Only one process at a time can write it. */
final class RowFile implements AutoCloseable {
    /** What rows look like. */
    enum Format {
        /** A header, and then rows that start with their lifetimes. */
        CSV("^(\\d+),"),
        /** Rows that start with their lifetimes, and each with all names. */
        JSONL("^\\{\"lifetimes\":(\\d+),");

        private final Pattern lifetimes;

        Format(String lifetimes) {
            this.lifetimes = Pattern.compile(lifetimes);
        }

        private List<String> names(String firstLine) throws IOException {
            List<String> names = this == CSV ? CsvMetrics.names(firstLine) : JsonlMetrics.names(firstLine);
            return names.subList(1, names.size());
        }
    }

    private final Path file;
    private final FileChannel channel;
    private List<String> names;

    private RowFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    static RowFile create(Path file) {
        return open(file, StandardOpenOption.CREATE_NEW);
    }

    private static RowFile open(Path file, StandardOpenOption... more) {
        List<StandardOpenOption> options = new ArrayList<>(List.of(more));
        options.add(StandardOpenOption.WRITE);
        RowFile rows = null;
        try {
            rows = new RowFile(file, FileChannel.open(file, options.toArray(StandardOpenOption[]::new)));
            rows.lock();
            return rows;
        } catch (IOException e) {
            throw failure(file, e);
        } catch (UserError e) {
            rows.close();
            throw e;
        }
    }

    /** Locks a byte that is never there: where locks are mandatory, the file can still be read. */
    private void lock() {
        boolean locked;
        try {
            locked = channel.tryLock(Long.MAX_VALUE - 1, 1, false) != null;
        } catch (OverlappingFileLockException e) {
            locked = false;
        } catch (IOException e) {
            // A file system without locks; then nobody is kept out.
            locked = true;
        }
        if (!locked) {
            throw new UserError(file + ": another process is writing it, expected the run to be stopped");
        }
    }

    static RowFile resume(Path file, long lifetimes, Format format) {
        if (!Files.isRegularFile(file)) {
            throw new UserError(file + ": there is no such file, expected the metrics of the run to go on with");
        }
        RowFile rows = open(file);
        try {
            String text = Files.readString(file, StandardCharsets.ISO_8859_1);
            int end = lifetimes == 0 ? 0 : endOfRow(text, lifetimes, format);
            if (end < 0) {
                throw new UserError("%s: expected a row at %d lifetimes, where the checkpoint is, found none"
                        .formatted(file, lifetimes));
            }
            if (end > 0) {
                byte[] first = text.substring(0, text.indexOf('\n')).getBytes(StandardCharsets.ISO_8859_1);
                rows.names = List.copyOf(format.names(new String(first, StandardCharsets.UTF_8)));
            }
            rows.channel.truncate(end);
            rows.channel.position(end);
            return rows;
        } catch (IOException e) {
            rows.close();
            throw failure(file, e);
        } catch (UserError e) {
            rows.close();
            throw e;
        }
    }

    /** The offset after the row at so many lifetimes; -1 if it is not there or not whole. */
    private static int endOfRow(String text, long lifetimes, Format format) {
        int start = 0;
        for (int end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', start)) {
            Matcher matcher = format.lifetimes.matcher(text.substring(start, Math.min(end, start + 60)));
            if (matcher.find() && Long.parseLong(matcher.group(1)) == lifetimes) {
                return end + 1;
            }
            start = end + 1;
        }
        return -1;
    }

    /** Whether this is the first row; all later ones must have its names. */
    boolean isFirst(Map<String, Double> measures) {
        if (names == null) {
            names = List.copyOf(measures.keySet());
            return true;
        }
        if (!names.equals(List.copyOf(measures.keySet()))) {
            throw new IllegalArgumentException(
                    "%s has the measures %s, this row has %s".formatted(file.getFileName(), names, measures.keySet()));
        }
        return false;
    }

    void append(String row) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(row + "\n");
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    void sync() {
        try {
            channel.force(false);
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    private static RunFailure failure(Path file, IOException e) {
        return new RunFailure(file + ": cannot be written (" + e.getMessage() + ")", e);
    }
}
