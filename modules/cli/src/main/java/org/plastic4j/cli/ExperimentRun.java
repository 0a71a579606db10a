package org.plastic4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.plastic4j.cli.progress.ProgressBarLine;
import org.plastic4j.cli.progress.ProgressLines;
import org.plastic4j.core.kernel.LifetimeThreads;
import org.plastic4j.training.RunFailure;
import org.plastic4j.training.Secrets;
import org.plastic4j.training.Seeds;
import org.plastic4j.training.UserError;
import org.plastic4j.training.checkpoint.Checkpoint;
import org.plastic4j.training.checkpoint.CheckpointFolder;
import org.plastic4j.training.config.ConfigWriter;
import org.plastic4j.training.config.InvalidSetting;
import org.plastic4j.training.config.Kebab;
import org.plastic4j.training.config.LoadedConfig;
import org.plastic4j.training.config.Settings;
import org.plastic4j.training.metric.MetricSink;
import org.plastic4j.training.mlflow.MlflowSink;
import org.plastic4j.training.mlflow.MlflowSink.Status;
import org.plastic4j.training.run.AtomicFiles;
import org.plastic4j.training.run.Provenance;
import org.plastic4j.training.run.RunDirectory;
import org.plastic4j.training.run.Versions;
import org.plastic4j.training.tensorboard.TensorboardSink;
import org.plastic4j.training.trainer.Context;
import org.plastic4j.training.trainer.Experiment;
import org.plastic4j.training.trainer.ExperimentConfig;
import org.plastic4j.training.trainer.Interrupt;
import org.plastic4j.training.trainer.PrimaryMetric;
import org.plastic4j.training.trainer.Progress;
import org.plastic4j.training.trainer.Session;
import org.plastic4j.training.trainer.Split;
import org.plastic4j.training.trainer.Trainer;
import org.plastic4j.training.trainer.TrainingOutcome;
import org.plastic4j.training.trainer.TrainingSettings;

/** One run, from valid options to the summary line. */
final class ExperimentRun<C extends Record & ExperimentConfig> {
    private final Experiment<C> experiment;
    private final Options options;
    private final String[] arguments;
    private final Terminal terminal;
    private final Interrupt interrupt;

    ExperimentRun(
            Experiment<C> experiment, Options options, String[] arguments, Terminal terminal, Interrupt interrupt) {
        this.experiment = experiment;
        this.options = options;
        this.arguments = arguments;
        this.terminal = terminal;
        this.interrupt = interrupt;
    }

    /** The exit code; a {@link UserError} is thrown, failures are reported here because only here is a log known. */
    int execute() {
        Optional<Resumption<C>> resumption =
                options.resume().map(path -> Resumption.of(experiment, path, options.overrides()));
        LoadedConfig<C> config = resumption
                .map(Resumption::config)
                .orElseGet(() -> Configured.load(experiment, options.config(), options.overrides()));
        if (options.printConfig()) {
            terminal.out().print(Help.documented(experiment).comment(ConfigWriter.toYaml(config.value())));
            return Launcher.OK;
        }
        Optional<String> finished = resumption.flatMap(Resumption::finished);
        if (finished.isPresent()) {
            terminal.out().println(Launcher.sentence(finished.get()));
            return Launcher.OK;
        }
        Backend.Started backend = Backend.start(options.device(), options.threads());
        backend.note().ifPresent(note -> terminal.out().println("Note: " + Launcher.sentence(note)));
        LifetimeThreads.set(options.threads());
        Optional<Checkpoint> checkpoint = resumption.map(Resumption::checkpoint);
        RunDirectory directory = resumption
                .map(Resumption::directory)
                .orElseGet(() -> RunDirectory.reserve(
                        options.out(), experiment.name(), config.value().seed(), LocalDateTime.now()));
        // They claim the directory, before any work is done and before anything else is written to it.
        MetricFiles metrics = checkpoint
                .map(from -> MetricFiles.resume(directory, from.state().row().after()))
                .orElseGet(() -> MetricFiles.create(directory));
        try (metrics) {
            return execute(config, resumption, backend, directory, metrics, checkpoint);
        }
    }

    private int execute(
            LoadedConfig<C> config,
            Optional<Resumption<C>> resumption,
            Backend.Started backend,
            RunDirectory directory,
            MetricFiles metrics,
            Optional<Checkpoint> checkpoint) {
        Seeds seeds = new Seeds(config.value().seed());
        Session session;
        try {
            session = experiment.open(config.value(), new Context(seeds, options.threads(), backend.nd4j()));
            // What the run is evaluated on in the end has to be there before it begins.
            config.value().training().heldOut().ifPresent(lifetimes -> experiment.heldOut(config.value(), Split.TEST));
        } catch (UserError e) {
            abandon(metrics, directory);
            throw e;
        } catch (InvalidSetting e) {
            abandon(metrics, directory);
            throw config.rejection(e);
        } catch (RuntimeException | Error e) {
            metrics.close();
            directory.release();
            return failure(directory, e);
        }
        try (session) {
            resumption.ifPresent(run -> Recorded.checkData(run.directory(), run.facts(), session.data()));
            terminal.logTo(directory.log());
            Provenance provenance = new Provenance(
                    experiment.name(), Secrets.hidden(List.of(arguments)), seeds, options.threads(), backend.device());
            backend.accelerator().ifPresent(gpu -> provenance.acceleratedBy(gpu.description()));
            provenance.madeOf(session.data());
            checkpoint.ifPresent(from -> provenance.resume(
                    resumption.orElseThrow().facts(), from.state().lifetimes()));
            return run(config.value(), session, directory, provenance, metrics, checkpoint, backend);
        } catch (UserError e) {
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            return failure(directory, e);
        }
    }

    /** Nothing of it has begun: another attempt may use the same directory. */
    private static void abandon(MetricFiles metrics, RunDirectory directory) {
        metrics.close();
        directory.discard();
    }

    private int run(
            C config,
            Session session,
            RunDirectory directory,
            Provenance provenance,
            MetricFiles files,
            Optional<Checkpoint> checkpoint,
            Backend.Started backend)
            throws IOException {
        String resolved = ConfigWriter.toYaml(config);
        PrimaryMetric measure = experiment.primaryMetric();
        provenance.measuredBy(
                measure.name(),
                measure.label(),
                measure.better() == PrimaryMetric.Better.LOWER,
                measure.unit() == PrimaryMetric.Unit.FRACTION);
        TrainingOutcome outcome;
        RunPages pages = new RunPages(directory, session, measure, config.training());
        CheckpointFolder checkpoints = new CheckpointFolder(
                directory.path(), config.training().checkpoints().keep());
        Optional<MlflowSink> mlflow = mlflow(resolved, directory);
        List<MetricSink> sinks = new ArrayList<>(List.of(files));
        mlflow.ifPresent(sinks::add);
        if (options.tensorboard()) {
            sinks.add(new TensorboardSink(
                    directory.path(),
                    checkpoint.map(saved -> saved.state().row().after()).orElse(0L)));
        }
        // Last, so that the rows are in the files that it reads.
        sinks.add(new ReportRefresher(pages, outcomeSoFar -> pages.write(outcomeSoFar, terminal.log())));
        try (MetricSink metrics = MetricSink.all(sinks);
                Progress progress = progress(config.training(), checkpoint)) {
            Trainer trainer = new Trainer(
                    session,
                    config.training(),
                    measure,
                    new Trainer.Outputs(metrics, checkpoints, progress),
                    Resumption.identity(experiment, config),
                    interrupt);
            // A checkpoint that does not fit is rejected before the run's record says that it goes on.
            checkpoint.ifPresent(trainer::resume);
            AtomicFiles.write(directory.config(), resolved);
            provenance.write(directory.provenance());
            outcome = trainer.train();
            boolean interrupted = outcome.end() == TrainingOutcome.End.INTERRUPTED;
            if (!interrupted) {
                progress.finished();
            }
            mlflow.ifPresent(sink -> sink.ended(interrupted ? Status.KILLED : Status.FINISHED));
        }
        provenance.ended(Kebab.of(outcome.end()), outcome.lifetimes(), outcome.seconds());
        provenance.resultedIn(outcome.mean(), outcome.window());
        provenance.write(directory.provenance());
        if (outcome.end() == TrainingOutcome.End.INTERRUPTED) {
            write(pages, outcome);
            return interrupted(outcome, directory, checkpoints.path());
        }
        Optional<HeldOutEvaluation<C>> evaluation = config.training()
                .heldOut()
                .map(lifetimes -> new HeldOutEvaluation<>(
                        experiment, directory.path(), Split.TEST, lifetimes, HeldOutEvaluation.NEWEST, List.of()));
        Optional<HeldOutEvaluation.Result> heldOut;
        try {
            heldOut = evaluation.flatMap(held -> held.run(held.recorded(), backend, options.threads(), interrupt));
        } finally {
            // The run has ended well, whatever becomes of its evaluation.
            write(pages, outcome);
        }
        conclude(outcome, heldOut, directory);
        if (evaluation.isPresent() && heldOut.isEmpty()) {
            terminal.err().println(evaluation.get().interrupted());
            return Launcher.INTERRUPTED;
        }
        return Launcher.OK;
    }

    private Optional<MlflowSink> mlflow(String resolved, RunDirectory directory) {
        Map<String, String> tags = new LinkedHashMap<>(Map.of("plastic4j", Versions.plastic4j()));
        Versions.commit().ifPresent(commit -> tags.put("mlflow.source.git.commit", commit));
        Path folder = directory.path().toAbsolutePath().normalize();
        MlflowSink.Run run = new MlflowSink.Run(
                experiment.name(), String.valueOf(folder.getFileName()), Settings.ofYaml(resolved), tags);
        // The progress line that rewrites itself has not ended yet.
        String begin = terminal.isWatched() && !options.quiet() ? System.lineSeparator() : "";
        return options.mlflow()
                .map(uri -> MlflowSink.open(uri, run, warning -> terminal.out().println(begin + "Note: " + warning)));
    }

    private Progress progress(TrainingSettings training, Optional<Checkpoint> checkpoint) {
        if (options.quiet()) {
            return Progress.none();
        }
        long from = checkpoint.map(saved -> saved.state().lifetimes()).orElse(0L);
        double seconds = training.maxSeconds().orElse(Double.POSITIVE_INFINITY)
                - checkpoint.map(saved -> saved.state().seconds()).orElse(0.0);
        return terminal.isWatched()
                ? new ProgressBarLine(terminal.out(), training.maxLifetimes(), from, seconds)
                : new ProgressLines(terminal.out(), training.maxLifetimes(), seconds);
    }

    private void write(RunPages pages, TrainingOutcome outcome) {
        pages.write(outcome, terminal.log())
                .forEach(note -> terminal.out()
                        .println(String.format(
                                Locale.ROOT,
                                "Note: %s, %s says why.",
                                note,
                                pages.directory().log())));
    }

    private int interrupted(TrainingOutcome outcome, RunDirectory directory, Path checkpoint) {
        terminal.err()
                .println(String.format(
                        Locale.ROOT,
                        "%s: checkpoint saved in %s. To go on: %s",
                        outcome.summary(experiment.primaryMetric()),
                        checkpoint,
                        Help.resume(experiment.name(), directory.path())));
        return Launcher.INTERRUPTED;
    }

    private void conclude(TrainingOutcome outcome, Optional<HeldOutEvaluation.Result> heldOut, RunDirectory directory) {
        PrimaryMetric measure = experiment.primaryMetric();
        String onOthers = heldOut.map(result -> String.format(
                        Locale.ROOT,
                        "; %s on %,d held-out lifetimes",
                        measure.text(result.interval().mean()),
                        result.interval().count()))
                .orElse("");
        terminal.out()
                .println(String.format(
                        Locale.ROOT, "%s%s. Run directory: %s", outcome.summary(measure), onOthers, directory.path()));
        if (!options.quiet()) {
            terminal.out()
                    .println(RunQueue.BESIDES
                            + String.format(
                                    Locale.ROOT,
                                    "%s. Evaluated otherwise: scripts/eval --run %s",
                                    directory.report(),
                                    directory.path()));
        }
    }

    private int failure(RunDirectory directory, Throwable problem) {
        try {
            terminal.logTo(directory.log());
        } catch (IOException e) {
            problem.addSuppressed(e);
        }
        String what = problem instanceof RunFailure ? problem.getMessage() : describe(problem);
        if (terminal.hasLogFile()) {
            problem.printStackTrace(terminal.log());
            terminal.err().println(String.format(Locale.ROOT, "%s; see %s.", what, directory.log()));
        } else {
            terminal.err().println(Launcher.sentence(what));
            // Where a failure is no bug, its sentence is all there is to say.
            if (!(problem instanceof RunFailure)) {
                problem.printStackTrace(terminal.err());
            }
        }
        return Launcher.FAILURE;
    }

    private static String describe(Throwable problem) {
        String name = problem.getClass().getSimpleName();
        return problem.getMessage() == null
                ? name
                : name + ": " + problem.getMessage().lines().findFirst().orElse("");
    }
}
