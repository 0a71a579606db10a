package org.plastic4j.training.trainer;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.training.checkpoint.Checkpoint;
import org.plastic4j.training.checkpoint.CheckpointFolder;
import org.plastic4j.training.metric.MetricSink;
import org.plastic4j.training.optimizer.AdamSettings;
import org.plastic4j.training.run.Versions;

/** Trains a small experiment in a folder of its own, and keeps the rows. */
abstract class TrainerCase {
    static final Checkpoint.Run RUN =
            new Checkpoint.Run("quadratic", Versions.plastic4j(), 3, "hash", Map.of("seed", "3"));

    record Row(long lifetimes, Map<String, Double> measures) {}

    final List<Row> rows = new ArrayList<>();
    final Interrupt interrupt = new Interrupt();

    @TempDir
    Path run;

    TrainingOutcome train(Quadratic experiment, TrainingSettings settings) {
        MetricSink sink = (lifetimes, measures) -> rows.add(new Row(lifetimes, measures));
        return new Trainer(
                        experiment.session(settings.batch()),
                        settings,
                        Quadratic.ERROR,
                        new Trainer.Outputs(sink, new CheckpointFolder(run), Progress.none()),
                        RUN,
                        interrupt)
                .train();
    }

    Checkpoint saved() {
        return new CheckpointFolder(run).load("quadratic");
    }

    static TrainingSettings settings(long max, int batch, StopRule stop, long logEvery) {
        return new TrainingSettings(
                max,
                batch,
                AdamSettings.of(0.05),
                Optional.ofNullable(stop),
                logEvery,
                new CheckpointSettings(10, 1, false));
    }

    void interruptAt(long at, TrainingSettings settings) {
        train(
                new Quadratic(step -> {
                    if (step == at) {
                        interrupt.request();
                    }
                }),
                settings);
    }

    TrainingOutcome resumed(TrainingSettings settings, MetricSink sink) {
        CheckpointFolder folder =
                new CheckpointFolder(run, settings.checkpoints().keep());
        Trainer trainer = new Trainer(
                new Quadratic().session(settings.batch()),
                settings,
                Quadratic.ERROR,
                new Trainer.Outputs(sink, folder, Progress.none()),
                RUN,
                new Interrupt());
        trainer.resume(folder.load("quadratic"));
        return trainer.train();
    }
}
