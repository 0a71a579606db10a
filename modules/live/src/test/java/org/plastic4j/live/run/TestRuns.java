package org.plastic4j.live.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.plastic4j.training.Device;
import org.plastic4j.training.Seeds;
import org.plastic4j.training.run.Provenance;
import org.plastic4j.training.run.RunDirectory;

/** Directories as runs leave them. */
public final class TestRuns {
    private TestRuns() {}

    /** A run that has begun: 1,000 lifetimes at most, measured by its error. */
    public static RunDirectory begin(Path path, String experiment, long seed, String rule) throws IOException {
        Files.createDirectories(path);
        RunDirectory run = RunDirectory.at(path);
        Files.writeString(
                run.config(),
                "seed: " + seed + "\nnetwork:\n  rule: " + rule + "\ntraining:\n  maxLifetimes: 1000\n  window: 20\n");
        provenance(experiment, seed).write(run.provenance());
        Files.writeString(run.metricsCsv(), "lifetimes,error,loss,eta\n");
        Files.writeString(run.times(), "lifetimes,seconds\n");
        return run;
    }

    private static Provenance provenance(String experiment, long seed) {
        Provenance provenance = new Provenance(experiment, List.of(), new Seeds(seed), 1, Device.CPU);
        provenance.measuredBy("error", "bit error rate", true, true);
        return provenance;
    }

    /** Writes more rows, each of ten lifetimes and one second. */
    public static void rows(RunDirectory run, int from, int to) throws IOException {
        StringBuilder csv = new StringBuilder();
        StringBuilder times = new StringBuilder();
        for (int k = from; k < to; k++) {
            csv.append("%d,%s,%s,%s\n".formatted(10 * (k + 1), 0.5 / (k + 1), 100.0 / (k + 1), 0.01 + 0.001 * k));
            times.append("%d,%s\n".formatted(10 * (k + 1), k + 1.0));
        }
        Files.writeString(run.metricsCsv(), csv, StandardOpenOption.APPEND);
        Files.writeString(run.times(), times, StandardOpenOption.APPEND);
    }

    /** Says how the run ended. */
    public static void end(RunDirectory run, String experiment, long seed, String how, long lifetimes)
            throws IOException {
        Provenance provenance = provenance(experiment, seed);
        provenance.ended(how, lifetimes, 12.5);
        provenance.resultedIn(0.015, 20);
        provenance.write(run.provenance());
    }
}
