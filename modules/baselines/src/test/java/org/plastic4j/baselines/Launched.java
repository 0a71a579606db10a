package org.plastic4j.baselines;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.plastic4j.experiment.cli.Launcher;
import org.plastic4j.experiment.metric.MetricTable;
import org.plastic4j.experiment.train.Interrupt;

/**
 * The experiment as a user launches it, within this process.
 *
 * @param code the exit code
 * @param out what the user saw on standard output
 * @param err what the user saw on standard error
 * @param directory where the run was to be
 */
record Launched(int code, String out, String err, Path directory) {

    /** Launches it with this directory and these options. */
    static Launched run(Path directory, String... options) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        List<String> arguments = new ArrayList<>(List.of(options));
        arguments.addAll(List.of("--out", directory.toString()));
        int code = new Launcher(new Interrupt())
                .launch(
                        arguments.toArray(String[]::new),
                        new Baselines(),
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Launched(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8), directory);
    }

    /** Launches regression.yaml with these settings, {@code name=value} each, which has to end well. */
    static Launched trained(Path directory, int threads, String... settings) {
        List<String> options =
                new ArrayList<>(List.of("--config", "regression", "--threads", Integer.toString(threads)));
        for (String setting : settings) {
            options.addAll(List.of("--set", setting));
        }
        Launched run = run(directory, options.toArray(String[]::new));
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isEqualTo(Launcher.OK);
        return run;
    }

    MetricTable metrics() {
        return MetricTable.read(directory.resolve("metrics.csv"));
    }

    byte[] bytes(String file) {
        try {
            return Files.readAllBytes(directory.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
