package org.plastic4j.training.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SteadyClockTest {
    private Instant timeOfDay = Instant.parse("2026-01-01T12:00:00Z");
    private long nanos = -5;

    private final Clock computers = new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return timeOfDay;
        }
    };

    @Test
    void timesGoOnWhereTheComputersClockIsSetBack() {
        SteadyClock clock = new SteadyClock(computers, () -> nanos);
        assertThat(clock.instant()).isEqualTo(timeOfDay);

        timeOfDay = timeOfDay.minus(Duration.ofHours(1));
        nanos += Duration.ofSeconds(30).toNanos();

        assertThat(clock.instant()).isEqualTo("2026-01-01T12:00:30Z");
        assertThat(clock.withZone(ZoneId.of("Asia/Tokyo")).instant()).isEqualTo(clock.instant());
    }
}
