package org.plastic4j.experiment.train;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.plastic4j.experiment.RunFailure;
import org.plastic4j.experiment.checkpoint.Checkpoint;
import org.plastic4j.experiment.checkpoint.CheckpointFolder;
import org.plastic4j.experiment.metric.MetricSink;
import org.plastic4j.experiment.metric.RollingMean;

/** The loop over lifetimes: step, check, update, record, until the rule is met, the lifetimes are used up or it is interrupted. */
public final class Trainer {
    private static final int DEFAULT_WINDOW = 20;

    /**
     * Where a run's records go.
     *
     * @param metrics the rows; not closed
     * @param checkpoints the checkpoints
     * @param progress what the user sees; not closed
     */
    public record Outputs(MetricSink metrics, CheckpointFolder checkpoints, Progress progress) {}

    /**
     * What a checkpoint says about its run.
     *
     * @param experiment the experiment's name
     * @param seed the run's seed
     * @param configHash the SHA-256 of the resolved configuration
     */
    public record Identity(String experiment, long seed, String configHash) {}

    private final Session session;
    private final TrainingSettings settings;
    private final MainMeasure measure;
    private final Outputs outputs;
    private final Identity identity;
    private final Interrupt interrupt;
    private final AdamOptimizer optimizer;
    private final RollingMean recent;
    private final MeanRow row = new MeanRow();

    private long steps;
    private long lifetimes;
    private long loggedAt;
    private long savedAt = -1;

    /**
     * @param session what to train
     * @param settings how
     * @param measure what it is judged by
     * @param outputs where records go
     * @param identity what checkpoints say
     * @param interrupt stops it
     */
    public Trainer(
            Session session,
            TrainingSettings settings,
            MainMeasure measure,
            Outputs outputs,
            Identity identity,
            Interrupt interrupt) {
        this.session = session;
        this.settings = settings;
        this.measure = measure;
        this.outputs = outputs;
        this.identity = identity;
        this.interrupt = interrupt;
        this.optimizer =
                new AdamOptimizer(settings.optimizer(), session.trainable().parameters());
        this.recent =
                new RollingMean(inBatches(settings.stop().map(StopRule::window).orElse(DEFAULT_WINDOW)));
    }

    private int inBatches(int window) {
        return (window + settings.batch() - 1) / settings.batch();
    }

    /**
     * Trains.
     *
     * @return how it ended; the last checkpoint is then saved and the last row written
     * @throws RunFailure if a loss or gradient is not finite, or a file cannot be written
     */
    public TrainingOutcome train() {
        long start = System.nanoTime();
        // So that there is a checkpoint to fall back on from the first step, and a full disk shows at once.
        save();
        TrainingOutcome.End end = end();
        while (end == null) {
            step();
            end = end();
        }
        writeRow();
        save();
        return new TrainingOutcome(
                end,
                steps,
                lifetimes,
                recent.mean(),
                (long) recent.count() * settings.batch(),
                (System.nanoTime() - start) / 1e9);
    }

    private TrainingOutcome.End end() {
        if (recent.isFull()
                && settings.stop().isPresent()
                && measure.reaches(recent.mean(), settings.stop().get().target())) {
            return TrainingOutcome.End.TARGET_REACHED;
        } else if (lifetimes >= settings.maxLifetimes()) {
            return TrainingOutcome.End.MAX_LIFETIMES;
        } else if (interrupt.requested()) {
            return TrainingOutcome.End.INTERRUPTED;
        }
        return session.lifetimes().hasNext() ? null : TrainingOutcome.End.STREAM_ENDED;
    }

    private void step() {
        StepResult result = live(session.lifetimes().next());
        check(result);
        optimizer.update(result.gradients());
        steps++;
        lifetimes += settings.batch();
        double judged = result.measures().get(measure.name());
        recent.add(judged);
        row.add(measure.name(), result);
        outputs.progress()
                .update(
                        lifetimes,
                        () -> "%s %s, loss %.4g"
                                .formatted(measure.words(), measure.text(recent.mean()), result.loss()));
        if (lifetimes - loggedAt >= settings.logEvery()) {
            writeRow();
        }
        if (lifetimes - Math.max(0, savedAt) >= settings.checkpointEvery()) {
            save();
        }
    }

    /** Off-heap arrays wait for no garbage collector: a batch is closed when it has been lived. */
    private StepResult live(MultiDataSet batch) {
        try {
            return session.trainable().step(batch);
        } finally {
            Stream.of(batch.getFeatures(), batch.getLabels())
                    .flatMap(Stream::of)
                    .forEach(INDArray::close);
        }
    }

    private void check(StepResult result) {
        if (!result.measures().containsKey(measure.name())) {
            throw new IllegalStateException("no measure named " + measure.name() + " among "
                    + result.measures().keySet());
        }
        try {
            FiniteCheck.check(steps + 1, result);
        } catch (RunFailure e) {
            writeRow();
            throw new RunFailure(
                    "%s; the last good checkpoint is %s (%d lifetimes)"
                            .formatted(e.getMessage(), outputs.checkpoints().path(), savedAt),
                    e);
        }
    }

    private void writeRow() {
        if (!row.isEmpty()) {
            outputs.metrics().record(lifetimes, row.take());
            loggedAt = lifetimes;
        }
    }

    private void save() {
        if (savedAt != lifetimes) {
            Checkpoint.State state = new Checkpoint.State(
                    identity.experiment(), steps, lifetimes, identity.seed(), lifetimes, identity.configHash());
            outputs.checkpoints().save(new Checkpoint(state, session.trainable().parameters(), optimizer.moments()));
            savedAt = lifetimes;
        }
    }

    /** The means of the steps since the last row: main measure, loss, and then the others. */
    private static final class MeanRow {
        private final Map<String, Double> sums = new LinkedHashMap<>();
        private int count;

        void add(String main, StepResult result) {
            sums.merge(main, result.measures().get(main), Double::sum);
            sums.merge("loss", result.loss(), Double::sum);
            result.measures().forEach((name, value) -> {
                if (!name.equals(main)) {
                    sums.merge(name, value, Double::sum);
                }
            });
            count++;
        }

        boolean isEmpty() {
            return count == 0;
        }

        Map<String, Double> take() {
            Map<String, Double> means = new LinkedHashMap<>();
            sums.forEach((name, sum) -> means.put(name, sum / count));
            sums.clear();
            count = 0;
            return means;
        }
    }
}
