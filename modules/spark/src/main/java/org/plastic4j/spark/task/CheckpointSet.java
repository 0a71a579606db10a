package org.plastic4j.spark.task;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A checkpoint in the store: files that are of use only together. A new one is copied beside the old one and then takes its
 * name, so that one of them is whole at any moment, on file systems that rename a folder file by file too.
 */
final class CheckpointSet {
    /** The file that says which checkpoint it is; it has checksums of the others. */
    private static final String STATE = "state.json";

    private static final List<String> FILES = List.of("parameters.npz", "optimizer.npz", STATE);
    private static final int ATTEMPTS = 20;
    private static final long PAUSE_MILLIS = 10;

    private final StoreFiles store;
    private final String name;
    private final String next;
    private final String old;

    CheckpointSet(StoreFiles store, String name) {
        this.store = store;
        this.name = name;
        this.next = name + ".new";
        this.old = name + ".old";
    }

    /**
     * Links the files of a checkpoint that a run may replace meanwhile.
     *
     * @param checkpoint the run's folder of it
     * @param links an empty folder on the same disk
     * @return what its state.json says; empty if there is no checkpoint just now
     */
    static Optional<byte[]> snapshot(Path checkpoint, Path links) throws IOException, InterruptedException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                byte[] before = Files.readAllBytes(checkpoint.resolve(STATE));
                for (String file : FILES) {
                    link(checkpoint.resolve(file), links.resolve(file));
                }
                // Files of two checkpoints do not go together.
                if (Arrays.equals(before, Files.readAllBytes(checkpoint.resolve(STATE)))) {
                    return Optional.of(before);
                }
            } catch (NoSuchFileException e) {
                // The run is replacing it, or has removed an earlier one.
            }
            Thread.sleep(PAUSE_MILLIS);
        }
        return Optional.empty();
    }

    private static void link(Path file, Path link) throws IOException {
        Files.deleteIfExists(link);
        try {
            Files.createLink(link, file);
        } catch (UnsupportedOperationException e) {
            Files.copy(file, link);
        }
    }

    /** Replaces what the store has by the files in a folder of this machine. */
    void replace(Path files) throws IOException {
        try {
            store.delete(next);
            store.makeFolder(next);
            for (String file : FILES) {
                // The last one in one step: half of it would make the others look whole.
                store.put(files.resolve(file), next + "/" + file);
            }
        } catch (IOException | RuntimeException e) {
            try {
                // Half a checkpoint is of no use to anybody.
                store.delete(next);
            } catch (IOException another) {
                e.addSuppressed(another);
            }
            throw e;
        }
        if (store.exists(name)) {
            store.delete(old);
            store.rename(name, old);
        }
        store.rename(next, name);
        store.delete(old);
    }

    /**
     * Finishes what was left undone by an executor that is gone.
     *
     * @return whether the store has the checkpoint
     */
    boolean settle() throws IOException {
        if (!isWhole(name)) {
            for (String candidate : List.of(next, old)) {
                if (isWhole(candidate)) {
                    store.delete(name);
                    store.rename(candidate, name);
                    break;
                }
            }
        }
        store.delete(next);
        store.delete(old);
        return isWhole(name);
    }

    private boolean isWhole(String folder) throws IOException {
        return Set.copyOf(store.list(folder)).containsAll(FILES);
    }
}
