package org.plastic4j.report.reproduction;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.plastic4j.training.UserError;
import org.plastic4j.training.run.RunFacts;

/** The runs of several seeds in one folder, {@code seed-K} each. */
public final class FinishedRuns {
    private FinishedRuns() {}

    /**
     * @param folder a folder, which need not exist
     * @return the directories of runs in it that have ended, by seed
     * @throws UserError if it cannot be read
     */
    public static Map<Long, Path> of(Path folder) {
        Map<Long, Path> runs = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return runs;
        }
        try (Stream<Path> folders = Files.list(folder)) {
            folders.filter(FinishedRuns::isFinished)
                    .forEach(run ->
                            runs.put(Long.parseLong(run.getFileName().toString().substring("seed-".length())), run));
        } catch (IOException e) {
            throw new UserError(
                    String.format(Locale.ROOT, "%s: expected a folder of runs, which cannot be read (%s)", folder, e),
                    e);
        }
        return runs;
    }

    private static boolean isFinished(Path run) {
        return run.getFileName().toString().matches("seed--?\\d{1,18}")
                && Files.isRegularFile(run.resolve("run.json"))
                && RunFacts.read(run.resolve("run.json")).finished();
    }
}
