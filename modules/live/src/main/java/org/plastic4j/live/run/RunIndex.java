package org.plastic4j.live.run;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.plastic4j.training.UserError;

/**
 * All runs in some folders. It looks there when it is asked, and not more often than a few times a second; nothing is ever
 * written. Links are not followed, so that whatever is found lies in the folders.
 */
public final class RunIndex {
    private static final long AT_MOST_EVERY_NANOS = 300_000_000L;
    /** Deep enough for {@code runs/reproduction/EXPERIMENT/CONFIGURATION/seed-0}. */
    private static final int DEPTH = 6;

    private static final int MOST_RUNS = 5000;

    private final List<Path> folders;
    private final Map<Path, WatchedRun> runs = new LinkedHashMap<>();
    private int ids;
    private long version;
    private long structure;
    private long lookedAt;

    /**
     * @param folders runs' directories, or folders of them at any depth; one that is not there yet may come
     * @throws UserError if one is a file
     */
    public RunIndex(List<Path> folders) {
        for (Path folder : folders) {
            if (Files.exists(folder) && !Files.isDirectory(folder)) {
                throw new UserError(String.format(Locale.ROOT, "%s: expected a folder, found a file", folder));
            }
        }
        this.folders = folders.stream()
                .map(folder -> folder.toAbsolutePath().normalize())
                .toList();
    }

    /** @return the folders */
    public List<Path> folders() {
        return folders;
    }

    /**
     * What there is now.
     *
     * @param version grows whenever anything has changed
     * @param structure the version in which runs came or went last
     * @param runs by their paths
     */
    public record View(long version, long structure, List<WatchedRun> runs) {
        /**
         * @param id what a run is called in addresses
         * @return the run
         */
        public Optional<WatchedRun> run(String id) {
            return runs.stream()
                    .filter(run -> String.valueOf(run.id()).equals(id))
                    .findFirst();
        }
    }

    /**
     * Looks what has changed, and lets nobody else look as long as the result is used: runs change when they are looked at.
     *
     * @param use makes something of all runs
     * @return what it made
     * @param <T> what that is
     */
    public synchronized <T> T look(Function<View, T> use) {
        if (version == 0 || System.nanoTime() - lookedAt > AT_MOST_EVERY_NANOS) {
            refresh();
            lookedAt = System.nanoTime();
        }
        return use.apply(new View(version, structure, List.copyOf(runs.values())));
    }

    private void refresh() {
        long next = version + 1;
        Set<Path> found = new TreeSet<>(Comparator.comparing(RunIndex::sortable));
        folders.forEach(folder -> find(folder, found));
        boolean changed = version == 0 | runs.keySet().removeIf(path -> !found.contains(path));
        List<WatchedRun> sorted = new ArrayList<>();
        for (Path path : found) {
            WatchedRun run = runs.get(path);
            if (run == null) {
                run = new WatchedRun(ids++, path);
                changed = true;
            }
            sorted.add(run);
        }
        if (changed) {
            structure = next;
            runs.clear();
            sorted.forEach(run -> runs.put(run.directory().path(), run));
        }
        for (WatchedRun run : runs.values()) {
            run.refresh(next);
            changed |= run.version() == next;
        }
        if (changed) {
            version = next;
        }
    }

    /** So that seed 10 comes after seed 9. */
    private static String sortable(Path path) {
        StringBuilder text = new StringBuilder();
        for (String part : path.toString().split("(?<=\\D)(?=\\d)|(?<=\\d)(?=\\D)")) {
            text.append(
                    !part.isEmpty() && Character.isDigit(part.charAt(0)) && part.length() < 18
                            ? "0".repeat(18 - part.length()) + part
                            : part);
        }
        return text.toString();
    }

    private static void find(Path folder, Set<Path> found) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try {
            Files.walkFileTree(folder, EnumSet.noneOf(FileVisitOption.class), DEPTH, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) {
                    if (found.size() >= MOST_RUNS) {
                        return FileVisitResult.TERMINATE;
                    }
                    if (isRun(visited)) {
                        found.add(visited);
                        return FileVisitResult.SKIP_SUBTREE;
                    }
                    boolean hidden = visited.getFileName() != null
                            && visited.getFileName().toString().startsWith(".");
                    return hidden && !visited.equals(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                /** It was there a moment ago, or belongs to somebody else. */
                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            // What was found until then is shown.
            return;
        }
    }

    private static boolean isRun(Path path) {
        return Files.isRegularFile(path.resolve("run.json")) && Files.isRegularFile(path.resolve("config.yaml"));
    }
}
