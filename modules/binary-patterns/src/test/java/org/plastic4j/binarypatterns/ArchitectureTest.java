package org.plastic4j.binarypatterns;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.plastic4j.testing.ExperimentArchitecture;

class ArchitectureTest extends ExperimentArchitecture {
    ArchitectureTest() {
        super("org.plastic4j.binarypatterns");
    }

    @Test
    void gpusAreOnTheClassPathOfEveryExperiment() {
        assertThat(modules().contain("org.plastic4j.cuda.CudaProvider")).isTrue();
    }
}
