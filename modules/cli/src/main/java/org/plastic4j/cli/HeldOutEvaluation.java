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
import java.util.Optional;
import java.util.stream.Collectors;
import org.plastic4j.training.RunFailure;
import org.plastic4j.training.Seeds;
import org.plastic4j.training.checkpoint.Checkpoint;
import org.plastic4j.training.checkpoint.CheckpointFolder;
import org.plastic4j.training.config.InvalidSetting;
import org.plastic4j.training.config.Kebab;
import org.plastic4j.training.config.SettingOverride;
import org.plastic4j.training.dataset.DataSettings;
import org.plastic4j.training.run.AtomicFiles;
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
import org.plastic4j.training.trainer.Split;

/**
 * A run's checkpoint on held-out lifetimes, one at a time; {@code eval-SPLIT.json} in the run's directory says what came
 * out. The same when training ends and for {@code scripts/eval}.
 *
 * @param experiment the experiment
 * @param run the run's directory
 * @param split which held-out lifetimes
 * @param lifetimes how many of them, from the first on
 * @param checkpoint which checkpoint, {@link #NEWEST} or {@link #BEST}
 * @param overrides settings that are not as in training
 * @param <C> the configuration's type
 */
record HeldOutEvaluation<C extends Record & ExperimentConfig>(
        Experiment<C> experiment,
        Path run,
        Split split,
        int lifetimes,
        String checkpoint,
        List<SettingOverride> overrides) {
    static final String NEWEST = "newest";
    static final String BEST = "best";

    private static final ObjectMapper MAPPER = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /**
     * What came out.
     *
     * @param interval the mean of the primary metric and its interval
     * @param trained on how many lifetimes the checkpoint had been trained
     */
    record Result(Interval interval, long trained) {}

    /** The run as it is evaluated: with batches of one. */
    Recorded<C> recorded() {
        List<SettingOverride> all = new ArrayList<>(overrides);
        all.add(new SettingOverride("training.batch", "1", "eval"));
        return Recorded.of(experiment, run, "--run", all);
    }

    /**
     * Evaluates and writes the file.
     *
     * @param recorded what {@link #recorded} gave
     * @param backend what computes
     * @return what came out; empty after an interrupt, when nothing is written
     */
    Optional<Result> run(Recorded<C> recorded, Backend.Started backend, int threads, Interrupt interrupt) {
        C config = recorded.config().value();
        CheckpointFolder folder = new CheckpointFolder(run);
        boolean best = checkpoint.equals(BEST);
        Checkpoint saved = best ? folder.loadBest(experiment.name()) : folder.load(experiment.name());
        List<String> mayDiffer = new ArrayList<>(List.of("training.batch"));
        overrides.forEach(override -> mayDiffer.add(override.path()));
        recorded.check(saved, mayDiffer.toArray(String[]::new));
        Path from = best ? folder.best() : folder.path();
        try (Session session =
                experiment.open(config, new Context(new Seeds(config.seed()), threads, backend.nd4j()))) {
            Recorded.checkData(recorded.directory(), recorded.facts(), session.data());
            SavedArrays.restore(saved.parameters(), session.trainable().parameters(), from.toString());
            double[] values = Evaluation.run(
                    session.trainable(),
                    experiment.heldOut(config, split),
                    lifetimes,
                    experiment.primaryMetric().name(),
                    interrupt);
            if (values.length < lifetimes) {
                return Optional.empty();
            }
            Result result = new Result(Interval.of(values), saved.state().lifetimes());
            write(result);
            return Optional.of(result);
        } catch (InvalidSetting e) {
            throw recorded.config().rejection(e);
        }
    }

    /** What it says after an interrupt. */
    String interrupted() {
        return String.format(
                Locale.ROOT,
                "Interrupted before all of %d held-out lifetimes were evaluated: no result of them is written.",
                lifetimes);
    }

    private void write(Result result) {
        Interval interval = result.interval();
        PrimaryMetric measure = experiment.primaryMetric();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("experiment", experiment.name());
        facts.put("split", Kebab.of(split));
        facts.put("measure", measure.name());
        facts.put("mean", interval.mean());
        // JSON has no number for what a single lifetime does not say.
        facts.put("low", Double.isNaN(interval.low()) ? null : interval.low());
        facts.put("high", Double.isNaN(interval.high()) ? null : interval.high());
        facts.put("interval", Interval.METHOD);
        facts.put("lifetimes", interval.count());
        facts.put("seed", split.seed());
        facts.put("checkpoint", checkpoint);
        facts.put("trainedLifetimes", result.trained());
        // Where the data are is nothing that the result depends on.
        List<SettingOverride> changes = overrides.stream()
                .filter(setting -> !setting.path().equals(DataSettings.LOCATION))
                .toList();
        if (!changes.isEmpty()) {
            facts.put(
                    "settings",
                    changes.stream().collect(Collectors.toMap(SettingOverride::path, SettingOverride::value)));
        }
        facts.put("plastic4j", Versions.plastic4j());
        Versions.commit().ifPresent(commit -> facts.put("commit", commit));
        StringBuilder name = new StringBuilder("eval-" + Kebab.of(split));
        changes.forEach(
                change -> name.append('-').append(change.path()).append('=').append(change.value()));
        Path file = run.resolve(name + ".json");
        try {
            AtomicFiles.write(file, MAPPER.writeValueAsString(facts) + "\n");
        } catch (IOException e) {
            throw new RunFailure(String.format(Locale.ROOT, "%s: cannot be written (%s)", file, e.getMessage()), e);
        }
    }
}
