package org.plastic4j.training.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TrainingOutcomeTest {
    @Test
    void summarySaysWhatWasReachedWhenAndInWhatTime() {
        PrimaryMetric reward =
                new PrimaryMetric("reward", "reward", PrimaryMetric.Better.HIGHER, PrimaryMetric.Unit.NUMBER);

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
