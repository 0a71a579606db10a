package org.plastic4j.cuda;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.plastic4j.core.accelerator.LifetimeAccelerator;

class NoGpuTest {
    /** Twice: the JVM says something else of a class that could not be initialised before. */
    @RepeatedTest(2)
    @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
    void aMachineWithoutADriverIsToldSoInOneSentence() {
        Assumptions.assumeFalse(Files.exists(Path.of("/proc/driver/nvidia/version")), "there is a driver");
        assertThatThrownBy(() -> new CudaProvider().open())
                .isInstanceOf(LifetimeAccelerator.Unavailable.class)
                .hasMessage("NVIDIA's driver is missing");
    }
}
