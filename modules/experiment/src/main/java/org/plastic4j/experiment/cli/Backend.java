package org.plastic4j.experiment.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.experiment.Device;
import org.plastic4j.experiment.Nd4jThreads;
import org.plastic4j.experiment.UserError;

/** ND4J's backend: which one this program was built with, and whether it works here. */
public final class Backend {
    private static final Pattern LIBRARY = Pattern.compile("\\b(lib\\w+\\.so(?:\\.\\d+)*|\\w+\\.dll|lib\\w+\\.dylib)");

    private Backend() {}

    /**
     * @param loader the class loader that ND4J is loaded by
     * @return what the backend on the class path computes on, without initialising it
     */
    public static Optional<Device> built(ClassLoader loader) {
        if (isPresent("org.nd4j.linalg.jcublas.JCublasBackend", loader)) {
            return Optional.of(Device.CUDA);
        }
        return isPresent("org.nd4j.linalg.cpu.nativecpu.CpuBackend", loader)
                ? Optional.of(Device.CPU)
                : Optional.empty();
    }

    private static boolean isPresent(String name, ClassLoader loader) {
        try {
            Class.forName(name, false, loader);
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /**
     * Starts the backend and sets its threads.
     *
     * @param wanted what the user asked for, if anything
     * @param threads how many threads it may use
     * @return what it computes on
     * @throws UserError if it is not there or does not work on this machine
     */
    public static Device start(Optional<Device> wanted, int threads) {
        Device device = choose(wanted, built(Nd4j.class.getClassLoader()));
        try {
            // Nothing less than a computed number shows that kernels for this very device are there.
            INDArray two = Nd4j.scalar(1f).addi(1f);
            if (two.getFloat(0) != 2f) {
                throw new IllegalStateException("1 + 1 gave " + two.getFloat(0));
            }
            Nd4jThreads.set(threads);
            return device;
        } catch (RuntimeException | LinkageError e) {
            throw new UserError(explain(device, e), e);
        }
    }

    static Device choose(Optional<Device> wanted, Optional<Device> built) {
        Device device = built.orElseThrow(() -> new UserError(
                "No ND4J backend is on the class path: add org.nd4j:nd4j-native, or depend on plastic-backend"));
        if (wanted.isPresent() && wanted.get() != device) {
            throw new UserError(
                    wanted.get() == Device.CUDA
                            ? "--device cuda needs a build with the cuda profile (-Pcuda); this one has the CPU backend"
                            : "--device cpu needs a build without the cuda profile (-Pcuda); this one has the CUDA"
                                    + " backend");
        }
        return device;
    }

    static String explain(Device device, Throwable problem) {
        Optional<String> missing = missingLibrary(problem);
        return switch (device) {
            case CPU ->
                "The CPU backend of ND4J does not work on this machine (%s): it needs %s"
                        .formatted(
                                missing.map(name -> name + " is missing").orElseGet(() -> innermost(problem)),
                                "the build for " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
                                        + " (-Djavacpp.platform)");
            case CUDA ->
                ("The CUDA backend found no usable GPU (%s): install an NVIDIA driver on a GPU of compute"
                                + " capability 3.7 to 8.6, or build without -Pcuda for the CPU")
                        .formatted(missing.map(name -> name + " is missing")
                                .orElseGet(() -> hasDriver() ? innermost(problem) : "no NVIDIA driver is loaded"));
        };
    }

    private static Optional<String> missingLibrary(Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            Matcher matcher = LIBRARY.matcher(String.valueOf(cause.getMessage()));
            boolean absent = String.valueOf(cause.getMessage()).contains("cannot open shared object file")
                    || String.valueOf(cause.getMessage()).contains("Can't find dependent");
            if (absent && matcher.find()) {
                String last = matcher.group(1);
                // The loader names the library it was asked for first, and then the one that it could not find.
                while (matcher.find()) {
                    last = matcher.group(1);
                }
                return Optional.of(last);
            }
        }
        return Optional.empty();
    }

    private static boolean hasDriver() {
        return !System.getProperty("os.name").equals("Linux") || Files.exists(Path.of("/proc/driver/nvidia/version"));
    }

    private static String innermost(Throwable problem) {
        Throwable cause = problem;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null
                ? cause.getClass().getSimpleName()
                : cause.getMessage().lines().findFirst().orElse("");
    }
}
