package org.plastic4j.training.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.plastic4j.training.RunFailure;
import org.plastic4j.training.UserError;

/**
 * Says that a run's directory is being written: a locked file that is there as long as the run goes on. The operating system
 * gives the lock back when the process is killed. It is a file of its own because a process that closes any file loses its
 * locks on that file, and reports read the metrics while the run writes them.
 */
public final class RunLock implements AutoCloseable {
    private static final String NAME = ".lock";
    private static final int ATTEMPTS = 20;
    private static final long PAUSE_MILLIS = 25;

    /** The directories that this process writes, whose files of locks it must not open again. */
    private static final Set<Path> OWN = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;
    private final FileIdentity identity;

    private RunLock(Path directory, FileChannel channel, FileIdentity identity) {
        this.directory = directory;
        this.channel = channel;
        this.identity = identity;
    }

    /**
     * Claims a run's directory for this process.
     *
     * @param directory an existing directory
     * @return the claim, which ends when it is closed
     * @throws UserError if a run is writing there
     * @throws RunFailure if the file cannot be written
     */
    public static RunLock acquire(Path directory) {
        Path real = real(directory);
        if (!OWN.add(real)) {
            throw taken(directory);
        }
        try {
            // Who only looks whether a run goes on holds the lock for a moment.
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Optional<RunLock> lock = attempt(real);
                if (lock.isPresent()) {
                    return lock.get();
                }
                Thread.sleep(PAUSE_MILLIS);
            }
            throw taken(directory);
        } catch (IOException e) {
            OWN.remove(real);
            throw new RunFailure(directory.resolve(NAME) + ": cannot be written (" + e.getMessage() + ")", e);
        } catch (InterruptedException e) {
            OWN.remove(real);
            Thread.currentThread().interrupt();
            throw new RunFailure(directory + ": interrupted while its lock was waited for", e);
        } catch (UserError e) {
            OWN.remove(real);
            throw e;
        }
    }

    private static Optional<RunLock> attempt(Path directory) throws IOException {
        Path file = directory.resolve(NAME);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        boolean locked;
        try {
            locked = channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            locked = false;
        } catch (IOException e) {
            // A file system without locks; then nobody is kept out.
            locked = true;
        }
        // Whoever held it before may have removed the file just now.
        if (locked && Files.exists(file)) {
            return Optional.of(new RunLock(directory, channel, FileIdentity.of(file)));
        }
        channel.close();
        return Optional.empty();
    }

    /**
     * Whether a run is writing a directory, in this process or another one. Nothing is changed there.
     *
     * @param directory a run's directory
     * @return whether a run goes on there; false, too, for runs of versions before 0.2, which have no such file
     */
    public static boolean isHeld(Path directory) {
        if (OWN.contains(real(directory))) {
            return true;
        }
        try (FileChannel channel = FileChannel.open(directory.resolve(NAME), StandardOpenOption.READ);
                FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true)) {
            return lock == null;
        } catch (NoSuchFileException e) {
            return false;
        } catch (OverlappingFileLockException | IOException e) {
            // Somebody has it, or nobody can say: a run is called dead only where that is certain.
            return true;
        }
    }

    private static UserError taken(Path directory) {
        return new UserError(directory + ": another process is writing it, expected the run to be stopped");
    }

    private static Path real(Path directory) {
        try {
            return directory.toRealPath();
        } catch (IOException e) {
            return directory.toAbsolutePath().normalize();
        }
    }

    /** The run goes on no longer; its file goes. */
    @Override
    public void close() {
        try (channel) {
            // Before the lock is given back, so that nobody's newer file is removed.
            if (identity.isInPlace()) {
                Files.deleteIfExists(directory.resolve(NAME));
            }
        } catch (IOException e) {
            // It stays without a lock, which says the same.
        } finally {
            OWN.remove(directory);
        }
    }
}
