package org.plastic4j.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.plastic4j.report.plot.BandPlot;
import org.plastic4j.training.RunFailure;
import org.plastic4j.training.UserError;
import org.plastic4j.training.checkpoint.CheckpointFolder;
import org.plastic4j.training.config.ConfigWriter;
import org.plastic4j.training.config.SettingOverride;
import org.plastic4j.training.config.Settings;
import org.plastic4j.training.dataset.DataSettings;
import org.plastic4j.training.metric.Aggregate;
import org.plastic4j.training.metric.MetricTable;
import org.plastic4j.training.run.RunDirectory;
import org.plastic4j.training.run.RunFacts;
import org.plastic4j.training.trainer.Experiment;
import org.plastic4j.training.trainer.ExperimentConfig;
import org.plastic4j.training.trainer.Interrupt;

/**
 * The same run with several seeds, each in a process and a folder of its own, {@code OUT/seed-K/}, and what they give
 * together: {@code OUT/aggregate.csv} and {@code OUT/aggregate.png}. Given the folder of an earlier sweep, it resumes
 * with it: finished seeds are left as they are, interrupted ones resumed, missing ones run.
 */
final class SeedSweep<C extends Record & ExperimentConfig> {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);
    private static final Set<String> OWN =
            Set.of("--seeds", "--jobs", "--spark", "--out", "--seed", "--threads", "--config", "--set");

    private final Experiment<C> experiment;
    private final Options options;
    private final Optional<Cluster> cluster;
    private final String[] arguments;
    private final PrintStream out;
    private final PrintStream err;
    private final Interrupt interrupt;
    private final Path folder;

    SeedSweep(
            Experiment<C> experiment,
            Options options,
            Optional<Cluster> cluster,
            String[] arguments,
            PrintStream out,
            PrintStream err,
            Interrupt interrupt) {
        this.experiment = experiment;
        this.options = options;
        this.cluster = cluster;
        this.arguments = arguments;
        this.out = out;
        this.err = err;
        this.interrupt = interrupt;
        folder = options.out().orElseGet(this::freshFolder);
    }

    /** Runs all seeds; the exit code. */
    int execute() {
        // A cluster is asked for nothing that cannot be run.
        config(options.seeds().get(0));
        if (options.out().isEmpty()) {
            claimFolder();
        }
        try (RunExecutor executor = Cluster.open(experiment, cluster, folder, options.jobs(), options.threads())) {
            return execute(executor);
        }
    }

    private int execute(RunExecutor executor) {
        Map<RunJob, Integer> codes = new RunQueue(executor, interrupt, this::say).run(plan(""));
        if (interrupt.requested()) {
            err.println(String.format(
                            Locale.ROOT,
                            "Interrupted; finished seeds and checkpoints of the others are in %s: the same command"
                                    + " with",
                            folder)
                    + String.format(Locale.ROOT, " --out %s resumes it.", folder));
            return Launcher.INTERRUPTED;
        }
        return conclude(codes);
    }

    /**
     * Takes the seeds together, when they have run.
     *
     * @param codes of all that ran, those of other sweeps among them
     * @return the exit code
     */
    int conclude(Map<RunJob, Integer> codes) {
        aggregate();
        Map<Long, Integer> failed = new TreeMap<>();
        for (long seed : options.seeds()) {
            codes.forEach((job, code) -> {
                if (job.output().equals(output(seed)) && code != Launcher.OK) {
                    failed.put(seed, code);
                }
            });
        }
        if (failed.isEmpty()) {
            int seeds = options.seeds().size();
            out.println((seeds == 1 ? "The seed finished" : String.format(Locale.ROOT, "All %d seeds finished", seeds))
                    + ". Directory: " + folder);
            return Launcher.OK;
        }
        String which = failed.entrySet().stream()
                .map(entry -> String.format(Locale.ROOT, "seed %d with exit code %d", entry.getKey(), entry.getValue()))
                .collect(Collectors.joining(", "));
        err.println(String.format(
                Locale.ROOT,
                "%d of %d seeds failed (%s): %s says why, and the others are kept.",
                failed.size(),
                options.seeds().size(),
                which,
                output(failed.keySet().iterator().next())));
        return Launcher.FAILURE;
    }

    private Path freshFolder() {
        String name = TIME.format(LocalDateTime.now()) + "-seeds";
        for (int i = 1; ; i++) {
            Path path = Path.of("runs", experiment.name(), i == 1 ? name : name + "-" + i);
            if (!Files.exists(path)) {
                return path;
            }
        }
    }

    /** So that a sweep that begins in the same second does not get the same one. */
    private void claimFolder() {
        try {
            Files.createDirectories(folder.getParent());
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException e) {
            throw new UserError(folder + ": another sweep has just begun there, expected a new folder", e);
        } catch (IOException e) {
            throw new RunFailure(String.format(Locale.ROOT, "%s: cannot be created (%s)", folder, e), e);
        }
    }

    /** The directories of its runs, by their seeds. */
    Map<Long, Path> runs() {
        Map<Long, Path> runs = new TreeMap<>();
        options.seeds().forEach(seed -> runs.put(seed, seedFolder(folder, seed)));
        return runs;
    }

    static Path seedFolder(Path folder, long seed) {
        return folder.resolve("seed-" + seed);
    }

    private Path output(long seed) {
        return folder.resolve("seed-" + seed + ".out");
    }

    /**
     * What is still to be run. Everything wrong is rejected before anything is.
     *
     * @param prefix of the runs' names
     */
    List<RunJob> plan(String prefix) {
        List<RunJob> waiting = new ArrayList<>();
        for (long seed : options.seeds()) {
            missing(prefix, seed).ifPresent(waiting::add);
        }
        int finished = options.seeds().size() - waiting.size();
        if (finished > 0) {
            say(String.format(
                    Locale.ROOT,
                    "%d of %d seed%s finished already in %s",
                    finished,
                    options.seeds().size(),
                    options.seeds().size() == 1 ? " is" : "s are",
                    folder));
        }
        return waiting;
    }

    /** A seed's run; empty where it is finished. */
    private Optional<RunJob> missing(String prefix, long seed) {
        C config = config(seed);
        Path run = seedFolder(folder, seed);
        boolean begun = Files.exists(run.resolve("run.json")) && !new CheckpointFolder(run).isEmpty();
        if (!begun) {
            MetricFiles.removeUnbegun(RunDirectory.at(run));
        } else if (isFinished(run, config)) {
            return Optional.empty();
        }
        return Optional.of(new RunJob(
                prefix + "seed " + seed,
                run,
                begun,
                ownConfig(config),
                where -> beginning(seed, config, where),
                where -> resuming(config, where),
                output(seed)));
    }

    /** A configuration that is a file of this computer is one that a cluster has to be given. */
    private Optional<String> ownConfig(C config) {
        return cluster.isPresent() && Files.isRegularFile(Path.of(options.config()))
                ? Optional.of(ConfigWriter.toYaml(config))
                : Optional.empty();
    }

    private List<String> beginning(long seed, C config, Path run) {
        List<String> start = common();
        String named = ownConfig(config).isPresent() ? run + ".yaml" : options.config();
        start.addAll(List.of("--config", named, "--seed", Long.toString(seed)));
        options.overrides().stream()
                .filter(override -> override.option().startsWith("--set"))
                .forEach(override -> start.addAll(List.of("--set", override.path() + "=" + override.value())));
        start.addAll(whereTheDataAre(config));
        start.addAll(List.of("--out", run.toString()));
        return start;
    }

    private List<String> resuming(C config, Path run) {
        List<String> start = common();
        start.addAll(List.of(
                "--resume",
                run.toString(),
                "--set",
                Resumption.LENGTH + "=" + config.training().maxLifetimes()));
        options.overrides().stream()
                .filter(override -> override.path().equals(DataSettings.LOCATION))
                .forEach(override -> start.addAll(List.of("--set", override.path() + "=" + override.value())));
        start.addAll(whereTheDataAre(config));
        return start;
    }

    /** A relative folder means one below that of this process, which a cluster does not work in. */
    private List<String> whereTheDataAre(C config) {
        String dir = Settings.of(config).get(DataSettings.LOCATION);
        if (cluster.isEmpty()
                || dir == null
                || dir.equals("null")
                || Path.of(dir).isAbsolute()) {
            return List.of();
        }
        Path absolute = Path.of(dir).toAbsolutePath().normalize();
        return List.of("--set", DataSettings.LOCATION + "=" + Recorded.quoted(absolute));
    }

    private boolean isFinished(Path run, C config) {
        Recorded<C> recorded = Recorded.of(experiment, run, "--out", List.of());
        Settings.difference(Settings.of(recorded.config().value()), Settings.of(config), Resumption.MAY_DIFFER)
                .ifPresent(difference -> {
                    throw new UserError(String.format(
                            Locale.ROOT,
                            "%s: expected %s, as in %s, found %s: a resumed sweep can only become longer",
                            difference.path(),
                            difference.left(),
                            recorded.directory().config(),
                            difference.right()));
                });
        RunFacts facts = recorded.facts();
        boolean longer = facts.outcome().equals(Optional.of("max-lifetimes"))
                && facts.lifetimes() < config.training().maxLifetimes();
        return facts.finished() && !longer;
    }

    private C config(long seed) {
        List<SettingOverride> overrides = new ArrayList<>(options.overrides());
        overrides.add(new SettingOverride("seed", Long.toString(seed), "--seeds"));
        return Configured.load(experiment, options.config(), overrides).value();
    }

    /** The options that every seed shares, those of other features among them. */
    private List<String> common() {
        List<String> common = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            String name = arguments[i].split("=", 2)[0];
            if (name.equals("--watch")) {
                // One page shows all of them.
                continue;
            }
            if (!OWN.contains(name)) {
                common.add(arguments[i]);
            } else if (!arguments[i].contains("=")) {
                i++;
            }
        }
        common.addAll(List.of("--threads", Integer.toString(Math.max(1, options.threads() / options.jobs()))));
        return common;
    }

    private void say(String line) {
        if (!options.quiet()) {
            out.println(line);
            out.flush();
        }
    }

    private void aggregate() {
        List<MetricTable> tables = new ArrayList<>();
        for (long seed : options.seeds()) {
            Path run = seedFolder(folder, seed);
            if (Files.exists(run.resolve("run.json"))
                    && RunFacts.read(run.resolve("run.json")).finished()) {
                tables.add(MetricTable.read(run.resolve("metrics.csv")));
            }
        }
        if (tables.isEmpty()) {
            return;
        }
        Aggregate aggregate = Aggregate.of(tables, experiment.primaryMetric().name());
        try {
            aggregate.write(folder.resolve("aggregate.csv"));
        } catch (IOException e) {
            throw new RunFailure(
                    String.format(Locale.ROOT, "%s: cannot be written (%s)", folder.resolve("aggregate.csv"), e), e);
        }
        C config = config(options.seeds().get(0));
        new BandPlot(
                        String.format(Locale.ROOT, "%s, %s", experiment.name(), options.config()),
                        experiment.primaryMetric(),
                        config.training().stop().map(stop -> stop.target()))
                .tryDraw(aggregate, folder.resolve("aggregate.png"))
                .ifPresent(problem -> out.println("Note: aggregate.png was not drawn (" + problem + ")."));
    }
}
