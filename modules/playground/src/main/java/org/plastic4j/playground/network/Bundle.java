package org.plastic4j.playground.network;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.commons.codec.digest.DigestUtils;
import org.plastic4j.report.page.Commands;
import org.plastic4j.training.UserError;
import org.plastic4j.training.checkpoint.Checkpoint;
import org.plastic4j.training.checkpoint.CheckpointFolder;
import org.plastic4j.training.checkpoint.Npz;
import org.plastic4j.training.dataset.DataSettings;
import org.plastic4j.training.run.AtomicFiles;
import org.plastic4j.training.run.HeldOut;
import org.plastic4j.training.run.RunDirectory;
import org.plastic4j.training.run.RunFacts;

/** Makes of a run's best checkpoint a network that comes with the program. */
public final class Bundle {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private Bundle() {}

    /**
     * Writes {@code NAME.npz} and {@code NAME.json}.
     *
     * @param run the run's directory
     * @param name what the network will be called
     * @param folder where to
     * @return where the network comes from
     * @throws UserError if that is no run, or its best checkpoint was not evaluated on held-out lifetimes
     * @throws IOException if a file cannot be written
     */
    public static TrainedNetwork.Origin write(Path run, String name, Path folder) throws IOException {
        RunDirectory directory = RunDirectory.existing(run, "--run");
        RunFacts facts = RunFacts.read(directory.provenance());
        Checkpoint best = new CheckpointFolder(run).loadBest(facts.experiment());
        HeldOut heldOut = HeldOut.read(run)
                .filter(found -> found.checkpoint().equals("best")
                        && found.trainedLifetimes() == best.state().lifetimes())
                .orElseThrow(() -> new UserError(String.format(
                        Locale.ROOT,
                        "--run %s: expected an evaluation of its best checkpoint, found none: scripts/eval --run %s"
                                + " --checkpoint best",
                        run,
                        run)));
        ByteArrayOutputStream npz = new ByteArrayOutputStream();
        Npz.write(best.parameters(), npz);
        Map<String, String> settings = new LinkedHashMap<>(best.state().run().settings());
        // What the data are, and not where.
        settings.remove(DataSettings.LOCATION);
        TrainedNetwork.Origin origin = new TrainedNetwork.Origin(
                name,
                facts.experiment(),
                command(facts),
                best.state().run().seed(),
                facts.text("commit").orElse("unknown"),
                best.state().lifetimes(),
                facts.data(),
                measure(facts),
                heldOut.mean(),
                heldOut.lifetimes(),
                DigestUtils.sha256Hex(npz.toByteArray()),
                settings);
        AtomicFiles.write(folder.resolve(name + ".npz"), out -> out.write(npz.toByteArray()));
        AtomicFiles.write(folder.resolve(name + ".json"), MAPPER.writeValueAsString(origin) + "\n");
        return origin;
    }

    private static String measure(RunFacts facts) {
        return facts.all().get("measure") instanceof Map<?, ?> measure
                ? String.valueOf(measure.get("column"))
                : "unknown";
    }

    /** What was typed, without where the run went, where the data were, and what it might use. */
    private static String command(RunFacts facts) {
        List<String> kept = new ArrayList<>();
        if (facts.all().get("arguments") instanceof List<?> arguments) {
            for (int k = 0; k < arguments.size(); k++) {
                String argument = String.valueOf(arguments.get(k));
                String next = k + 1 < arguments.size() ? String.valueOf(arguments.get(k + 1)) : "";
                if (argument.equals("--threads")
                        || argument.equals("--set") && next.startsWith(DataSettings.LOCATION + "=")) {
                    k++;
                } else if (!argument.matches("--(threads|set=" + Pattern.quote(DataSettings.LOCATION) + ")=.*")) {
                    kept.add(argument);
                }
            }
        }
        return Commands.again(facts.experiment(), kept);
    }
}
