package org.plastic4j.core.fused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class TeamTest {

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void nobodyEntersAStepBeforeAllHaveLeftTheOneBefore() {
        int members = 4;
        int steps = 500;
        AtomicIntegerArray arrived = new AtomicIntegerArray(steps);
        Team.run(members, (team, member) -> {
            for (int step = 0; step < steps; step++) {
                arrived.incrementAndGet(step);
                team.await();
                assertThat(arrived.get(step)).isEqualTo(members);
            }
        });
    }

    @Test
    @Timeout(value = 60, unit = TimeUnit.SECONDS)
    void whatMembersTakeIsTakenOnce() {
        int things = 1000;
        AtomicIntegerArray taken = new AtomicIntegerArray(things);
        Team.run(4, (team, member) -> {
            for (int thing = team.next(); thing < things; thing = team.next()) {
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
        assertThatThrownBy(() -> Team.run(3, (team, member) -> {
                    if (member == 1) {
                        throw new IllegalStateException("broken on purpose");
                    }
                    team.await();
                }))
                .isInstanceOf(IllegalStateException.class);
    }
}
