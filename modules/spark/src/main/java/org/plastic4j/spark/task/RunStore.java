package org.plastic4j.spark.task;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A run's directory in the store, and its copy on this machine in which the run works. What the store has can be resumed at any
 * moment: its metrics are at least as long as its checkpoint needs them, and run.json, which says that there is a run at all,
 * comes last.
 */
final class RunStore {
    private static final String RECORD = "run.json";
    private static final String CONFIG = "config.yaml";
    private static final String NEWEST = "checkpoint";
    private static final String EARLIER = "checkpoints";
    private static final String BEST = "best";
    private static final String NUMBERED = "\\d{6,18}";

    private final StoreFiles store;
    private final String run;
    private final Path local;
    private final Path links;

    /** What the store has: a file's size and time, and a checkpoint's state. */
    private final Map<String, String> stored = new HashMap<>();

    private final Map<String, byte[]> states = new HashMap<>();

    /**
     * @param run the run's directory in the store
     * @param local its copy; it need not exist yet
     * @param links an empty folder on the same disk
     */
    RunStore(StoreFiles store, String run, Path local, Path links) {
        this.store = store;
        this.run = run;
        this.local = local;
        this.links = links;
    }

    /**
     * Brings what an earlier attempt has left. What cannot be resumed is removed.
     *
     * @return whether there is a checkpoint to resume
     */
    boolean bring() throws IOException {
        store.settle(run);
        boolean begun = set(NEWEST).settle();
        for (String name : store.list(in(EARLIER))) {
            String set = EARLIER + "/" + name.replaceAll("\\.(new|old)$", "");
            begun |= set(set).settle() && name.matches(NUMBERED);
        }
        if (!begun || !store.exists(in(RECORD)) || !store.exists(in(CONFIG))) {
            for (String name : store.list(run)) {
                if (!name.startsWith(".")) {
                    store.delete(in(name));
                }
            }
            return false;
        }
        for (StoreFiles.Entry entry : store.walk(run)) {
            String name = entry.name().substring(run.length() + 1);
            if (!isHidden(name)) {
                Path file = local.resolve(name);
                store.get(entry.name(), file);
                stored.put(name, stamp(file));
            }
        }
        for (String set : sets()) {
            states.put(set, Files.readAllBytes(local.resolve(set).resolve("state.json")));
        }
        return true;
    }

    private CheckpointSet set(String name) {
        return new CheckpointSet(store, in(name));
    }

    private String in(String name) {
        return run + "/" + name;
    }

    private static boolean isHidden(String name) {
        return Arrays.stream(name.split("/")).anyMatch(part -> part.startsWith("."));
    }

    private static String stamp(Path file) throws IOException {
        return Files.size(file) + " " + Files.getLastModifiedTime(file);
    }

    /** Those on this machine. */
    private Set<String> sets() throws IOException {
        Set<String> sets = new TreeSet<>();
        if (Files.isDirectory(local.resolve(NEWEST))) {
            sets.add(NEWEST);
        }
        if (Files.isDirectory(local.resolve(EARLIER))) {
            try (Stream<Path> earlier = Files.list(local.resolve(EARLIER))) {
                earlier.map(path -> path.getFileName().toString())
                        .filter(name -> name.equals(BEST) || name.matches(NUMBERED))
                        .forEach(name -> sets.add(EARLIER + "/" + name));
            }
        }
        return sets;
    }

    /**
     * Copies what has changed.
     *
     * @param ended whether the run's process has: while it goes on, what it says of its end may not be all
     * @throws IOException if the store cannot be written; what is in it can be resumed all the same
     */
    void keep(boolean ended) throws IOException, InterruptedException {
        if (!Files.isDirectory(local)) {
            return;
        }
        // The checkpoints first and the metrics after them, which then are as long as these need them; to the store in
        // the
        // other order, for the same reason.
        Map<String, byte[]> changed = new HashMap<>();
        Set<String> sets = sets();
        for (String set : sets) {
            Path linked = Files.createDirectories(links.resolve(set));
            Optional<byte[]> state = CheckpointSet.snapshot(local.resolve(set), linked);
            state.filter(now -> !Arrays.equals(now, states.get(set))).ifPresent(now -> changed.put(set, now));
        }
        for (String name : files()) {
            if (!name.equals(RECORD)) {
                put(name);
            }
        }
        for (Map.Entry<String, byte[]> set : changed.entrySet()) {
            set(set.getKey()).replace(links.resolve(set.getKey()));
            states.put(set.getKey(), set.getValue());
        }
        removeEarlier(sets);
        Path record = local.resolve(RECORD);
        if (Files.exists(record) && (ended || !Files.readString(record).contains("\"outcome\""))) {
            put(RECORD);
        }
    }

    /** All files but those of checkpoints. */
    private List<String> files() throws IOException {
        List<String> names = new ArrayList<>();
        collect(local, names);
        return names;
    }

    private void collect(Path folder, List<String> names) throws IOException {
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path path : all) {
                String name = local.relativize(path).toString().replace('\\', '/');
                if (name.startsWith(NEWEST) || isHidden(name)) {
                    continue;
                }
                if (Files.isDirectory(path)) {
                    collect(path, names);
                } else if (Files.isRegularFile(path)) {
                    names.add(name);
                }
            }
        }
    }

    private void put(String name) throws IOException {
        Path file = local.resolve(name);
        String stamp;
        try {
            stamp = stamp(file);
            if (stamp.equals(stored.get(name))) {
                return;
            }
            store.put(file, in(name));
        } catch (NoSuchFileException e) {
            if (Files.exists(file)) {
                throw e;
            }
            return;
        }
        stored.put(name, stamp);
    }

    /** Those that the run keeps no longer. */
    private void removeEarlier(Set<String> kept) throws IOException {
        Set<String> gone = new HashSet<>(states.keySet());
        gone.removeAll(kept);
        for (String set : gone) {
            if (set.startsWith(EARLIER + "/") && !set.endsWith(BEST)) {
                store.delete(in(set));
                states.remove(set);
            }
        }
    }
}
