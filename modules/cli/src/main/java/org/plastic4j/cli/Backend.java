package org.plastic4j.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.plastic4j.core.accelerator.LifetimeAccelerator;
import org.plastic4j.core.accelerator.LifetimeDevice;
import org.plastic4j.core.graph.Nd4jCheck;
import org.plastic4j.training.Device;
import org.plastic4j.training.Nd4jThreads;
import org.plastic4j.training.UserError;
import org.plastic4j.training.config.Kebab;

/** ND4J's backend: which one this program was built with, and whether it works here. */
public final class Backend {
    private static final Pattern LIBRARY = Pattern.compile("\\b(lib\\w+\\.so(?:\\.\\d+)*|\\w+\\.dll|lib\\w+\\.dylib)");

    /** What the loader says where files may not be executed: the library and its reason. */
    private static final Pattern NOEXEC =
            Pattern.compile("(\\S*[/\\\\])[^/\\\\\\s]+: (failed to map segment from shared object.*)");

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
     * What computes.
     *
     * @param nd4j what ND4J computes on, and with it all that is not a fused lifetime
     * @param accelerator where fused lifetimes are computed, if not by the CPU
     * @param note one sentence on what was looked for and not found
     */
    public record Started(Device nd4j, Optional<LifetimeAccelerator> accelerator, Optional<String> note) {
        /** What run.json and the report say. */
        public Device device() {
            return accelerator.isPresent() ? Device.CUDA : nd4j;
        }
    }

    /**
     * Starts the backend and sets its threads; fused lifetimes go to the GPU from now on, if that is what is wanted.
     *
     * @param wanted what the user asked for, if anything
     * @param threads how many threads it may use
     * @return what computes
     * @throws UserError if it is not there or does not work on this machine
     */
    public static Started start(Optional<DeviceChoice> wanted, int threads) {
        Device device = choose(wanted, built(Nd4j.class.getClassLoader()));
        try {
            // Nothing less than a computed number shows that kernels for this very device are there.
            INDArray two = Nd4j.scalar(1f).addi(1f);
            if (two.getFloat(0) != 2f) {
                throw new IllegalStateException("1 + 1 gave " + two.getFloat(0));
            }
            Nd4jCheck.fault().ifPresent(fault -> {
                throw new UserError(fault);
            });
            Nd4jThreads.set(threads);
        } catch (UserError e) {
            throw e;
        } catch (RuntimeException | LinkageError e) {
            throw new UserError(explain(device, e), e);
        }
        Started started = device == Device.CPU ? accelerated(wanted.orElse(DeviceChoice.CPU)) : plain(device);
        LifetimeDevice.use(started.accelerator());
        return started;
    }

    private static Started plain(Device device) {
        return new Started(device, Optional.empty(), Optional.empty());
    }

    private static Started accelerated(DeviceChoice wanted) {
        if (wanted == DeviceChoice.CPU) {
            return plain(Device.CPU);
        }
        try {
            LifetimeAccelerator.Provider cuda = ServiceLoader.load(LifetimeAccelerator.Provider.class).stream()
                    .map(ServiceLoader.Provider::get)
                    .filter(provider -> provider.key().equals(Kebab.of(Device.CUDA)))
                    .findFirst()
                    .orElseThrow(() -> new LifetimeAccelerator.Unavailable("plastic-cuda is not on the class path"));
            return new Started(Device.CPU, Optional.of(cuda.open()), Optional.empty());
        } catch (LifetimeAccelerator.Unavailable e) {
            if (wanted == DeviceChoice.CUDA) {
                throw new UserError("--device cuda found no usable GPU: " + e.getMessage()
                        + "; --device auto takes the CPU where there is none");
            }
            return new Started(
                    Device.CPU, Optional.empty(), Optional.of("the CPU computes: no usable GPU, " + e.getMessage()));
        }
    }

    static Device choose(Optional<DeviceChoice> wanted, Optional<Device> built) {
        Device device = built.orElseThrow(() -> new UserError(
                "No ND4J backend is on the class path: add org.nd4j:nd4j-native, or depend on plastic-backend"));
        if (wanted.filter(choice -> choice == DeviceChoice.CPU).isPresent() && device != Device.CPU) {
            throw new UserError(
                    "--device cpu needs a build without the cuda profile (-Pcuda); this one has the CUDA" + " backend");
        }
        return device;
    }

    static String explain(Device device, Throwable problem) {
        if (cause(problem) instanceof NumberFormatException) {
            return String.format(
                    Locale.ROOT,
                    "OMP_NUM_THREADS: expected one positive number, which is all that ND4J reads there, found %s:"
                            + " unset it, since --threads decides",
                    innermost(problem).replaceFirst("^For input string: ", ""));
        }
        Matcher noexec = NOEXEC.matcher(innermost(problem));
        if (noexec.find()) {
            return String.format(
                    Locale.ROOT,
                    "ND4J's native library cannot be loaded from %s, where the system allows no programs (%s):"
                            + " -Dorg.bytedeco.javacpp.cachedir=DIR unpacks it into another folder, in JAVA_OPTS where a"
                            + " script starts the program",
                    noexec.group(1),
                    noexec.group(2));
        }
        Optional<String> missing = missingLibrary(problem);
        return switch (device) {
            case CPU ->
                String.format(
                        Locale.ROOT,
                        "The CPU backend of ND4J does not work on this machine (%s): it needs %s",
                        missing.map(name -> name + " is missing").orElseGet(() -> innermost(problem)),
                        "the build for " + System.getProperty("os.name") + " " + System.getProperty("os.arch")
                                + " (-Djavacpp.platform)");
            case CUDA ->
                String.format(
                        Locale.ROOT,
                        "The CUDA backend found no usable GPU (%s): install an NVIDIA driver on a GPU of compute"
                                + " capability 3.7 to 8.6, or build without -Pcuda for the CPU",
                        missing.map(name -> name + " is missing")
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

    private static Throwable cause(Throwable problem) {
        Throwable cause = problem;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static String innermost(Throwable problem) {
        Throwable cause = cause(problem);
        return cause.getMessage() == null
                ? cause.getClass().getSimpleName()
                : cause.getMessage().lines().findFirst().orElse("");
    }
}
