package org.plastic4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.nativeblas.NativeOpsHolder;
import org.plastic4j.core.accelerator.LifetimeDevice;
import org.plastic4j.training.Device;
import org.plastic4j.training.UserError;

class BackendTest {
    @AfterEach
    void theCpuComputes() {
        LifetimeDevice.use(Optional.empty());
    }

    @Test
    void cpuInACudaBuildIsRejected() {
        assertThatThrownBy(() -> Backend.choose(Optional.of(DeviceChoice.CPU), Optional.of(Device.CUDA)))
                .isInstanceOf(UserError.class)
                .hasMessage(
                        "--device cpu needs a build without the cuda profile (-Pcuda); this one has the CUDA backend");
    }

    @Test
    void cudaIsAGpuOrRejectedInOneSentence() {
        try {
            Backend.Started started = Backend.start(Optional.of(DeviceChoice.CUDA), 1);
            assertThat(started.device()).isEqualTo(Device.CUDA);
            assertThat(LifetimeDevice.accelerator()).isEqualTo(started.accelerator());
        } catch (UserError e) {
            assertThat(e)
                    .hasMessageStartingWith("--device cuda found no usable GPU: ")
                    .hasMessageEndingWith("; --device auto takes the CPU where there is none");
            assertThat(LifetimeDevice.accelerator()).isEmpty();
        }
    }

    @Test
    void autoIsAGpuOrTheCpuWithOneSentenceThatSaysWhatIsMissing() {
        Backend.Started started = Backend.start(Optional.of(DeviceChoice.AUTO), 1);
        assertThat(started.nd4j()).isEqualTo(Device.CPU);
        if (started.accelerator().isPresent()) {
            assertThat(started.note()).isEmpty();
        } else {
            assertThat(started.device()).isEqualTo(Device.CPU);
            assertThat(started.note().orElseThrow()).startsWith("the CPU computes: no usable GPU, ");
        }
    }

    @Test
    void theCpuComputesWhereNothingIsAskedFor() {
        LifetimeDevice.use(Optional.empty());
        Backend.Started started = Backend.start(Optional.empty(), 1);
        assertThat(started.accelerator()).isEmpty();
        assertThat(started.note()).isEmpty();
    }

    @Test
    void withoutADeviceTheOneOfTheBuildIsTaken() {
        assertThat(Backend.choose(Optional.empty(), Optional.of(Device.CUDA))).isEqualTo(Device.CUDA);
        assertThat(Backend.choose(Optional.empty(), Optional.of(Device.CPU))).isEqualTo(Device.CPU);
    }

    @Test
    void backendOfTheClassPathIsKnownAndItsAbsenceTold() {
        assertThat(Backend.built(BackendTest.class.getClassLoader())).isPresent();
        assertThat(Backend.built(ClassLoader.getPlatformClassLoader())).isEmpty();
        assertThatThrownBy(() -> Backend.choose(Optional.empty(), Optional.empty()))
                .isInstanceOf(UserError.class)
                .hasMessageStartingWith("No ND4J backend is on the class path");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 1})
    void startedBackendHasSoManyThreadsInOpenMpToo(int threads) {
        Backend.start(Optional.empty(), threads);

        assertThat(NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads())
                .isEqualTo(threads);
    }

    @Test
    void missingDriverIsNamed() {
        Throwable problem = new ExceptionInInitializerError(new RuntimeException(new UnsatisfiedLinkError(
                "/cache/libjnicudart.so: libcuda.so.1: cannot open shared object file: No such file or directory")));

        assertThat(Backend.explain(Device.CUDA, problem))
                .isEqualTo("The CUDA backend found no usable GPU (libcuda.so.1 is missing): install an NVIDIA driver on"
                        + " a GPU of compute capability 3.7 to 8.6, or build without -Pcuda for the CPU");
    }

    @Test
    void cpuBackendOfAnotherPlatformIsExplained() {
        assertThat(Backend.explain(Device.CPU, new UnsatisfiedLinkError("no jnind4jcpu in java.library.path")))
                .startsWith(
                        "The CPU backend of ND4J does not work on this machine (no jnind4jcpu in java.library.path):");
    }

    @Test
    void folderWhereNoProgramsMayRunIsNamedWithTheWayOut() {
        String loader =
                "/home/me/.javacpp/cache/nd4j/libjnind4jcpu.so: /home/me/.javacpp/cache/nd4j/libjnind4jcpu.so: failed"
                        + " to map segment from shared object: Operation not permitted";
        assertThat(Backend.explain(Device.CPU, new UnsatisfiedLinkError(loader)))
                .isEqualTo("ND4J's native library cannot be loaded from /home/me/.javacpp/cache/nd4j/, where the system"
                        + " allows no programs (failed to map segment from shared object: Operation not"
                        + " permitted): -Dorg.bytedeco.javacpp.cachedir=DIR unpacks it into another folder, in"
                        + " JAVA_OPTS where a script starts the program");
    }

    @Test
    void numberOfThreadsThatNd4jCannotReadIsNamed() {
        RuntimeException problem =
                new RuntimeException("missing dependencies", new NumberFormatException("For input string: \"4,3,2\""));
        assertThat(Backend.explain(Device.CPU, new ExceptionInInitializerError(problem)))
                .isEqualTo("OMP_NUM_THREADS: expected one positive number, which is all that ND4J reads there, found"
                        + " \"4,3,2\": unset it, since --threads decides");
    }
}
