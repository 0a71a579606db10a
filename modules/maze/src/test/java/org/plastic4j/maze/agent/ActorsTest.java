package org.plastic4j.maze.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.plastic4j.core.cell.Alpha;

/** Whatever happens to the thread that asks, nobody acts any more when it goes on: the memory is written by the next batch. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class ActorsTest {
    /** Episodes of the second thread, of which each is seen before the first step and after every one. */
    private static final int OTHERS = (SmallAgent.BATCH - 1) * (SmallAgent.STEPS + 1);

    private static final int MILLIS_A_STEP = 10;

    private final SmallAgent agent = new SmallAgent(
            Alpha.PER_CONNECTION,
            "oja",
            new ActorCriticSettings(0.9, 0.1, ActorCriticSettings.EntropyRegularisation.ENTROPY, 0.03),
            1);
    private final AtomicInteger seen = new AtomicInteger();

    private void seeSlowly(int number) {
        if (number > 0) {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(MILLIS_A_STEP);
            while (System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            seen.incrementAndGet();
        }
    }

    @Test
    void anInterruptedThreadWaitsForAllActorsAndStaysInterrupted() {
        Thread.currentThread().interrupt();
        agent.run((number, episode) -> seeSlowly(number));
        int atReturn = seen.get();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(atReturn).isEqualTo(OTHERS);
    }

    @Test
    void whenTheFirstActorFailsTheOthersHaveEnded() {
        assertThatThrownBy(() -> agent.run((number, episode) -> {
                    if (number == 0) {
                        throw new IllegalArgumentException("on purpose");
                    }
                    seeSlowly(number);
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("on purpose");
        assertThat(seen.get()).isEqualTo(OTHERS);
    }

    @Test
    void aFailureOfAnotherActorIsThrownAsItIs() {
        assertThatThrownBy(() -> agent.run((number, episode) -> {
                    if (number > 0) {
                        throw new IllegalArgumentException("on purpose");
                    }
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("on purpose");
    }
}
