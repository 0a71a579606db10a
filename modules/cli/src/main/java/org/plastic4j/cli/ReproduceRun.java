package org.plastic4j.cli;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.plastic4j.report.reproduction.Reproduction;
import org.plastic4j.report.reproduction.Reproduction.Protocol;
import org.plastic4j.report.reproduction.ResultsPage;
import org.plastic4j.training.UserError;
import org.plastic4j.training.run.HeldOut;
import org.plastic4j.training.run.RunFacts;
import org.plastic4j.training.trainer.Experiment;
import org.plastic4j.training.trainer.Interrupt;

/** Runs the experiment's protocols over their seeds, evaluates each run, and writes its part of the results. */
final class ReproduceRun {
    private final Experiment<?> experiment;
    private final ReproduceOptions options;
    private final PrintStream out;
    private final PrintStream err;
    private final Interrupt interrupt;

    ReproduceRun(
            Experiment<?> experiment, ReproduceOptions options, PrintStream out, PrintStream err, Interrupt interrupt) {
        this.experiment = experiment;
        this.options = options;
        this.out = out;
        this.err = err;
        this.interrupt = interrupt;
    }

    int execute() {
        Reproduction reproduction = reproduction();
        List<Protocol> protocols = protocols(reproduction);
        Path runs = options.from != null
                ? options.from
                : options.out != null ? options.out.path() : Path.of("runs", experiment.name(), "reproduce");
        if (options.from != null) {
            writeAll(reproduction, runs);
            return Launcher.OK;
        }
        checkPublishing(asked(reproduction));
        List<SweepBatch.Part> parts = parts(protocols, runs);
        try (RunExecutor executor =
                Cluster.open(experiment, options.cluster(), runs, options.jobs(), options.threads())) {
            int code = new SweepBatch(executor, out, err, interrupt)
                    .run(parts, runs, run -> evaluation(run, reproduction.evaluationLifetimes()));
            if (code != Launcher.INTERRUPTED && code != Launcher.USAGE_ERROR) {
                writeAll(reproduction, runs);
            }
            return code;
        }
    }

    private void writeAll(Reproduction reproduction, Path runs) {
        ReproducedRuns found = ReproducedRuns.read(experiment, reproduction, runs);
        write(reproduction, found, runs, runs);
        if (options.docs != null) {
            checkPublishing(found.departures());
            write(reproduction, found, runs, options.docs);
        }
    }

    private void write(Reproduction reproduction, ReproducedRuns found, Path runs, Path folder) {
        ResultsPage page = new ResultsPage(
                experiment.name(),
                experiment.primaryMetric(),
                reproduction,
                found.window(),
                found.departures(),
                found.command());
        for (Throwable problem : page.write(runs, folder)) {
            out.println("Note: a picture was not drawn (" + problem + ").");
        }
        out.println("Results: " + folder.resolve(ResultsPage.FILE));
    }

    private void checkPublishing(List<String> departures) {
        if (options.docs != null && !options.force && !departures.isEmpty()) {
            throw new UserError(String.format(
                            Locale.ROOT,
                            "--docs %s: expected the published protocols, seeds and settings, found %s; --force",
                            options.docs,
                            String.join("; ", departures))
                    + " publishes them all the same");
        }
    }

    /** How what is asked for differs from what is published, before anything is run. */
    private List<String> asked(Reproduction reproduction) {
        List<String> asked = new ArrayList<>();
        options.settings.forEach(setting -> asked.add("--set " + setting));
        for (Protocol protocol : reproduction.protocols()) {
            if (!options.configs.isEmpty() && !options.configs.contains(protocol.config())) {
                asked.add("no " + protocol.config());
            } else if (!seeds(protocol).containsAll(ReproducedRuns.published(protocol))) {
                asked.add("fewer seeds of " + protocol.config());
            }
        }
        return asked;
    }

    private Reproduction reproduction() {
        return Commands.described(experiment, Reproduction.class, experiment.reproductionResource(), "reproduces");
    }

    private List<Protocol> protocols(Reproduction reproduction) {
        List<String> chosen = Commands.chosen(
                reproduction.protocols().stream().map(Protocol::config).toList(), options.configs);
        return reproduction.protocols().stream()
                .filter(protocol -> chosen.contains(protocol.config()))
                .toList();
    }

    private List<SweepBatch.Part> parts(List<Protocol> protocols, Path runs) {
        List<SweepBatch.Part> parts = new ArrayList<>();
        for (Protocol protocol : protocols) {
            String[] arguments =
                    sweep(protocol, runs.resolve(protocol.config())).toArray(String[]::new);
            SeedSweep<?> sweep = new SeedSweep<>(
                    experiment, OptionParser.parse(arguments), options.cluster(), arguments, out, err, interrupt);
            parts.add(new SweepBatch.Part(protocol.config(), sweep));
        }
        return parts;
    }

    private List<Long> seeds(Protocol protocol) {
        return options.seeds != null ? options.seeds.seeds() : ReproducedRuns.published(protocol);
    }

    private List<String> sweep(Protocol protocol, Path folder) {
        String seeds = seeds(protocol).stream().map(String::valueOf).collect(Collectors.joining(","));
        List<String> arguments = new ArrayList<>(List.of("--config", protocol.config(), "--seeds", seeds));
        arguments.addAll(List.of("--jobs", Integer.toString(options.jobs())));
        arguments.addAll(List.of("--threads", Integer.toString(options.threads())));
        arguments.addAll(List.of("--out", folder.toString()));
        options.settings.forEach(setting -> arguments.addAll(List.of("--set", setting)));
        return arguments;
    }

    private Optional<List<String>> evaluation(Path run, int lifetimes) {
        Path facts = run.resolve("run.json");
        if (!Files.isRegularFile(facts) || !RunFacts.read(facts).finished() || isEvaluated(run, lifetimes)) {
            return Optional.empty();
        }
        int threads = Math.max(1, options.threads() / options.jobs());
        return Optional.of(List.of("--lifetimes", Integer.toString(lifetimes), "--threads", Integer.toString(threads)));
    }

    private static boolean isEvaluated(Path run, int lifetimes) {
        return HeldOut.read(run)
                .filter(evaluation -> evaluation.isOf(lifetimes, RunFacts.read(run.resolve("run.json"))))
                .isPresent();
    }
}
