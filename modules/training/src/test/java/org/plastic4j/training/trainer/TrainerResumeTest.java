package org.plastic4j.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.training.UserError;
import org.plastic4j.training.checkpoint.Checkpoint;
import org.plastic4j.training.checkpoint.CheckpointFolder;
import org.plastic4j.training.optimizer.AdamSettings;

class TrainerResumeTest extends TrainerCase {
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
    void interruptionShiftsNoLaterCheckpoint() {
        interruptAt(13, settings(100, 1, null, 1));
        List<Long> saves = new ArrayList<>();
        resumed(settings(40, 1, null, 1), (lifetimes, measures) -> {
            long newest = saved().state().lifetimes();
            if (saves.isEmpty() || saves.get(saves.size() - 1) != newest) {
                saves.add(newest);
            }
        });

        assertThat(saves).containsExactly(13L, 20L, 30L);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 9, 10, 13, 19, 20, 37})
    void resumedRunEqualsAnUninterruptedOneBitForBit(int stoppedAt) {
        TrainingSettings settings = new TrainingSettings(
                120, 3, AdamSettings.of(0.05), Optional.empty(), 7, new CheckpointSettings(10, 2, true));
        TrainingOutcome whole = train(new Quadratic(), settings);
        List<Row> rowsOfWhole = List.copyOf(rows);
        Checkpoint ofWhole = saved();
        rows.clear();

        run = run.resolve("again");
        run.toFile().mkdir();
        interruptAt(stoppedAt, settings);
        long kept = saved().state().row().after();
        rows.removeIf(row -> row.lifetimes() > kept);
        TrainingOutcome outcome = resumed(settings, (lifetimes, measures) -> rows.add(new Row(lifetimes, measures)));

        assertThat(rows).isEqualTo(rowsOfWhole);
        assertThat(saved().parameters()).isEqualTo(ofWhole.parameters());
        assertThat(saved().optimizer()).isEqualTo(ofWhole.optimizer());
        assertThat(saved().state().recent()).isEqualTo(ofWhole.state().recent());
        assertThat(saved().state().best()).isEqualTo(ofWhole.state().best());
        assertThat(outcome.mean()).isEqualTo(whole.mean());
        assertThat(outcome.lifetimes()).isEqualTo(whole.lifetimes());
    }

    @Test
    void checkpointOfAnotherNetworkChangesNothing() {
        train(new Quadratic(), settings(10, 1, null, 1));
        Checkpoint good = saved();
        Checkpoint other = new Checkpoint(
                good.state(), Map.of("w", Nd4j.zeros(DataType.FLOAT, 5, 3), "eta", Nd4j.scalar(1f)), good.optimizer());
        Session session = new Quadratic().session(1);
        Trainer trainer = new Trainer(
                session,
                settings(10, 1, null, 1),
                Quadratic.ERROR,
                new Trainer.Outputs((lifetimes, measures) -> {}, new CheckpointFolder(run), Progress.none()),
                RUN,
                interrupt);

        assertThatThrownBy(() -> trainer.resume(other))
                .isInstanceOf(UserError.class)
                .hasMessage(run.resolve("checkpoint") + ": w: expected FLOAT [3, 5], found FLOAT [5, 3]");
        assertThat(session.trainable().parameters().get("eta").getDouble(0)).isEqualTo(1);
        assertThat(session.lifetimes().position()).isZero();
    }
}
