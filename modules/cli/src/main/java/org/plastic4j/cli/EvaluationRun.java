package org.plastic4j.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.plastic4j.core.kernel.LifetimeThreads;
import org.plastic4j.report.page.RunReport;
import org.plastic4j.training.RunFailure;
import org.plastic4j.training.Seeds;
import org.plastic4j.training.UserError;
import org.plastic4j.training.checkpoint.Checkpoint;
import org.plastic4j.training.checkpoint.CheckpointFolder;
import org.plastic4j.training.config.InvalidSetting;
import org.plastic4j.training.config.Kebab;
import org.plastic4j.training.config.SettingOverride;
import org.plastic4j.training.dataset.DataSettings;
import org.plastic4j.training.run.AtomicFiles;
import org.plastic4j.training.run.RunDirectory;
import org.plastic4j.training.run.Versions;
import org.plastic4j.training.stat.Interval;
import org.plastic4j.training.trainer.Context;
import org.plastic4j.training.trainer.Evaluation;
import org.plastic4j.training.trainer.Experiment;
import org.plastic4j.training.trainer.ExperimentConfig;
import org.plastic4j.training.trainer.Interrupt;
import org.plastic4j.training.trainer.PrimaryMetric;
import org.plastic4j.training.trainer.SavedArrays;
import org.plastic4j.training.trainer.Session;

/** One evaluation of a run's checkpoint on held-out lifetimes: a line, and {@code eval-SPLIT.json} in its directory. */
final class EvaluationRun<C extends Record & ExperimentConfig> {
    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

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
        List<SettingOverride> overrides = new ArrayList<>(settings());
        // Where the data are is nothing that the result depends on.
        List<SettingOverride> changes = overrides.stream()
                .filter(setting -> !setting.path().equals(DataSettings.LOCATION))
                .toList();
        overrides.add(new SettingOverride("training.batch", "1", "eval"));
        Recorded<C> recorded = Recorded.of(experiment, options.run, "--run", overrides);
        C config = recorded.config().value();
        Backend.Started backend = Backend.start(java.util.Optional.ofNullable(options.device), options.threads);
        backend.note().ifPresent(note -> terminal.out().println("Note: " + Launcher.sentence(note)));
        LifetimeThreads.set(options.threads);
        CheckpointFolder folder = new CheckpointFolder(options.run);
        boolean best = options.checkpoint.equals("best");
        Checkpoint checkpoint = best ? folder.loadBest(experiment.name()) : folder.load(experiment.name());
        recorded.check(checkpoint, overrides.stream().map(SettingOverride::path).toArray(String[]::new));
        Path from = best ? folder.best() : folder.path();
        try (Session session =
                experiment.open(config, new Context(new Seeds(config.seed()), options.threads, backend.nd4j()))) {
            Recorded.checkData(recorded.directory(), recorded.facts(), session.data());
            SavedArrays.restore(checkpoint.parameters(), session.trainable().parameters(), from.toString());
            double[] values = Evaluation.run(
                    session.trainable(),
                    experiment.heldOut(config, options.split),
                    options.lifetimes,
                    experiment.primaryMetric().name(),
                    interrupt);
            if (values.length < options.lifetimes) {
                terminal.err()
                        .println(String.format(
                                Locale.ROOT,
                                "Interrupted after %d of %d lifetimes: nothing is written.",
                                values.length,
                                options.lifetimes));
                return Launcher.INTERRUPTED;
            }
            Interval interval = Interval.of(values);
            write(interval, checkpoint.state(), changes);
            addToReport(recorded.directory());
            terminal.out().println(line(interval, checkpoint.state()));
            return Launcher.OK;
        } catch (InvalidSetting e) {
            throw recorded.config().rejection(e);
        }
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

    private String line(Interval interval, Checkpoint.State state) {
        PrimaryMetric measure = experiment.primaryMetric();
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
                state.lifetimes());
    }

    private void write(Interval interval, Checkpoint.State state, List<SettingOverride> changes) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("experiment", experiment.name());
        facts.put("split", Kebab.of(options.split));
        facts.put("measure", experiment.primaryMetric().name());
        facts.put("mean", interval.mean());
        // JSON has no number for what a single lifetime does not say.
        facts.put("low", Double.isNaN(interval.low()) ? null : interval.low());
        facts.put("high", Double.isNaN(interval.high()) ? null : interval.high());
        facts.put("interval", Interval.METHOD);
        facts.put("lifetimes", interval.count());
        facts.put("seed", options.split.seed());
        facts.put("checkpoint", options.checkpoint);
        facts.put("trainedLifetimes", state.lifetimes());
        if (!changes.isEmpty()) {
            facts.put(
                    "settings",
                    changes.stream().collect(Collectors.toMap(SettingOverride::path, SettingOverride::value)));
        }
        facts.put("plastic4j", Versions.plastic4j());
        Versions.commit().ifPresent(commit -> facts.put("commit", commit));
        StringBuilder name = new StringBuilder("eval-" + Kebab.of(options.split));
        changes.forEach(
                change -> name.append('-').append(change.path()).append('=').append(change.value()));
        Path file = options.run.resolve(name + ".json");
        try {
            AtomicFiles.write(file, MAPPER.writeValueAsString(facts) + "\n");
        } catch (IOException e) {
            throw new RunFailure(String.format(Locale.ROOT, "%s: cannot be written (%s)", file, e.getMessage()), e);
        }
    }
}
