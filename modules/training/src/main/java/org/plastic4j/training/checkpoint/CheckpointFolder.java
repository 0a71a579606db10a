package org.plastic4j.training.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.training.RunFailure;
import org.plastic4j.training.UserError;
import org.plastic4j.training.run.AtomicFiles;

/**
 * A run's checkpoints. {@code checkpoint/} is the newest, {@code checkpoints/000400/} an earlier one, named by its
 * lifetimes, and {@code checkpoints/best/} the best. Each is a set of {@code parameters.npz}, {@code optimizer.npz} and
 * {@code state.json} that is written and replaced as a whole. Killed at any moment, the run has a newest whole set: the
 * new one, or the one before, which may then lie in {@code checkpoints/}, where {@link #load} looks too.
 *
 * <p>The best is hard links to what was the newest, where the file system has them: it costs no space while the newest
 * is the best.
 */
public final class CheckpointFolder {
    /** Raised whenever older programs could no longer read what is written. */
    private static final int FORMAT = 2;

    private static final String PARAMETERS = "parameters.npz";
    private static final String OPTIMIZER = "optimizer.npz";
    private static final String STATE = "state.json";
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .build();

    private final Path current;
    private final Path next;
    private final Path earlier;
    private final int keep;
    private final Disk disk;

    /** How a file gets onto the disk. */
    @FunctionalInterface
    interface Disk {
        void write(Path file, AtomicFiles.Content content) throws IOException;
    }

    /**
     * For reading, and for keeping nothing but the newest.
     *
     * @param run the run's directory
     */
    public CheckpointFolder(Path run) {
        this(run, 1);
    }

    /**
     * @param run the run's directory
     * @param keep how many of the newest stay, at least 1
     */
    public CheckpointFolder(Path run, int keep) {
        this(run, keep, AtomicFiles::writeSynced);
    }

    CheckpointFolder(Path run, int keep, Disk disk) {
        this.current = run.resolve("checkpoint");
        this.next = run.resolve("checkpoint.new");
        this.earlier = run.resolve("checkpoints");
        this.keep = keep;
        this.disk = disk;
    }

    /** The content of state.json; the digests tie the parts together. */
    record Manifest(int format, Checkpoint.State state, Map<String, String> sha256) {}

    /** @return the folder that holds the newest checkpoint */
    public Path path() {
        return current;
    }

    /** @return the folder that holds the best checkpoint, if there is one */
    public Path best() {
        return earlier.resolve("best");
    }

    /**
     * Adds a checkpoint, and removes those that are neither the best nor among the newest. It becomes the best one too
     * if its state says so.
     *
     * @param checkpoint the new one
     * @throws RunFailure if it cannot be written; those before are then still there
     */
    public void save(Checkpoint checkpoint) {
        try {
            delete(next);
            Files.createDirectory(next);
            Map<String, String> digests = new LinkedHashMap<>();
            digests.put(PARAMETERS, writeArrays(PARAMETERS, checkpoint.parameters()));
            digests.put(OPTIMIZER, writeArrays(OPTIMIZER, checkpoint.optimizer()));
            digests.put(STATE, digest(checkpoint.state()));
            byte[] state = MAPPER.writeValueAsBytes(new Manifest(FORMAT, checkpoint.state(), digests));
            disk.write(next.resolve(STATE), out -> out.write(state));
            AtomicFiles.syncFolder(next);
            retire();
            AtomicFiles.move(next, current);
            AtomicFiles.syncFolder(current.toAbsolutePath().getParent());
            if (isBest(checkpoint.state())) {
                linkBest();
            }
            prune(keep - 1);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private String writeArrays(String name, Map<String, INDArray> arrays) throws IOException {
        DigestOutputStream[] digesting = new DigestOutputStream[1];
        disk.write(next.resolve(name), out -> {
            digesting[0] = new DigestOutputStream(out, DigestUtils.getSha256Digest());
            Npz.write(arrays, digesting[0]);
        });
        return Hex.encodeHexString(digesting[0].getMessageDigest().digest());
    }

    private static String digest(Checkpoint.State state) throws JsonProcessingException {
        return DigestUtils.sha256Hex(MAPPER.writeValueAsBytes(state));
    }

    private RunFailure failure(IOException problem) {
        try {
            // Half a checkpoint is of no use to anybody, and its room may be needed for the log.
            delete(next);
        } catch (IOException e) {
            problem.addSuppressed(e);
        }
        String reason = problem instanceof FileSystemException of && of.getReason() != null
                ? of.getReason()
                : problem.getMessage() == null ? problem.getClass().getSimpleName() : problem.getMessage();
        String kept = newest().map(folder -> "; the last good checkpoint is " + folder)
                .orElse("");
        return new RunFailure(
                String.format(Locale.ROOT, "%s: the checkpoint cannot be written (%s)%s", current, reason, kept),
                problem);
    }

    /** Moves the newest among the earlier ones. */
    private void retire() throws IOException {
        if (Files.isDirectory(current)) {
            Files.createDirectories(earlier);
            Path folder = earlier.resolve(
                    String.format(Locale.ROOT, "%06d", manifest(current).state().lifetimes()));
            delete(folder);
            AtomicFiles.move(current, folder);
            AtomicFiles.syncFolder(earlier);
        }
    }

    private void prune(int stay) throws IOException {
        List<Path> old = numbered();
        for (Path folder : old.subList(Math.min(stay, old.size()), old.size())) {
            delete(folder);
        }
        if (Files.isDirectory(earlier) && list(earlier).isEmpty()) {
            Files.delete(earlier);
        }
    }

    /** The earlier ones, the newest first. */
    private List<Path> numbered() throws IOException {
        if (!Files.isDirectory(earlier)) {
            return List.of();
        }
        return list(earlier).stream()
                .filter(folder -> folder.getFileName().toString().matches("\\d{6,18}"))
                .sorted(Comparator.comparingLong((Path folder) ->
                                Long.parseLong(folder.getFileName().toString()))
                        .reversed())
                .toList();
    }

    private static boolean isBest(Checkpoint.State state) {
        return state.best()
                .filter(best -> best.lifetimes() == state.lifetimes())
                .isPresent();
    }

    private void linkBest() throws IOException {
        Path fresh = earlier.resolve("best.new");
        Path old = earlier.resolve("best.old");
        delete(fresh);
        Files.createDirectories(fresh);
        for (String part : List.of(PARAMETERS, OPTIMIZER, STATE)) {
            Path file = current.resolve(part);
            Path link = fresh.resolve(part);
            try {
                Files.createLink(link, file);
            } catch (UnsupportedOperationException | FileSystemException e) {
                Files.copy(file, link);
            }
        }
        AtomicFiles.syncFolder(fresh);
        delete(old);
        if (Files.isDirectory(best())) {
            AtomicFiles.move(best(), old);
        }
        AtomicFiles.move(fresh, best());
        AtomicFiles.syncFolder(earlier);
        delete(old);
    }

    /**
     * Finishes what a kill may have left undone after the newest checkpoint was written.
     *
     * @param newest the state of the newest checkpoint
     * @throws RunFailure if that cannot be written
     */
    public void settle(Checkpoint.State newest) {
        try {
            delete(next);
            if (isBest(newest) && Files.isDirectory(current)) {
                linkBest();
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** @return whether there is no checkpoint to go on with */
    public boolean isEmpty() {
        return newest().isEmpty();
    }

    private Optional<Path> newest() {
        try {
            return Files.isDirectory(current)
                    ? Optional.of(current)
                    : numbered().stream().findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /**
     * Reads the newest whole checkpoint.
     *
     * @param experiment the experiment it has to be of
     * @return the checkpoint
     * @throws UserError if there is none, or it is damaged, foreign, or of another experiment or format
     */
    public Checkpoint load(String experiment) {
        return load(newest().orElse(current), experiment);
    }

    /**
     * Reads the best checkpoint.
     *
     * @param experiment the experiment it has to be of
     * @return the checkpoint
     * @throws UserError if there is none, or it is damaged, foreign, or of another experiment or format
     */
    public Checkpoint loadBest(String experiment) {
        Path old = earlier.resolve("best.old");
        Path folder = Files.isDirectory(best()) || !Files.isDirectory(old) ? best() : old;
        if (!Files.isDirectory(folder)) {
            throw new UserError(String.format(
                            Locale.ROOT,
                            "%s: there is no best checkpoint, expected one: a run has it from its first checkpoint",
                            folder)
                    + " with a full window of the primary metric on (training.checkpoints.best, training.stop.window)");
        }
        return load(folder, experiment);
    }

    private static Checkpoint load(Path folder, String experiment) {
        Manifest manifest = manifest(folder);
        Checkpoint.Run run = manifest.state().run();
        if (!run.experiment().equals(experiment)) {
            throw new UserError(String.format(
                    Locale.ROOT,
                    "%s: expected a checkpoint of %s, found one of %s",
                    folder,
                    experiment,
                    run.experiment()));
        }
        return new Checkpoint(
                manifest.state(),
                arrays(folder.resolve(PARAMETERS), manifest.sha256().get(PARAMETERS)),
                arrays(folder.resolve(OPTIMIZER), manifest.sha256().get(OPTIMIZER)));
    }

    private static Manifest manifest(Path folder) {
        Path file = folder.resolve(STATE);
        try {
            JsonNode tree = MAPPER.readTree(read(file));
            if (tree.path("format").isInt() && tree.path("format").intValue() != FORMAT) {
                throw new UserError(String.format(
                        Locale.ROOT,
                        "%s: expected a checkpoint of format %d, found %d",
                        file,
                        FORMAT,
                        tree.path("format").intValue()));
            }
            Manifest manifest = MAPPER.treeToValue(tree, Manifest.class);
            if (manifest == null) {
                throw new IOException("incomplete");
            }
            if (!digest(manifest.state()).equals(manifest.sha256().get(STATE))) {
                throw new UserError(
                        String.format(Locale.ROOT, "%s: damaged, it is not the state that was written", file));
            }
            return manifest;
        } catch (IOException e) {
            throw new UserError(
                    String.format(Locale.ROOT, "%s: expected the state of a checkpoint, found something else", file),
                    e);
        }
    }

    private static Map<String, INDArray> arrays(Path file, String sha256) {
        byte[] bytes = read(file);
        if (!DigestUtils.sha256Hex(bytes).equals(sha256)) {
            throw new UserError(String.format(
                    Locale.ROOT, "%s: damaged, it is not the file that was written with %s beside it", file, STATE));
        }
        try {
            return Npz.read(new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new UserError(
                    String.format(Locale.ROOT, "%s: expected arrays in .npz format (%s)", file, e.getMessage()), e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UserError(
                    String.format(
                            Locale.ROOT,
                            "%s: this part of a checkpoint cannot be read (%s)",
                            file,
                            e.getClass().getSimpleName()),
                    e);
        }
    }

    /** With what file managers and other programs left in it, folders among it. */
    private static void delete(Path folder) throws IOException {
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        for (Path file : list(folder)) {
            delete(file);
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(folder);
    }

    private static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
