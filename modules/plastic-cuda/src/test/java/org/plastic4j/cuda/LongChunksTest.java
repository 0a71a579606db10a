package org.plastic4j.cuda;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LongChunksTest {
    @Test
    void longChunksAreMultiplesOfEightNearTheSquareRoot() {
        for (int steps = 1; steps < 20_000; steps++) {
            int length = DeviceLifetime.longSteps(steps);
            assertThat(length % 8).as("T = %d", steps).isZero();
            assertThat(length).as("T = %d", steps).isBetween(8, Math.max(8, (int) Math.sqrt(steps)));
            assertThat(length + 8.0).as("T = %d", steps).isGreaterThan(Math.sqrt(steps));
        }
    }
}
