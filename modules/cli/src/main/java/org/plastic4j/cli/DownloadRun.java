package org.plastic4j.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.plastic4j.data.download.Dataset;
import org.plastic4j.data.download.DownloadFailure;
import org.plastic4j.training.RunFailure;
import org.plastic4j.training.UserError;
import org.plastic4j.training.trainer.Experiment;

/** Brings an experiment's published data into a folder, with a line for every tenth of the way. */
final class DownloadRun {
    private static final int LINES = 10;

    private final Experiment<?> experiment;
    private final DownloadOptions options;
    private final PrintStream out;
    private long said = -1;

    DownloadRun(Experiment<?> experiment, DownloadOptions options, PrintStream out) {
        this.experiment = experiment;
        this.options = options;
        this.out = out;
    }

    int execute() {
        Dataset dataset = experiment
                .dataset()
                .orElseThrow(() -> new UserError(experiment.name() + ": this experiment needs no data"));
        Path folder = options.out;
        try {
            Files.createDirectories(folder);
            if (dataset.isIn(folder)) {
                out.println(String.format(Locale.ROOT, "%s is in %s already.", dataset.name(), folder));
                return Launcher.OK;
            }
        } catch (IOException e) {
            throw new UserError(
                    String.format(
                            Locale.ROOT,
                            "--out %s: expected a folder that can be written, found another (%s)",
                            folder,
                            e),
                    e);
        }
        try {
            dataset.bring(folder, Optional.ofNullable(options.from), this::say);
        } catch (DownloadFailure e) {
            throw new RunFailure(e.getMessage(), e);
        }
        out.println(
                String.format(Locale.ROOT, "%s is in %s: --set data.dir=%s takes it.", dataset.name(), folder, folder));
        return Launcher.OK;
    }

    private void say(long bytes, long total) {
        long now = LINES * bytes / Math.max(1, total);
        if (now != said) {
            said = now;
            out.println(String.format(Locale.ROOT, "%,d of %,d MB", bytes / 1_000_000, total / 1_000_000));
            out.flush();
        }
    }
}
