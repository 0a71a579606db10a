package org.plastic4j.training.run;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/** Files that are either whole or not there, whenever the process or the machine stops. */
public final class AtomicFiles {
    /** Writes the bytes of a file. */
    @FunctionalInterface
    public interface Content {
        /**
         * @param out where to; it is buffered, and closed by the caller
         * @throws IOException if writing fails
         */
        void writeTo(OutputStream out) throws IOException;
    }

    private AtomicFiles() {}

    /**
     * Writes a text in UTF-8 under a temporary name in the same folder, syncs it to the disk, and moves it into place.
     *
     * @param file the file to create or replace
     * @param text its content
     * @throws IOException if it cannot be written; what was there before is then still there
     */
    public static void write(Path file, String text) throws IOException {
        write(file, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * The same for any content.
     *
     * @param file the file to create or replace
     * @param content writes its bytes
     * @throws IOException if it cannot be written; what was there before is then still there
     */
    public static void write(Path file, Content content) throws IOException {
        // A name of its own: two processes that write the same file must not write into each other's.
        Path temporary = file.resolveSibling(String.join(
                ".", "", file.getFileName().toString(), UUID.randomUUID().toString(), "part"));
        try {
            writeSynced(temporary, content);
            move(temporary, file);
        } finally {
            Files.deleteIfExists(temporary);
        }
        syncFolder(file.toAbsolutePath().getParent());
    }

    /**
     * Writes a file in place and syncs it to the disk; for files in a folder that is itself still temporary.
     *
     * @param file the file to create or replace
     * @param content writes its bytes
     * @throws IOException if it cannot be written
     */
    public static void writeSynced(Path file, Content content) throws IOException {
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            OutputStream out = new BufferedOutputStream(new KeptOpen(Channels.newOutputStream(channel)), 1 << 16);
            content.writeTo(out);
            out.flush();
            channel.force(true);
        }
    }

    /**
     * Moves a file or folder on the same disk in one step.
     *
     * @param from what to move
     * @param to its new path; a file there is replaced
     * @throws IOException if it cannot be moved
     */
    public static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /**
     * Makes moves in a folder survive a loss of power, where the platform can.
     *
     * @param folder the folder whose entries changed
     */
    public static void syncFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows opens no folders; the move itself is still atomic there.
            return;
        }
    }

    /** Content may close its stream (a zip does), but the channel has to be synced after that. */
    private static final class KeptOpen extends FilterOutputStream {
        KeptOpen(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
