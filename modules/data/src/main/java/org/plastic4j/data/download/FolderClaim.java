package org.plastic4j.data.download;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.UUID;

/** Keeps others from bringing data into a folder at the same time. It ends with the process at the latest. */
final class FolderClaim implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    private FolderClaim(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * @param folder an existing folder
     * @throws DownloadFailure if another process has claimed it
     * @throws IOException if it cannot be written
     */
    static FolderClaim of(Path folder) throws IOException {
        Path file = folder.resolve(".download");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isLocked(channel) || !isStillThere(file, channel)) {
            channel.close();
            throw new DownloadFailure(String.format(
                    Locale.ROOT, "%s: another process is downloading into it, expected it to have ended", folder));
        }
        return new FolderClaim(file, channel);
    }

    private static boolean isLocked(FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        } catch (IOException e) {
            // A file system without locks; then nobody is kept out.
            return true;
        }
    }

    /** What was locked may be a file that its owner has just removed. */
    private static boolean isStillThere(Path file, FileChannel channel) throws IOException {
        String token = UUID.randomUUID().toString();
        channel.write(StandardCharsets.UTF_8.encode(token), 0);
        try {
            return Files.readString(file).equals(token);
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        channel.close();
    }
}
