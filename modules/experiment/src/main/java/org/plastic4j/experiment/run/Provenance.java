package org.plastic4j.experiment.run;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plastic4j.experiment.Device;
import org.plastic4j.experiment.Seeds;
import org.plastic4j.experiment.config.Kebab;

/** What ran, with what, on what, and how it ended: {@code run.json}. */
public final class Provenance {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

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
            streams.put(Kebab.of(stream), seeds.of(stream));
        }
        facts.put("seeds", streams);
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
