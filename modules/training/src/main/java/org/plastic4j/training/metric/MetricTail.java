package org.plastic4j.training.metric;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Follows a run's {@code metrics.csv} while it is written: each time, only what is new is read. A run that is resumed cuts rows
 * off, and then the file is read anew. Nothing is ever written.
 */
public final class MetricTail {
    private static final int CHUNK = 1 << 20;
    private static final int LONGEST_LINE = 1 << 16;

    private final Path file;
    private long offset;
    private ThinnedMetrics metrics;

    /** @param file a file that {@link CsvMetrics} writes, or will write */
    public MetricTail(Path file) {
        this.file = file;
    }

    /** @return what was read so far; empty while there is no header */
    public Optional<ThinnedMetrics> metrics() {
        return Optional.ofNullable(metrics);
    }

    /**
     * Reads the rows that are whole by now.
     *
     * @return whether there is anything new
     * @throws IOException if the file cannot be read, or is no table of metrics
     */
    public boolean read() throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            long size = channel.size();
            if (size == offset) {
                return false;
            }
            if (offset > 0 && size > offset) {
                try {
                    return read(channel);
                } catch (InvalidRow e) {
                    // The file is not the one that was read before: its rows may have been cut off and written again.
                }
            }
            offset = 0;
            metrics = null;
            try {
                return read(channel);
            } catch (InvalidRow e) {
                // Not again before the file changes.
                offset = size;
                throw e;
            }
        } catch (NoSuchFileException e) {
            boolean gone = offset > 0;
            offset = 0;
            metrics = null;
            return gone;
        }
    }

    private static final class InvalidRow extends IOException {
        private static final long serialVersionUID = 1L;

        InvalidRow(Throwable cause) {
            super(cause.getMessage(), cause);
        }
    }

    private boolean read(FileChannel channel) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK);
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        long before = offset;
        channel.position(offset);
        while (channel.read(chunk.clear()) > 0) {
            chunk.flip();
            while (chunk.hasRemaining()) {
                byte next = chunk.get();
                if (next == '\n') {
                    offset += line.size() + 1L;
                    take(line.toString(StandardCharsets.UTF_8).stripTrailing());
                    line.reset();
                } else if (line.size() < LONGEST_LINE) {
                    line.write(next);
                } else {
                    throw new InvalidRow(new IOException("a line of more than " + LONGEST_LINE + " bytes"));
                }
            }
        }
        return offset > before;
    }

    private void take(String line) throws InvalidRow {
        try {
            if (metrics == null) {
                metrics = new ThinnedMetrics(MetricTable.header(line));
            } else {
                metrics.add(MetricTable.numbers(line, metrics.names().size()));
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidRow(e);
        }
    }
}
