package org.plastic4j.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.plastic4j.spark.task.StoreFiles;
import org.plastic4j.spark.task.StoreFiles.Entry;

/**
 * This computer's copy of a store: what the commands, the live page and people read. It has all but the arrays of the
 * checkpoints, which only executors need.
 */
final class LocalCopy {
    private final StoreFiles store;
    private final Path folder;

    LocalCopy(StoreFiles store, Path folder) {
        this.store = store;
        this.folder = folder;
    }

    /**
     * Brings what has changed below a folder of the store; files that are gone there stay.
     *
     * @param part a folder in the store; empty for all of it
     */
    void pull(String part) throws IOException {
        for (Entry entry : store.walk(part)) {
            if (!isWanted(entry.name())) {
                continue;
            }
            Path local = folder.resolve(entry.name());
            boolean same = Files.exists(local)
                    && Files.size(local) == entry.size()
                    && Files.getLastModifiedTime(local).toMillis() >= entry.modified();
            if (!same) {
                store.get(entry.name(), local);
            }
        }
    }

    /** Brings one file, if it is there. */
    void pullFile(String name) throws IOException {
        if (store.exists(name)) {
            store.get(name, folder.resolve(name));
        }
    }

    private static boolean isWanted(String name) {
        return Arrays.stream(name.split("/"))
                .noneMatch(part -> part.startsWith(".")
                        || part.endsWith(".npz")
                        || part.matches("checkpoint\\.(new|old)|best\\.(new|old)"));
    }

    /** Writes into the store what this computer has made of the runs: tables, pictures, pages. */
    void push() throws IOException {
        Map<String, Entry> there = new HashMap<>();
        store.walk("").forEach(entry -> there.put(entry.name(), entry));
        for (Path file : files()) {
            String name = folder.relativize(file).toString().replace('\\', '/');
            Entry stored = there.get(name);
            boolean newer = stored == null || Files.getLastModifiedTime(file).toMillis() > stored.modified();
            if (newer && isWanted(name)) {
                store.put(file, name);
            }
        }
    }

    private List<Path> files() throws IOException {
        Predicate<Path> regular = Files::isRegularFile;
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(regular).sorted().toList();
        }
    }
}
