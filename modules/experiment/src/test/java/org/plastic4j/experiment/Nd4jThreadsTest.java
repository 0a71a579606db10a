package org.plastic4j.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class Nd4jThreadsTest {
    private final int before = Nd4j.getEnvironment().maxMasterThreads();

    @AfterEach
    void asBefore() {
        Nd4jThreads.set(before);
    }

    @Test
    void itIsSetAgainAfterOthersHaveSetIt() {
        Nd4jThreads.set(1);
        Nd4j.getEnvironment().setMaxMasterThreads(2);

        Nd4jThreads.set(1);

        assertThat(Nd4j.getEnvironment().maxMasterThreads()).isEqualTo(1);
    }

    @Test
    void itIsSetByEveryThreadThatAsks() throws InterruptedException {
        Nd4jThreads.set(1);
        Thread other = new Thread(() -> Nd4jThreads.set(2));
        other.start();
        other.join();

        Nd4jThreads.set(1);

        assertThat(Nd4j.getEnvironment().maxMasterThreads()).isEqualTo(1);
    }
}
