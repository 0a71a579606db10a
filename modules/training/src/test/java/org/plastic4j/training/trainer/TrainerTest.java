package org.plastic4j.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.cell.Alpha;
import org.plastic4j.core.cell.PlasticCell;
import org.plastic4j.core.cell.PlasticParameters;
import org.plastic4j.core.lifetime.FusedLifetime;
import org.plastic4j.core.lifetime.LifetimeInputs;
import org.plastic4j.core.rule.DecayingHebb;
import org.plastic4j.training.RunFailure;
import org.plastic4j.training.checkpoint.Checkpoint;
import org.plastic4j.training.checkpoint.CheckpointFolder;
import org.plastic4j.training.metric.CsvMetrics;
import org.plastic4j.training.metric.JsonlMetrics;
import org.plastic4j.training.metric.MetricSink;
import org.plastic4j.training.optimizer.AdamSettings;

@Tag("slow")
class TrainerTest extends TrainerCase {
    @Test
    void endsWhenItsSecondsAreUsedUp() {
        Quadratic slow = new Quadratic(step -> LockSupport.parkNanos(2_000_000));
        TrainingSettings settings = new TrainingSettings(
                1_000_000,
                Optional.of(0.2),
                1,
                AdamSettings.of(0.05),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                1,
                new CheckpointSettings(1_000_000, 1, false));

        TrainingOutcome outcome = train(slow, settings);

        assertThat(outcome.end()).isEqualTo(TrainingOutcome.End.MAX_SECONDS);
        assertThat(outcome.seconds()).isBetween(0.2, 20.0);
        assertThat(outcome.lifetimes()).isBetween(1L, 100L);
        assertThat(saved().state().lifetimes()).isEqualTo(outcome.lifetimes());
        assertThat(outcome.summary(Quadratic.ERROR)).startsWith("Stopped after " + outcome.lifetimes() + " lifetime");
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
        Checkpoint.State state = saved().state();
        assertThat(state.run()).isEqualTo(RUN);
        assertThat(List.of(state.step(), state.lifetimes(), state.dataPosition()))
                .containsExactly(3L, 12L, 12L);
        assertThat(state.recent().seen()).isEqualTo(3);
        assertThat(state.row().after()).isEqualTo(12);
        assertThat(state.seconds()).isPositive().isLessThanOrEqualTo(outcome.seconds());
    }

    @Test
    void rowHasPrimaryMetricThenLossThenTheOthers() {
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
    void lifetimeThatRefusesWhatGoesIntoItStopsTheRunNamingTheStepAndKeepsTheLastCheckpoint() {
        assertThatThrownBy(() -> train(
                        new Quadratic(step -> {
                            if (step == 17) {
                                liveWithWeight(Float.NEGATIVE_INFINITY);
                            }
                        }),
                        settings(100, 1, null, 1)))
                .isInstanceOf(RunFailure.class)
                .hasMessage("step 17: plastic_lifetime: w: expected finite numbers, found -Infinity at [1, 0];"
                        + " the last good checkpoint is " + run.resolve("checkpoint") + " (10 lifetimes)");

        assertThat(saved().state().step()).isEqualTo(10);
        assertThat(rows).hasSize(16);
    }

    /** A lifetime of two neurons. */
    private static void liveWithWeight(float weight) {
        PlasticCell cell = new PlasticCell(2, Alpha.ABSENT, new DecayingHebb());
        SameDiff graph = SameDiff.create();
        SDVariable drive = graph.constant(Nd4j.zeros(DataType.FLOAT, 3, 1, 2));
        SDVariable w = graph.var("w", Nd4j.createFromArray(new float[][] {{0, 0}, {weight, 0}}));
        new FusedLifetime()
                .build(graph, "life", cell, PlasticParameters.fixed(w), LifetimeInputs.driven(drive))
                .y()
                .eval();
    }

    @Test
    void hugeButFiniteGradientDoesNotStopTheRun() {
        train(new Quadratic().poisoned(2, 3e38, false), settings(3, 1, null, 1));

        assertThat(rows).hasSize(3);
    }

    @Test
    void bestCheckpointIsTheOneWithTheBestMeanOfAFullWindow() {
        // The number falls, so where higher is better the first full window is the best.
        PrimaryMetric higher = new PrimaryMetric("error", "x", PrimaryMetric.Better.HIGHER, PrimaryMetric.Unit.NUMBER);
        TrainingSettings settings = new TrainingSettings(
                120, 1, AdamSettings.of(0.05), Optional.empty(), 1, new CheckpointSettings(10, 2, true));
        new Trainer(
                        new Quadratic().session(1),
                        settings,
                        higher,
                        new Trainer.Outputs(
                                (lifetimes, measures) -> rows.add(new Row(lifetimes, measures)),
                                new CheckpointFolder(run, 2),
                                Progress.none()),
                        RUN,
                        interrupt)
                .train();

        Checkpoint best = new CheckpointFolder(run).loadBest("quadratic");
        assertThat(best.state().lifetimes()).isEqualTo(20);
        assertThat(best.state().best().orElseThrow().mean()).isEqualTo(meanError(0, 20));
        assertThat(saved().state().best()).isEqualTo(best.state().best());
        assertThat(run.resolve("checkpoints").toFile().list()).containsExactlyInAnyOrder("000110", "best");
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 13})
    void runThatIsShorterThanItsWindowHasABestCheckpointUntilOneOfAFullWindowIsThere(int shorter) {
        // The number falls: where higher is better, a window that is not full would stay the best for ever.
        PrimaryMetric higher = new PrimaryMetric("error", "x", PrimaryMetric.Better.HIGHER, PrimaryMetric.Unit.NUMBER);
        CheckpointFolder folder = new CheckpointFolder(run, 2);
        Trainer.Outputs outputs = new Trainer.Outputs(
                (lifetimes, measures) -> rows.add(new Row(lifetimes, measures)), folder, Progress.none());

        new Trainer(new Quadratic().session(1), withBest(shorter), higher, outputs, RUN, interrupt).train();

        Checkpoint best = folder.loadBest("quadratic");
        assertThat(best.state().lifetimes()).isEqualTo(shorter);
        assertThat(best.state().best().orElseThrow().mean()).isEqualTo(meanError(0, shorter));

        Trainer longer = new Trainer(new Quadratic().session(1), withBest(60), higher, outputs, RUN, interrupt);
        longer.resume(folder.load("quadratic"));
        longer.train();

        assertThat(folder.loadBest("quadratic").state().lifetimes()).isEqualTo(20);
    }

    @Test
    void skippedUpdatesChangeNothingAndTheOthersAreThoseOfARunThatBeganAfterThem() {
        AdamSettings late =
                new AdamSettings(0.05, 0.9, 0.999, 1e-8, Optional.empty(), Optional.empty(), Optional.of(15));
        train(new Quadratic(), with(late, 15));
        assertThat(saved().parameters())
                .isEqualTo(new Quadratic().session(1).trainable().parameters());

        // A resumed run still knows how many there were.
        TrainingSettings longer = with(late, 40);
        resumed(longer, (lifetimes, measures) -> {});
        Map<String, org.nd4j.linalg.api.ndarray.INDArray> ofParts = saved().parameters();
        run = run.resolve("whole");
        run.toFile().mkdir();
        train(new Quadratic(), longer);
        assertThat(saved().parameters()).isEqualTo(ofParts);
        assertThat(saved().state().step()).isEqualTo(40);

        Session after = new Quadratic().session(1);
        after.lifetimes().moveTo(15);
        run = run.resolve("after");
        run.toFile().mkdir();
        new Trainer(
                        after,
                        with(AdamSettings.of(0.05), 25),
                        Quadratic.ERROR,
                        new Trainer.Outputs((lifetimes, measures) -> {}, new CheckpointFolder(run), Progress.none()),
                        RUN,
                        interrupt)
                .train();
        assertThat(saved().parameters()).isEqualTo(ofParts);
    }

    private static TrainingSettings with(AdamSettings adam, int maxLifetimes) {
        return new TrainingSettings(maxLifetimes, 1, adam, Optional.empty(), 1, new CheckpointSettings(10, 1, false));
    }

    private static TrainingSettings withBest(int maxLifetimes) {
        return new TrainingSettings(
                maxLifetimes, 1, AdamSettings.of(0.05), Optional.empty(), 1, new CheckpointSettings(10, 2, true));
    }

    @Test
    void overheadOfAnUpdateIsSmall() {
        TrainingSettings rarelySaved = new TrainingSettings(
                4000, 1, AdamSettings.of(0.05), Optional.empty(), 1, new CheckpointSettings(1_000_000, 1, false));
        run = run.resolve("warm");
        run.toFile().mkdir();
        overhead(rarelySaved);
        run = run.resolve("measured");
        run.toFile().mkdir();

        double millis = overhead(rarelySaved);

        System.out.printf(
                java.util.Locale.ROOT,
                "Harness overhead: %.4f ms an update of 2 parameters, with the stream, the check, Adam and metrics%n",
                millis);
        // About 0.1 ms; the bound leaves room for a busy machine.
        assertThat(millis).isLessThan(5);
    }

    /** Milliseconds of an update, without what the network itself takes. */
    private double overhead(TrainingSettings settings) {
        long[] inNetwork = new long[1];
        Session session = new Quadratic().session(1);
        Trainable timed = new Trainable() {
            @Override
            public java.util.LinkedHashMap<String, org.nd4j.linalg.api.ndarray.INDArray> parameters() {
                return session.trainable().parameters();
            }

            @Override
            public StepResult step(org.nd4j.linalg.dataset.api.MultiDataSet lifetimes) {
                long start = System.nanoTime();
                StepResult result = session.trainable().step(lifetimes);
                inNetwork[0] += System.nanoTime() - start;
                return result;
            }
        };
        try (MetricSink metrics = MetricSink.all(
                List.of(new CsvMetrics(run.resolve("metrics.csv")), new JsonlMetrics(run.resolve("metrics.jsonl"))))) {
            TrainingOutcome outcome = new Trainer(
                            new Session("timed", timed, session.lifetimes()),
                            settings,
                            Quadratic.ERROR,
                            new Trainer.Outputs(metrics, new CheckpointFolder(run), Progress.none()),
                            RUN,
                            new Interrupt())
                    .train();
            return (outcome.seconds() * 1e9 - inNetwork[0]) / outcome.steps() / 1e6;
        }
    }
}
