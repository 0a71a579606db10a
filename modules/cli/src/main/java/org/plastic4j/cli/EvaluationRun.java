package org.plastic4j.cli;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.plastic4j.core.kernel.LifetimeThreads;
import org.plastic4j.report.page.RunReport;
import org.plastic4j.training.RunFailure;
import org.plastic4j.training.UserError;
import org.plastic4j.training.config.Kebab;
import org.plastic4j.training.config.SettingOverride;
import org.plastic4j.training.dataset.DataSettings;
import org.plastic4j.training.run.RunDirectory;
import org.plastic4j.training.stat.Interval;
import org.plastic4j.training.trainer.Experiment;
import org.plastic4j.training.trainer.ExperimentConfig;
import org.plastic4j.training.trainer.Interrupt;
import org.plastic4j.training.trainer.PrimaryMetric;

/** What {@code scripts/eval} does: a {@link HeldOutEvaluation}, a line about it, and its place in the run's report. */
final class EvaluationRun<C extends Record & ExperimentConfig> {
    /** How many lifetimes, where neither the user nor the run says it. */
    private static final int USUAL = 200;

    private final Experiment<C> experiment;
    private final EvaluationOptions options;
    private final Terminal terminal;
    private final Interrupt interrupt;

    EvaluationRun(Experiment<C> experiment, EvaluationOptions options, Terminal terminal, Interrupt interrupt) {
        this.experiment = experiment;
        this.options = options;
        this.terminal = terminal;
        this.interrupt = interrupt;
    }

    int execute() {
        Recorded<C> recorded = evaluation(USUAL).recorded();
        // As many as at the end of training, so that the run has one result.
        HeldOutEvaluation<C> evaluation = evaluation(Optional.ofNullable(options.lifetimes)
                .or(() -> recorded.config().value().training().heldOut())
                .orElse(USUAL));
        Backend.Started backend = Backend.start(Optional.ofNullable(options.device), options.threads);
        backend.note().ifPresent(note -> terminal.out().println("Note: " + Launcher.sentence(note)));
        LifetimeThreads.set(options.threads);
        Optional<HeldOutEvaluation.Result> result = evaluation.run(recorded, backend, options.threads, interrupt);
        if (result.isEmpty()) {
            terminal.err().println(evaluation.interrupted());
            return Launcher.INTERRUPTED;
        }
        addToReport(recorded.directory());
        terminal.out().println(line(result.get()));
        return Launcher.OK;
    }

    private HeldOutEvaluation<C> evaluation(int lifetimes) {
        return new HeldOutEvaluation<>(
                experiment, options.run, options.split, lifetimes, options.checkpoint, settings());
    }

    private void addToReport(RunDirectory directory) {
        try {
            RunReport.addHeldOut(directory, experiment.primaryMetric());
        } catch (IOException e) {
            throw new RunFailure(
                    String.format(Locale.ROOT, "%s: cannot be written (%s)", directory.report(), e.getMessage()), e);
        }
    }

    /** What is asked for otherwise than the run had it. */
    private List<SettingOverride> settings() {
        List<SettingOverride> changes =
                options.settings.stream().map(SettingOverride::parse).toList();
        Set<String> known = new TreeSet<>(experiment.evaluationSettings());
        if (experiment.dataset().isPresent()) {
            known.add(DataSettings.LOCATION);
        }
        changes.stream()
                .filter(change -> !known.contains(change.path()))
                .findFirst()
                .ifPresent(change -> {
                    throw new UserError(String.format(
                            Locale.ROOT,
                            "%s: expected %s",
                            change.option(),
                            known.isEmpty()
                                    ? String.format(
                                            Locale.ROOT,
                                            "none, since no setting of %s can be changed after training",
                                            experiment.name())
                                    : "one of the settings that an evaluation can change: "
                                            + String.join(", ", known)));
                });
        return changes;
    }

    private String line(HeldOutEvaluation.Result result) {
        PrimaryMetric measure = experiment.primaryMetric();
        Interval interval = result.interval();
        return String.format(
                Locale.ROOT,
                "%s: mean %s %s, %s to %s (%s), over %,d held-out lifetimes; %s checkpoint, at %,d lifetimes",
                Kebab.of(options.split),
                measure.words(),
                measure.text(interval.mean()),
                measure.text(interval.low()),
                measure.text(interval.high()),
                Interval.METHOD,
                interval.count(),
                options.checkpoint,
                result.trained());
    }
}
