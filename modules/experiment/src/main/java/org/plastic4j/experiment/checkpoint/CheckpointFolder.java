package org.plastic4j.experiment.checkpoint;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.codec.digest.DigestUtils;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.plastic4j.experiment.RunFailure;
import org.plastic4j.experiment.UserError;
import org.plastic4j.experiment.run.AtomicFiles;

/**
 * A run's {@code checkpoint/}: {@code parameters.npz}, {@code optimizer.npz} and {@code state.json}, replaced as a
 * set. Killed at any moment, the old or the new set is there and whole: if the kill came between the two moves, the old
 * one is under {@code checkpoint.old}, where {@link #load} looks too.
 */
public final class CheckpointFolder {
    /** Raised whenever older programs could no longer read what is written. */
    private static final int FORMAT = 1;

    private static final String PARAMETERS = "parameters.npz";
    private static final String OPTIMIZER = "optimizer.npz";
    private static final String STATE = "state.json";
    private static final ObjectMapper MAPPER = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES);

    private final Path current;
    private final Path next;
    private final Path previous;

    /** @param run the run's directory */
    public CheckpointFolder(Path run) {
        this.current = run.resolve("checkpoint");
        this.next = run.resolve("checkpoint.new");
        this.previous = run.resolve("checkpoint.old");
    }

    /** The content of state.json; the digests tie the three files together. */
    record Manifest(int format, Checkpoint.State state, Map<String, String> sha256) {}

    /** @return the folder that holds the newest checkpoint */
    public Path path() {
        return current;
    }

    /**
     * Replaces the checkpoint.
     *
     * @param checkpoint the new one
     * @throws RunFailure if it cannot be written; the one before is then still there
     */
    public void save(Checkpoint checkpoint) {
        try {
            delete(next);
            Files.createDirectory(next);
            Map<String, String> digests = new LinkedHashMap<>();
            digests.put(PARAMETERS, writeArrays(PARAMETERS, checkpoint.parameters()));
            digests.put(OPTIMIZER, writeArrays(OPTIMIZER, checkpoint.optimizer()));
            byte[] state = MAPPER.writeValueAsBytes(new Manifest(FORMAT, checkpoint.state(), digests));
            AtomicFiles.writeSynced(next.resolve(STATE), out -> out.write(state));
            AtomicFiles.syncFolder(next);
            if (Files.exists(current)) {
                delete(previous);
                AtomicFiles.move(current, previous);
            }
            AtomicFiles.move(next, current);
            AtomicFiles.syncFolder(current.toAbsolutePath().getParent());
            delete(previous);
        } catch (IOException e) {
            throw new RunFailure("%s: the checkpoint cannot be written (%s)".formatted(current, e), e);
        }
    }

    private String writeArrays(String name, Map<String, INDArray> arrays) throws IOException {
        Path file = next.resolve(name);
        AtomicFiles.writeSynced(file, out -> Npz.write(arrays, out));
        return DigestUtils.sha256Hex(Files.readAllBytes(file));
    }

    /**
     * Reads the newest whole checkpoint.
     *
     * @param experiment the experiment it has to be of
     * @return the checkpoint
     * @throws UserError if there is none, or it is damaged, foreign or of another experiment
     */
    public Checkpoint load(String experiment) {
        Path folder = Files.isDirectory(current) || !Files.isDirectory(previous) ? current : previous;
        Manifest manifest = manifest(folder.resolve(STATE));
        if (manifest.format() != FORMAT) {
            throw new UserError("%s: expected a checkpoint of format %d, found %d"
                    .formatted(folder.resolve(STATE), FORMAT, manifest.format()));
        }
        if (!manifest.state().experiment().equals(experiment)) {
            throw new UserError("%s: expected a checkpoint of %s, found one of %s"
                    .formatted(folder, experiment, manifest.state().experiment()));
        }
        return new Checkpoint(
                manifest.state(),
                arrays(folder.resolve(PARAMETERS), manifest.sha256().get(PARAMETERS)),
                arrays(folder.resolve(OPTIMIZER), manifest.sha256().get(OPTIMIZER)));
    }

    private static Manifest manifest(Path file) {
        try {
            Manifest manifest = MAPPER.readValue(read(file), Manifest.class);
            if (manifest == null
                    || manifest.state() == null
                    || manifest.state().experiment() == null
                    || manifest.sha256() == null) {
                throw new IOException("incomplete");
            }
            return manifest;
        } catch (IOException e) {
            throw new UserError("%s: expected the state of a checkpoint, found something else".formatted(file), e);
        }
    }

    private static Map<String, INDArray> arrays(Path file, String sha256) {
        byte[] bytes = read(file);
        if (!DigestUtils.sha256Hex(bytes).equals(sha256)) {
            throw new UserError(
                    "%s: damaged, it is not the file that was written with %s beside it".formatted(file, STATE));
        }
        try {
            return Npz.read(new ByteArrayInputStream(bytes));
        } catch (IOException e) {
            throw new UserError("%s: expected arrays in .npz format (%s)".formatted(file, e.getMessage()), e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UserError(
                    "%s: this part of a checkpoint cannot be read (%s)"
                            .formatted(file, e.getClass().getSimpleName()),
                    e);
        }
    }

    private static void delete(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.toList();
        }
        for (Path file : files) {
            Files.delete(file);
        }
        Files.delete(folder);
    }
}
