package org.plastic4j.experiment.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plastic4j.experiment.RunFailure;
import org.plastic4j.experiment.checkpoint.Checkpoint;
import org.plastic4j.experiment.checkpoint.CheckpointFolder;
import org.plastic4j.experiment.metric.MetricSink;

class TrainerTest {
    private record Row(long lifetimes, Map<String, Double> measures) {}

    private final List<Row> rows = new ArrayList<>();
    private final Interrupt interrupt = new Interrupt();

    @TempDir
    private Path run;

    private TrainingOutcome train(Quadratic experiment, TrainingSettings settings) {
        MetricSink sink = (lifetimes, measures) -> rows.add(new Row(lifetimes, measures));
        return new Trainer(
                        experiment.session(),
                        settings,
                        Quadratic.ERROR,
                        new Trainer.Outputs(sink, new CheckpointFolder(run), Progress.none()),
                        new Trainer.Identity("quadratic", 3, "hash"),
                        interrupt)
                .train();
    }

    private Checkpoint saved() {
        return new CheckpointFolder(run).load("quadratic");
    }

    private static TrainingSettings settings(long max, int batch, StopRule stop, long logEvery) {
        return new TrainingSettings(max, batch, AdamSettings.of(0.05), Optional.ofNullable(stop), logEvery, 10);
    }

    @Test
    void endsWhenTheMeanOfTheWindowIsUnderTheTarget() {
        TrainingOutcome outcome = train(new Quadratic(), settings(1000, 1, new StopRule(20, 0.01), 1));

        assertThat(outcome.end()).isEqualTo(TrainingOutcome.End.TARGET_REACHED);
        int last = rows.size();
        assertThat(meanError(last - 20, last)).isEqualTo(outcome.mean()).isLessThan(0.01);
        assertThat(meanError(last - 21, last - 1)).isGreaterThanOrEqualTo(0.01);
        assertThat(outcome.lifetimes()).isEqualTo(last).isEqualTo(outcome.steps());
        assertThat(outcome.window()).isEqualTo(20);
    }

    private double meanError(int from, int to) {
        double sum = 0;
        for (Row row : rows.subList(from, to)) {
            sum += row.measures().get("error");
        }
        return sum / (to - from);
    }

    @Test
    void endsAfterTheMostLifetimesCountedInBatches() {
        TrainingOutcome outcome = train(new Quadratic(), settings(10, 4, null, 1));

        assertThat(outcome.end()).isEqualTo(TrainingOutcome.End.MAX_LIFETIMES);
        assertThat(outcome.steps()).isEqualTo(3);
        assertThat(rows).extracting(Row::lifetimes).containsExactly(4L, 8L, 12L);
        assertThat(saved().state()).isEqualTo(new Checkpoint.State("quadratic", 3, 12, 3, 12, "hash"));
    }

    @Test
    void rowHasMainMeasureThenLossThenTheOthers() {
        train(new Quadratic(), settings(1, 1, null, 1));

        assertThat(rows.get(0).measures().keySet()).containsExactly("error", "loss", "eta");
    }

    @Test
    void rowsHoldTheMeansOfTheirLifetimesAndTheLastOneTheRest() {
        train(new Quadratic(), settings(5, 1, null, 1));
        List<Row> single = List.copyOf(rows);
        rows.clear();
        train(new Quadratic(), settings(5, 1, null, 2));

        assertThat(rows).extracting(Row::lifetimes).containsExactly(2L, 4L, 5L);
        assertThat(rows.get(0).measures().get("eta"))
                .isEqualTo((single.get(0).measures().get("eta")
                                + single.get(1).measures().get("eta"))
                        / 2);
        assertThat(rows.get(2).measures()).isEqualTo(single.get(4).measures());
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void gradientThatIsNotFiniteStopsTheRunNamingStepAndParameterAndKeepsTheLastCheckpoint(double value) {
        assertThatThrownBy(() -> train(new Quadratic().poisoned(17, value, false), settings(100, 1, null, 1)))
                .isInstanceOf(RunFailure.class)
                .hasMessage("step 17: the gradient of w is not finite (NaN or infinity); the last good checkpoint is "
                        + run.resolve("checkpoint") + " (10 lifetimes)");

        assertThat(saved().state().step()).isEqualTo(10);
        assertThat(saved().parameters().get("w").isNaN().any()).isFalse();
        assertThat(rows).hasSize(16);
    }

    @Test
    void lossThatIsNotFiniteStopsTheRunNamingTheStep() {
        assertThatThrownBy(() -> train(new Quadratic().poisoned(3, Double.NaN, true), settings(100, 1, null, 1)))
                .isInstanceOf(RunFailure.class)
                .hasMessage("step 3: the loss is NaN; the last good checkpoint is " + run.resolve("checkpoint")
                        + " (0 lifetimes)");
    }

    @Test
    void hugeButFiniteGradientDoesNotStopTheRun() {
        train(new Quadratic().poisoned(2, 3e38, false), settings(3, 1, null, 1));

        assertThat(rows).hasSize(3);
    }

    @Test
    void interruptStopsAfterTheStepAndSavesTheCheckpoint() {
        TrainingOutcome outcome = train(
                new Quadratic(step -> {
                    if (step == 13) {
                        interrupt.request();
                    }
                }),
                settings(100, 1, null, 5));

        assertThat(outcome.end()).isEqualTo(TrainingOutcome.End.INTERRUPTED);
        assertThat(saved().state().step()).isEqualTo(13);
        assertThat(rows).extracting(Row::lifetimes).containsExactly(5L, 10L, 13L);
    }

    @Test
    void overheadOfAStepIsSmall() {
        train(new Quadratic(), settings(2000, 1, null, 1));
        rows.clear();
        TrainingSettings rarelySaved =
                new TrainingSettings(4000, 1, AdamSettings.of(0.05), Optional.empty(), 1, 1_000_000);

        TrainingOutcome outcome = train(new Quadratic(), rarelySaved);

        // About 0.1 ms with the network's own arithmetic and Adam; the bound leaves room for a busy machine.
        assertThat(outcome.seconds() / outcome.steps()).isLessThan(0.005);
    }

    @Test
    void summarySaysWhatWasReachedWhenAndInWhatTime() {
        MainMeasure reward = new MainMeasure("reward", "reward", MainMeasure.Better.HIGHER, MainMeasure.Unit.NUMBER);

        assertThat(new TrainingOutcome(TrainingOutcome.End.TARGET_REACHED, 215, 215, 0.0084, 20, 31.2)
                        .summary(Quadratic.ERROR))
                .isEqualTo("Reached mean error 0.84% over 20 lifetimes after 215 lifetimes (31 s)");
        assertThat(new TrainingOutcome(TrainingOutcome.End.MAX_LIFETIMES, 1000, 30_000, 152.34, 600, 4000)
                        .summary(reward))
                .isEqualTo("Stopped after 30,000 lifetimes (66 min 40 s) with mean reward 152.3 over the last 600"
                        + " lifetimes");
        assertThat(new TrainingOutcome(TrainingOutcome.End.INTERRUPTED, 0, 0, Double.NaN, 0, 0.02).summary(reward))
                .isEqualTo("Interrupted after 0 lifetimes (0.0 s)");
    }
}
