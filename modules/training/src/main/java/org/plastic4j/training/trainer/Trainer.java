package org.plastic4j.training.trainer;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.api.MultiDataSet;
import org.plastic4j.core.kernel.NotFiniteInput;
import org.plastic4j.training.RunFailure;
import org.plastic4j.training.checkpoint.Checkpoint;
import org.plastic4j.training.checkpoint.CheckpointFolder;
import org.plastic4j.training.metric.MetricSink;
import org.plastic4j.training.metric.RollingMean;
import org.plastic4j.training.optimizer.LateOptimizer;
import org.plastic4j.training.optimizer.Optimizer;

/** The loop over lifetimes: step, check, update, record, until the rule is met, the lifetimes are used up or it is interrupted. */
public final class Trainer {
    /**
     * Where a run's records go.
     *
     * @param metrics the rows; not closed
     * @param checkpoints the checkpoints
     * @param progress what the user sees; not closed
     */
    public record Outputs(MetricSink metrics, CheckpointFolder checkpoints, Progress progress) {}

    /** What a checkpoint may be the best one by. */
    private enum BestBy {
        /** It may not: an interruption makes none that would not have been. */
        NOTHING,
        /** The mean of a full window. */
        FULL_WINDOW,
        /** A mean of fewer lifetimes too: a run that is shorter than its window has a best checkpoint in the end. */
        ANY_WINDOW
    }

    private final Session session;
    private final TrainingSettings settings;
    private final PrimaryMetric measure;
    private final Outputs outputs;
    private final Checkpoint.Run run;
    private final Interrupt interrupt;
    private final Optimizer optimizer;
    private final RollingMean recent;
    private final MeanRow row = new MeanRow();

    private long steps;
    private long lifetimes;
    private long savedAt = -1;
    private double secondsBefore;
    private long startedAt;
    private Optional<Checkpoint.Best> best = Optional.empty();

    /**
     * @param session what to train
     * @param settings how
     * @param measure what it is measured by
     * @param outputs where records go
     * @param run what checkpoints say they belong to
     * @param interrupt stops it
     */
    public Trainer(
            Session session,
            TrainingSettings settings,
            PrimaryMetric measure,
            Outputs outputs,
            Checkpoint.Run run,
            Interrupt interrupt) {
        this.session = session;
        this.settings = settings;
        this.measure = measure;
        this.outputs = outputs;
        this.run = run;
        this.interrupt = interrupt;
        Optimizer all = session.trainable().optimizer(settings.optimizer(), settings.batch());
        this.optimizer = settings.optimizer()
                .skip()
                .<Optimizer>map(updates -> new LateOptimizer(all, updates))
                .orElse(all);
        this.recent = new RollingMean(inBatches(settings.resultWindow()));
    }

    private int inBatches(int window) {
        return (window + settings.batch() - 1) / settings.batch();
    }

    /**
     * Resumes from a checkpoint: what follows is what would have followed without a stop, bit for bit.
     *
     * @param checkpoint a checkpoint of this run
     * @throws org.plastic4j.training.UserError if it does not fit the network; nothing is changed then
     */
    public void resume(Checkpoint checkpoint) {
        Checkpoint.State state = checkpoint.state();
        String where = outputs.checkpoints().path().toString();
        SavedArrays.check(checkpoint.optimizer(), optimizer.moments(), where);
        SavedArrays.restore(checkpoint.parameters(), session.trainable().parameters(), where);
        optimizer.restore(Math.toIntExact(state.step()), checkpoint.optimizer());
        session.lifetimes().moveTo(state.dataPosition());
        steps = state.step();
        lifetimes = state.lifetimes();
        savedAt = lifetimes;
        secondsBefore = state.seconds();
        recent.restore(
                state.recent().seen(),
                state.recent().window().stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray());
        row.restore(state.row());
        best = state.best();
        outputs.checkpoints().settle(state);
    }

    /**
     * Trains.
     *
     * @return how it ended; the last checkpoint is then saved and the last row written
     * @throws RunFailure if a loss, a gradient or what goes into a lifetime is not finite, or a file cannot be written
     */
    public TrainingOutcome train() {
        startedAt = System.nanoTime();
        outputs.metrics().begin(secondsBefore);
        // So that there is a checkpoint to fall back on from the first step, and a full disk shows at once.
        save(BestBy.NOTHING);
        TrainingOutcome.End end = end();
        boolean due = false;
        while (end == null) {
            due = step();
            end = end();
            if (due && end == null) {
                save(BestBy.FULL_WINDOW);
            }
        }
        // Before the last row, which may be cut short: a resumed run from here will write it in full.
        BestBy atTheEnd = due ? BestBy.FULL_WINDOW : BestBy.NOTHING;
        save(end == TrainingOutcome.End.INTERRUPTED ? atTheEnd : BestBy.ANY_WINDOW);
        writeRow();
        return new TrainingOutcome(
                end, steps, lifetimes, recent.mean(), (long) recent.count() * settings.batch(), seconds());
    }

    private double seconds() {
        return secondsBefore + (System.nanoTime() - startedAt) / 1e9;
    }

    private TrainingOutcome.End end() {
        if (recent.isFull()
                && settings.stop().isPresent()
                && measure.reaches(recent.mean(), settings.stop().get().target())) {
            return TrainingOutcome.End.TARGET_REACHED;
        } else if (lifetimes >= settings.maxLifetimes()) {
            return TrainingOutcome.End.MAX_LIFETIMES;
        } else if (settings.maxSeconds().filter(most -> seconds() >= most).isPresent()) {
            return TrainingOutcome.End.MAX_SECONDS;
        } else if (interrupt.requested()) {
            return TrainingOutcome.End.INTERRUPTED;
        }
        return session.lifetimes().hasNext() ? null : TrainingOutcome.End.STREAM_ENDED;
    }

    /** @return whether a checkpoint is due after it */
    private boolean step() {
        StepResult result = forwardAndBackward(session.lifetimes().next());
        check(result);
        optimizer.update(result.gradients());
        steps++;
        lifetimes += settings.batch();
        double value = result.measures().get(measure.name());
        recent.add(value);
        row.add(measure.name(), result);
        outputs.progress()
                .update(
                        lifetimes,
                        () -> String.format(
                                Locale.ROOT,
                                "%s %s, loss %.4g",
                                measure.words(),
                                measure.text(recent.mean()),
                                result.loss()));
        if (lifetimes - row.after() >= settings.logEvery()) {
            writeRow();
        }
        // At multiples, and not so long after the last one: an interruption must not shift those that follow.
        long every = settings.checkpoints().every();
        return lifetimes / every > (lifetimes - settings.batch()) / every;
    }

    /** Off-heap arrays wait for no garbage collector: a batch is closed after its step. */
    private StepResult forwardAndBackward(MultiDataSet batch) {
        try {
            return session.trainable().step(batch);
        } catch (NotFiniteInput e) {
            throw stopped(new RunFailure(
                    String.format(Locale.ROOT, "step %d: %s", steps + 1, withoutStop(e.getMessage())), e));
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
            throw stopped(e);
        }
    }

    /** Writes what the rows are still owed, and says what there is to fall back on. */
    private RunFailure stopped(RunFailure why) {
        writeRow();
        return new RunFailure(
                String.format(
                        Locale.ROOT,
                        "%s; the last good checkpoint is %s (%d lifetimes)",
                        why.getMessage(),
                        outputs.checkpoints().path(),
                        savedAt),
                why);
    }

    private static String withoutStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    private void writeRow() {
        if (!row.isEmpty()) {
            outputs.metrics().record(lifetimes, row.take(lifetimes));
        }
    }

    private void save(BestBy by) {
        if (savedAt == lifetimes) {
            return;
        }
        if (settings.checkpoints().best() && isBest(by)) {
            best = Optional.of(new Checkpoint.Best(lifetimes, recent.mean()));
        }
        outputs.metrics().sync();
        Checkpoint.State state = new Checkpoint.State(
                run,
                steps,
                lifetimes,
                session.lifetimes().position(),
                seconds(),
                new Checkpoint.Recent(
                        recent.seen(), Arrays.stream(recent.values()).boxed().toList()),
                row.state(),
                best);
        outputs.checkpoints().save(new Checkpoint(state, session.trainable().parameters(), optimizer.moments()));
        savedAt = lifetimes;
    }

    /** What left the run's best checkpoint before a window was full counts no more: a run made longer is as if it had always been. */
    private boolean isBest(BestBy by) {
        boolean counts = by == BestBy.ANY_WINDOW && recent.count() > 0 || by == BestBy.FULL_WINDOW && recent.isFull();
        long fullAt = (long) inBatches(settings.resultWindow()) * settings.batch();
        return counts
                && best.filter(before -> before.lifetimes() >= fullAt)
                        .map(before -> measure.isBetter(recent.mean(), before.mean()))
                        .orElse(true);
    }
}
