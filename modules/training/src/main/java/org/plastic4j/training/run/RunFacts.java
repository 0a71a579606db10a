package org.plastic4j.training.run;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.plastic4j.training.UserError;

/**
 * A run's {@code run.json}, read back.
 *
 * @param all everything in it
 */
public record RunFacts(Map<String, Object> all) {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Set<String> FINISHED =
            Set.of("target-reached", "max-lifetimes", "max-seconds", "stream-ended");

    /**
     * @param file a file that {@link Provenance} wrote
     * @return its content
     * @throws UserError if it is no such file
     */
    public static RunFacts read(Path file) {
        try {
            Map<String, Object> facts =
                    MAPPER.readValue(file.toFile(), new TypeReference<LinkedHashMap<String, Object>>() {});
            if (facts != null && facts.get("experiment") instanceof String) {
                return new RunFacts(facts);
            }
            throw new UserError(file + ": expected what a run says of itself, found no experiment's name in it");
        } catch (IOException e) {
            throw new UserError(file + ": expected what a run says of itself in JSON, found something else", e);
        }
    }

    /** @return the experiment's name */
    public String experiment() {
        return (String) all.get("experiment");
    }

    /** @return the folder that the run was started in, or resumed in last; runs of earlier versions do not say */
    public Optional<Path> folder() {
        try {
            return text(Provenance.FOLDER).map(Path::of);
        } catch (InvalidPathException e) {
            // Of another operating system.
            return Optional.empty();
        }
    }

    /** @return whether the run holds a {@link RunLock} while it goes on; runs of earlier versions do not */
    public boolean locks() {
        return all.containsKey(Provenance.PROCESS);
    }

    /** @return how the run ended, as in {@code max-lifetimes}; empty while it has not */
    public Optional<String> outcome() {
        return text("outcome");
    }

    /** @return whether the run ended by itself and not by an interruption */
    public boolean finished() {
        return outcome().filter(FINISHED::contains).isPresent();
    }

    /** @return how many lifetimes the run was trained on; 0 if it has not ended */
    public long lifetimes() {
        return all.get("lifetimes") instanceof Number number ? number.longValue() : 0;
    }

    /** @return how long training took, in all its parts; NaN if it has not ended */
    public double seconds() {
        return all.get("seconds") instanceof Number number ? number.doubleValue() : Double.NaN;
    }

    /**
     * A run's result.
     *
     * @param mean the mean of the primary metric over the last lifetimes
     * @param window how many those are
     */
    public record Result(double mean, long window) {}

    /** @return the run's result; empty while it has not ended, and of a run of an earlier version */
    public Optional<Result> result() {
        return all.get("result") instanceof Map<?, ?> result
                        && result.get("mean") instanceof Number mean
                        && result.get("window") instanceof Number window
                ? Optional.of(new Result(mean.doubleValue(), window.longValue()))
                : Optional.empty();
    }

    /** @return what the run's lifetimes were made of, as {@link Provenance#madeOf} has it; empty if it says nothing */
    public Map<String, String> data() {
        Map<String, String> data = new LinkedHashMap<>();
        if (all.get("data") instanceof Map<?, ?> recorded) {
            recorded.forEach((name, value) -> data.put(String.valueOf(name), String.valueOf(value)));
        }
        return data;
    }

    /**
     * @param name the name of a fact
     * @return it as a text, if it is there
     */
    public Optional<String> text(String name) {
        return Optional.ofNullable(all.get(name)).map(Object::toString);
    }
}
