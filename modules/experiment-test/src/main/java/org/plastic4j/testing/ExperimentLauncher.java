package org.plastic4j.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.plastic4j.cli.Launcher;
import org.plastic4j.training.trainer.Experiment;
import org.plastic4j.training.trainer.ExperimentConfig;
import org.plastic4j.training.trainer.Interrupt;

/** Launches an experiment as a user does, within this process. */
public final class ExperimentLauncher {
    private static final String CONFIG = "regression";
    /** What two runs that are the same have in common, to the last bit. */
    private static final List<String> SAME = List.of(
            "config.yaml",
            "metrics.csv",
            "metrics.jsonl",
            "checkpoint/parameters.npz",
            "checkpoint/optimizer.npz",
            "checkpoints/best/parameters.npz");

    private final Supplier<? extends Experiment<?>> experiment;
    private final List<String> settings;

    /**
     * @param experiment makes a new one for each launch
     * @param settings of every run of regression.yaml, {@code name=value} each
     */
    public ExperimentLauncher(Supplier<? extends Experiment<?>> experiment, String... settings) {
        this.experiment = experiment;
        this.settings = List.of(settings);
    }

    /**
     * @param arguments the command line
     * @return what it came to; its directory is the current one
     */
    public Launched launch(String... arguments) {
        return launch(experiment.get(), new Interrupt(), Path.of(""), List.of(arguments));
    }

    /**
     * @param directory where the run is to be
     * @param options the rest of the command line
     * @return what it came to
     */
    public Launched run(Path directory, String... options) {
        return run(experiment.get(), new Interrupt(), directory, List.of(options));
    }

    /**
     * Asserts that a usage error gets one sentence and exit code 2, and leaves nothing behind.
     *
     * @param folder an empty folder, for a run in one of its folders
     * @param sentence what the user is to see
     * @param options the command line
     */
    public void assertRejected(Path folder, String sentence, String... options) {
        Launched run = run(folder.resolve("runs").resolve("mine"), options);
        assertThat(run.err()).isEqualTo(sentence + System.lineSeparator());
        assertThat(run.out()).isEmpty();
        assertThat(run.code()).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(folder).isEmptyDirectory();
    }

    private static Launched run(Experiment<?> experiment, Interrupt interrupt, Path directory, List<String> options) {
        List<String> arguments = new ArrayList<>(options);
        Collections.addAll(arguments, "--out", directory.toString());
        return launch(experiment, interrupt, directory, arguments);
    }

    private static Launched launch(
            Experiment<?> experiment, Interrupt interrupt, Path directory, List<String> arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = new Launcher(interrupt)
                .launch(
                        arguments.toArray(String[]::new),
                        experiment,
                        new PrintStream(out, true, StandardCharsets.UTF_8),
                        new PrintStream(err, true, StandardCharsets.UTF_8));
        return new Launched(
                code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8), directory);
    }

    /**
     * Launches regression.yaml, which has to end well.
     *
     * @param directory where the run is to be
     * @param threads how many
     * @param more settings, {@code name=value} each
     * @return what it came to
     */
    public Launched trained(Path directory, int threads, String... more) {
        return well(run(directory, regression(threads, more).toArray(String[]::new)), Launcher.OK);
    }

    private List<String> regression(int threads, String... more) {
        List<String> options = new ArrayList<>(List.of("--config", CONFIG, "--threads", Integer.toString(threads)));
        List<String> all = new ArrayList<>(settings);
        Collections.addAll(all, more);
        all.forEach(setting -> Collections.addAll(options, "--set", setting));
        return options;
    }

    private static Launched well(Launched run, int code) {
        assertThat(run.err()).isEmpty();
        assertThat(run.code()).isEqualTo(code);
        return run;
    }

    /**
     * Runs regression.yaml once as a whole, and once interrupted in one of its updates and then resumed with another
     * number of threads: both have to be the same to the last bit.
     *
     * @param folder where the two runs are to be
     * @param threads 1 or 2, before the interruption; the other number after it
     * @param stoppedAt the update in which it is interrupted, from 1 on
     * @param more settings, {@code name=value} each
     */
    public void assertResumedRunIsTheWholeOne(Path folder, int threads, int stoppedAt, String... more) {
        Path whole = folder.resolve("whole");
        Path parts = folder.resolve("parts");
        List<String> options = new ArrayList<>(regression(threads, more));
        // Short enough for a best checkpoint.
        options.addAll(List.of("--set", "training.window=20", "--quiet"));
        well(run(experiment.get(), new Interrupt(), whole, options), Launcher.OK);
        Interrupt interrupt = new Interrupt();
        Launched part = run(interrupted(experiment.get(), stoppedAt, interrupt), interrupt, parts, options);
        assertThat(part.code()).as(part.err()).isEqualTo(Launcher.INTERRUPTED);

        well(launch("--quiet", "--threads", Integer.toString(3 - threads), "--resume", parts.toString()), Launcher.OK);

        for (String file : SAME) {
            assertThat(parts.resolve(file)).as(file).hasSameBinaryContentAs(whole.resolve(file));
        }
    }

    private static <C extends Record & ExperimentConfig> Experiment<C> interrupted(
            Experiment<C> real, int update, Interrupt interrupt) {
        AtomicInteger updates = new AtomicInteger();
        return new Watched<>(
                real,
                batch -> {
                    if (updates.incrementAndGet() == update) {
                        interrupt.request();
                    }
                },
                batch -> {});
    }
}
