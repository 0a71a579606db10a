package org.plastic4j.training.metric;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.plastic4j.training.RunFailure;
import org.plastic4j.training.UserError;
import org.plastic4j.training.run.FileIdentity;

/** A text file that grows row by row and can be followed while it does. Only one process at a time can write it. */
final class RowFile implements AutoCloseable {
    /** What rows look like. */
    interface Format {
        /** Whether the first line has the names and no numbers. */
        boolean hasHeader();

        /** The names in a first line, that of the lifetimes first. */
        List<String> names(String firstLine) throws IOException;

        /** Where a row stands; it has to have all the names. */
        long lifetimes(String row, List<String> names) throws IOException;
    }

    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

    private final Path file;
    private final FileChannel channel;
    private List<String> names;
    /** What a resumed file is cut to before anything is written to it; negative where nothing is to be cut. */
    private long keep = -1;

    private boolean unfinished;
    private final FileIdentity identity;

    private RowFile(Path file, FileChannel channel) throws IOException {
        this.file = file;
        this.channel = channel;
        identity = FileIdentity.of(file);
    }

    /** Only one of several that create the same file at once succeeds. */
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
        } catch (FileAlreadyExistsException e) {
            throw new UserError(file + ": there already, expected a folder that no other run writes to", e);
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

    /** Nothing of the file is changed before {@link #begin} or the first row. */
    static RowFile resume(Path file, long lifetimes, Format format) {
        if (!Files.isRegularFile(file)) {
            throw new UserError(file + ": there is no such file, expected the metrics of the run to go on with");
        }
        RowFile rows = open(file);
        try {
            rows.keep = 0;
            if (lifetimes > 0) {
                rows.keepTo(lifetimes, format);
            }
            return rows;
        } catch (IOException e) {
            rows.close();
            throw failure(file, e);
        } catch (UserError e) {
            rows.close();
            throw e;
        }
    }

    /** Looks for the row; all rows up to it must be whole. Line ends and a byte order mark may be an editor's. */
    private void keepTo(long lifetimes, Format format) throws IOException {
        String bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
        List<String> found = null;
        int line = 0;
        for (int start = bytes.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length() : 0; start < bytes.length(); ) {
            line++;
            int newline = bytes.indexOf('\n', start);
            int end = newline < 0 ? bytes.length() : newline;
            String text = new String(
                            bytes.substring(start, end).getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
                    .stripTrailing();
            long at = -1;
            try {
                if (found == null) {
                    found = format.names(text);
                }
                if (line > 1 || !format.hasHeader()) {
                    at = format.lifetimes(text, found);
                }
            } catch (IOException e) {
                throw new UserError(String.format(Locale.ROOT, "%s:%d: %s", file, line, e.getMessage()), e);
            }
            start = end + 1;
            if (at == lifetimes) {
                names = List.copyOf(found.subList(1, found.size()));
                unfinished = newline < 0;
                keep = end + (unfinished ? 0 : 1);
                return;
            }
        }
        throw new UserError(String.format(
                Locale.ROOT,
                "%s: expected a row at %d lifetimes, where the checkpoint is, found none",
                file,
                lifetimes));
    }

    /** The measures' names, as far as there are rows. */
    Optional<List<String>> names() {
        return Optional.ofNullable(names);
    }

    /** Cuts off the rows that are to be written again. */
    void begin() {
        if (keep < 0) {
            return;
        }
        try {
            channel.truncate(keep);
            channel.position(keep);
            keep = -1;
            if (unfinished) {
                channel.write(StandardCharsets.UTF_8.encode("\n"));
            }
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /** Whether this is the first row; all later ones must have its names. */
    boolean isFirst(Map<String, Double> measures) {
        if (names == null) {
            names = List.copyOf(measures.keySet());
            return true;
        }
        if (!names.equals(List.copyOf(measures.keySet()))) {
            throw new IllegalArgumentException(String.format(
                    Locale.ROOT,
                    "%s has the measures %s, this row has %s",
                    file.getFileName(),
                    names,
                    measures.keySet()));
        }
        return false;
    }

    void append(String row) {
        begin();
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.encode(row + "\n");
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw failure(file, e);
        }
    }

    /** Else whatever else the run writes would go into a folder that is somebody else's by now. */
    private void requireInPlace() {
        if (!identity.isInPlace()) {
            throw new RunFailure(file + ": removed or replaced while the run was writing it");
        }
    }

    void sync() {
        requireInPlace();
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
