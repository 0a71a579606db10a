package org.plastic4j.training.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plastic4j.training.Device;
import org.plastic4j.training.Seeds;
import org.plastic4j.training.config.Kebab;

/** What ran, with what, on what, and how it ended: {@code run.json}. */
public final class Provenance {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /** The folder that the run was started in, which relative paths in its settings are relative to. */
    static final String FOLDER = "folder";
    /** The process that writes the run, which holds a {@link RunLock} as long as it does. */
    static final String PROCESS = "pid";

    private final Map<String, Object> facts = new LinkedHashMap<>();

    /**
     * @param experiment the experiment's name
     * @param arguments the command line's
     * @param seeds the run's seed and those derived from it
     * @param threads how many threads it may use
     * @param device what it computes on
     */
    public Provenance(String experiment, List<String> arguments, Seeds seeds, int threads, Device device) {
        facts.put("experiment", experiment);
        facts.put("arguments", arguments);
        facts.put("started", now());
        facts.put(FOLDER, Path.of("").toAbsolutePath().toString());
        facts.put(PROCESS, ProcessHandle.current().pid());
        facts.put("plastic4j", Versions.plastic4j());
        Versions.commit().ifPresent(commit -> facts.put("commit", commit));
        facts.put("nd4j", Versions.nd4j());
        facts.put("java", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        facts.put(
                "os",
                String.join(
                        " ",
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("os.arch")));
        facts.put("processors", Runtime.getRuntime().availableProcessors());
        facts.put("threads", threads);
        facts.put("device", Kebab.of(device));
        Map<String, Object> streams = new LinkedHashMap<>();
        streams.put("run", seeds.run());
        for (Seeds.Stream stream : Seeds.Stream.values()) {
            // Held-out lifetimes are the same for every run.
            if (stream != Seeds.Stream.EVALUATION) {
                streams.put(Kebab.of(stream), seeds.of(stream));
            }
        }
        facts.put("seeds", streams);
    }

    /**
     * Makes this the continuation of an earlier run: what that one was remains, how it ended goes, and what goes on
     * with it now is added to its list of {@code resumptions}.
     *
     * @param earlier what {@link RunFacts#read} read
     * @param lifetimes how many lifetimes it was trained on
     */
    public void resume(RunFacts earlier, long lifetimes) {
        Map<String, Object> now = new LinkedHashMap<>();
        now.put("at", facts.get("started"));
        now.put("lifetimes", lifetimes);
        for (String fact :
                List.of("arguments", "plastic4j", "commit", "java", "processors", "threads", "device", "gpu")) {
            if (facts.containsKey(fact)) {
                now.put(fact, facts.get(fact));
            }
        }
        Object folder = facts.get(FOLDER);
        facts.clear();
        facts.putAll(earlier.all());
        List.of("ended", "outcome", "lifetimes", "seconds", "result").forEach(facts::remove);
        facts.put(PROCESS, ProcessHandle.current().pid());
        List<Object> resumptions = new ArrayList<>();
        if (facts.get("resumptions") instanceof List<?> before) {
            resumptions.addAll(before);
        }
        resumptions.add(now);
        facts.put("resumptions", resumptions);
    }

    /**
     * Adds what the run's networks are measured by, so that runs can be compared without their experiment.
     *
     * @param column the primary metric's column in the metrics
     * @param label what it is, for people
     * @param lowerIsBetter whether it is an error
     * @param fraction whether it is a share of one
     */
    public void measuredBy(String column, String label, boolean lowerIsBetter, boolean fraction) {
        Map<String, Object> measure = new LinkedHashMap<>();
        measure.put("column", column);
        measure.put("label", label);
        measure.put("lowerIsBetter", lowerIsBetter);
        measure.put("share", fraction);
        facts.put("measure", measure);
    }

    /**
     * Adds where fused lifetimes are computed.
     *
     * @param gpu its name
     */
    public void acceleratedBy(String gpu) {
        facts.put("gpu", gpu);
    }

    /**
     * Adds what the lifetimes are made of.
     *
     * @param data files with their checksums and the like; nothing is added where there is nothing
     */
    public void madeOf(Map<String, String> data) {
        if (!data.isEmpty()) {
            facts.put("data", new LinkedHashMap<>(data));
        }
    }

    /**
     * Adds how the run ended.
     *
     * @param how one word, such as "interrupted"
     * @param lifetimes how many lifetimes were trained on
     * @param seconds how long that took
     */
    public void ended(String how, long lifetimes, double seconds) {
        facts.put("ended", now());
        facts.put("outcome", how);
        facts.put("lifetimes", lifetimes);
        facts.put("seconds", seconds);
    }

    /**
     * Adds the run's result.
     *
     * @param mean the mean of the primary metric over the last lifetimes; nothing is added where it is NaN
     * @param window how many those are
     */
    public void resultedIn(double mean, long window) {
        if (!Double.isNaN(mean)) {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("mean", mean);
            result.put("window", window);
            facts.put("result", result);
        }
    }

    /**
     * @param file where to write it
     * @throws IOException if it cannot be written
     */
    public void write(Path file) throws IOException {
        AtomicFiles.write(file, MAPPER.writeValueAsString(facts) + "\n");
    }

    private static String now() {
        return OffsetDateTime.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
