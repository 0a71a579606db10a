package org.plastic4j.experiment.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.plastic4j.core.fused.LifetimeThreads;
import org.plastic4j.experiment.Device;
import org.plastic4j.experiment.RunFailure;
import org.plastic4j.experiment.Seeds;
import org.plastic4j.experiment.checkpoint.Checkpoint;
import org.plastic4j.experiment.checkpoint.CheckpointFolder;
import org.plastic4j.experiment.config.Kebab;
import org.plastic4j.experiment.config.SettingOverride;
import org.plastic4j.experiment.run.AtomicFiles;
import org.plastic4j.experiment.run.Versions;
import org.plastic4j.experiment.stat.Interval;
import org.plastic4j.experiment.train.Context;
import org.plastic4j.experiment.train.Evaluation;
import org.plastic4j.experiment.train.Experiment;
import org.plastic4j.experiment.train.ExperimentConfig;
import org.plastic4j.experiment.train.Interrupt;
import org.plastic4j.experiment.train.MainMeasure;
import org.plastic4j.experiment.train.SavedArrays;
import org.plastic4j.experiment.train.Session;

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
        Recorded<C> recorded = Recorded.of(
                experiment, options.run, "--run", List.of(new SettingOverride("training.batch", "1", "eval")));
        C config = recorded.config().value();
        Device device = Backend.start(java.util.Optional.ofNullable(options.device), options.threads);
        LifetimeThreads.set(options.threads);
        CheckpointFolder folder = new CheckpointFolder(options.run);
        boolean best = options.checkpoint.equals("best");
        Checkpoint checkpoint = best ? folder.loadBest(experiment.name()) : folder.load(experiment.name());
        recorded.check(checkpoint, "training.batch");
        Path from = best ? folder.best() : folder.path();
        try (Session session =
                experiment.open(config, new Context(new Seeds(config.seed()), options.threads, device))) {
            Recorded.checkData(recorded.directory(), recorded.facts(), session.data());
            SavedArrays.restore(checkpoint.parameters(), session.trainable().parameters(), from.toString());
            double[] values = Evaluation.run(
                    session.trainable(),
                    experiment.heldOut(config, options.split),
                    options.lifetimes,
                    experiment.mainMeasure().name(),
                    interrupt);
            if (values.length < options.lifetimes) {
                terminal.err()
                        .println("Interrupted after %d of %d lifetimes: nothing is written."
                                .formatted(values.length, options.lifetimes));
                return Launcher.INTERRUPTED;
            }
            Interval interval = Interval.of(values);
            write(interval, checkpoint.state());
            terminal.out().println(line(interval, checkpoint.state()));
            return Launcher.OK;
        }
    }

    private String line(Interval interval, Checkpoint.State state) {
        MainMeasure measure = experiment.mainMeasure();
        return "%s: mean %s %s, %s to %s (%s), over %,d held-out lifetimes; %s checkpoint, at %,d lifetimes"
                .formatted(
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

    private void write(Interval interval, Checkpoint.State state) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("experiment", experiment.name());
        facts.put("split", Kebab.of(options.split));
        facts.put("measure", experiment.mainMeasure().name());
        facts.put("mean", interval.mean());
        // JSON has no number for what a single lifetime does not say.
        facts.put("low", Double.isNaN(interval.low()) ? null : interval.low());
        facts.put("high", Double.isNaN(interval.high()) ? null : interval.high());
        facts.put("interval", Interval.METHOD);
        facts.put("lifetimes", interval.count());
        facts.put("seed", options.split.seed());
        facts.put("checkpoint", options.checkpoint);
        facts.put("trainedLifetimes", state.lifetimes());
        facts.put("plastic4j", Versions.plastic4j());
        Versions.commit().ifPresent(commit -> facts.put("commit", commit));
        Path file = options.run.resolve("eval-%s.json".formatted(Kebab.of(options.split)));
        try {
            AtomicFiles.write(file, MAPPER.writeValueAsString(facts) + "\n");
        } catch (IOException e) {
            throw new RunFailure("%s: cannot be written (%s)".formatted(file, e.getMessage()), e);
        }
    }
}
