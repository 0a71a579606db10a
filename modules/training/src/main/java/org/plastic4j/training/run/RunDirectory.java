package org.plastic4j.training.run;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.plastic4j.training.UserError;

/** The folder of one run: who else writes there is rejected before any work is done. */
public final class RunDirectory {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    /** What only a run puts there. */
    private static final List<String> HELD =
            List.of("config.yaml", "metrics.csv", "metrics.jsonl", "times.csv", "run.json", "checkpoint");

    private final Path path;
    private final List<Path> created;

    private RunDirectory(Path path, List<Path> created) {
        this.path = path;
        this.created = created;
    }

    /**
     * Makes sure of a folder for a run, creating it if need be.
     *
     * @param out the folder the user asked for; if empty, a fresh one in {@code runs/EXPERIMENT} below the working
     *     directory
     * @param experiment the experiment's name
     * @param seed the run's seed
     * @param now names the fresh folder
     * @return the folder, which holds no run yet and can be written
     * @throws UserError if there is no such folder to be had
     */
    public static RunDirectory reserve(Optional<Path> out, String experiment, long seed, LocalDateTime now) {
        if (out.isPresent()) {
            return existingOrNew(out.get(), false);
        }
        String name = TIME.format(now) + "-s" + seed;
        for (int i = 1; ; i++) {
            Path path = Path.of("runs", experiment, i == 1 ? name : name + "-" + i);
            if (Files.exists(path)) {
                continue;
            }
            RunDirectory fresh = existingOrNew(path, true);
            // Else another run that began in the same second was faster.
            if (fresh.created.contains(fresh.path.toAbsolutePath().normalize())) {
                return fresh;
            }
        }
    }

    private static RunDirectory existingOrNew(Path path, boolean mayHoldARun) {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new UserError(String.format(Locale.ROOT, "--out %s: expected a folder, found a file", path));
        }
        for (String held : HELD) {
            if (!mayHoldARun && Files.exists(path.resolve(held))) {
                throw new UserError(String.format(
                        Locale.ROOT, "--out %s: already holds a run (%s), expected a new or empty folder", path, held));
            }
        }
        RunDirectory directory = new RunDirectory(path, new ArrayList<>());
        try {
            directory.create(path.toAbsolutePath().normalize());
            Files.delete(Files.createTempFile(path, ".writable", null));
        } catch (IOException e) {
            directory.discardFolders();
            throw new UserError(
                    String.format(Locale.ROOT, "--out %s: no run can be written there (%s)", path, reason(e)), e);
        }
        return directory;
    }

    /**
     * Takes the folder of a run that was begun before.
     *
     * @param path the run's directory
     * @param option the option that names it, for messages
     * @return the folder
     * @throws UserError if no run is there
     */
    public static RunDirectory existing(Path path, String option) {
        if (!Files.isDirectory(path)) {
            throw new UserError(String.format(
                    Locale.ROOT,
                    "%s %s: expected the directory of a run, found %s",
                    option,
                    path,
                    Files.exists(path) ? "a file" : "nothing"));
        }
        RunDirectory directory = new RunDirectory(path, List.of());
        for (Path part : List.of(directory.config(), directory.provenance())) {
            if (!Files.isRegularFile(part)) {
                throw new UserError(String.format(
                        Locale.ROOT,
                        "%s %s: expected the directory of a run, found no %s in it",
                        option,
                        path,
                        part.getFileName()));
            }
        }
        return directory;
    }

    /**
     * @param path a folder, whatever is in it
     * @return the places of a run's files in it
     */
    public static RunDirectory at(Path path) {
        return new RunDirectory(path, List.of());
    }

    private void create(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (folder.getParent() != null) {
            create(folder.getParent());
        }
        try {
            Files.createDirectory(folder);
            created.add(folder);
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }

    private static String reason(IOException e) {
        if (e instanceof FileAlreadyExistsException exists) {
            return exists.getFile() + " is a file";
        }
        String name = e.getClass().getSimpleName().replaceAll("Exception$", "");
        return name.equals("FileSystem") || name.equals("IO") ? e.getMessage() : name + ": " + e.getMessage();
    }

    /** Takes back what {@link #reserve} created, and files of metrics without a row, as far as all of it is still empty. */
    public void discard() {
        release();
        discardFolders();
    }

    /** Removes files of metrics without a row, so that another run may have the folder. */
    public void release() {
        for (Path file : List.of(metricsCsv(), metricsJsonl(), times())) {
            try {
                if (Files.isRegularFile(file) && Files.size(file) == 0) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                // It stays, and with it the folder.
                return;
            }
        }
    }

    private void discardFolders() {
        for (int i = created.size() - 1; i >= 0; i--) {
            try {
                Files.deleteIfExists(created.get(i));
            } catch (IOException e) {
                // Somebody put something there: then it is no longer ours to take back.
                return;
            }
        }
    }

    /** @return the folder, as the user gave it */
    public Path path() {
        return path;
    }

    /** @return the resolved configuration's file */
    public Path config() {
        return path.resolve("config.yaml");
    }

    /** @return the file that says what ran, with what, and how it ended */
    public Path provenance() {
        return path.resolve("run.json");
    }

    /** @return the metrics as a table */
    public Path metricsCsv() {
        return path.resolve("metrics.csv");
    }

    /** @return the metrics as one JSON object a line */
    public Path metricsJsonl() {
        return path.resolve("metrics.jsonl");
    }

    /** @return how many seconds each row of the metrics took to get to */
    public Path times() {
        return path.resolve("times.csv");
    }

    /** @return the picture of the primary metric */
    public Path lossPlot() {
        return path.resolve("loss.png");
    }

    /** @return the page about the run */
    public Path report() {
        return path.resolve("report.html");
    }

    /** @return what libraries said, and the stack trace of a failure */
    public Path log() {
        return path.resolve("run.log");
    }
}
