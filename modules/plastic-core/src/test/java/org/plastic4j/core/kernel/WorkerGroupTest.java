package org.plastic4j.core.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class WorkerGroupTest {

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void nobodyEntersAStepBeforeAllHaveLeftTheOneBefore() {
        int members = 4;
        int steps = 500;
        AtomicIntegerArray arrived = new AtomicIntegerArray(steps);
        WorkerGroup.run(members, (group, member) -> {
            for (int step = 0; step < steps; step++) {
                arrived.incrementAndGet(step);
                group.await();
                assertThat(arrived.get(step)).isEqualTo(members);
            }
        });
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void whatMembersTakeIsTakenOnce() {
        int things = 1000;
        AtomicIntegerArray taken = new AtomicIntegerArray(things);
        WorkerGroup.run(4, (group, member) -> {
            for (int thing = group.next(); thing < things; thing = group.next()) {
                taken.incrementAndGet(thing);
            }
        });
        for (int thing = 0; thing < things; thing++) {
            assertThat(taken.get(thing)).isEqualTo(1);
        }
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void aFailingMemberEndsTheOthersAndIsReported() {
        assertThatThrownBy(() -> WorkerGroup.run(3, (group, member) -> {
                    if (member == 1) {
                        throw new IllegalStateException("broken on purpose");
                    }
                    group.await();
                }))
                .isInstanceOf(IllegalStateException.class);
    }

    /** Long enough for a caller that does not wait to be back first. */
    private static final int HELPER_MILLIS = 200;

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void anInterruptedCallerWaitsForAllHelpersAndStaysInterrupted() {
        AtomicInteger ended = new AtomicInteger();
        Thread.currentThread().interrupt();
        WorkerGroup.run(4, (group, member) -> {
            if (member > 0) {
                pause();
            }
            ended.incrementAndGet();
        });
        int atReturn = ended.get();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(atReturn).isEqualTo(4);
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void aCallerThatIsInterruptedWhileItWaitsGoesOnWaiting() {
        Thread caller = Thread.currentThread();
        AtomicInteger ended = new AtomicInteger();
        WorkerGroup.run(3, (group, member) -> {
            if (member > 0) {
                while (caller.getState() != Thread.State.WAITING) {
                    Thread.onSpinWait();
                }
                caller.interrupt();
                pause();
            }
            ended.incrementAndGet();
        });
        int atReturn = ended.get();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(atReturn).isEqualTo(3);
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void aFailureOfTheCallerLeavesNoHelperAtWork() {
        AtomicInteger ended = new AtomicInteger();
        assertThatThrownBy(() -> WorkerGroup.run(3, (group, member) -> {
                    if (member == 0) {
                        throw new StackOverflowError("on purpose");
                    }
                    pause();
                    ended.incrementAndGet();
                }))
                .isInstanceOf(StackOverflowError.class);
        assertThat(ended.get()).isEqualTo(2);
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void aFailureOfAHelperLeavesNoOtherAtWork() {
        AtomicInteger ended = new AtomicInteger();
        assertThatThrownBy(() -> WorkerGroup.run(4, (group, member) -> {
                    if (member == 1) {
                        throw new IllegalArgumentException("on purpose");
                    }
                    pause();
                    ended.incrementAndGet();
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(ended.get()).isEqualTo(3);
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void theFailureThatCameFirstIsTheOneThatIsThrown() {
        assertThatThrownBy(() -> WorkerGroup.run(3, (group, member) -> {
                    if (member == 2) {
                        throw new IllegalArgumentException("the reason");
                    }
                    group.await();
                }))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the reason");
    }

    /** Sleeps, whatever happens to the thread. */
    private static void pause() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(HELPER_MILLIS);
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}
