package org.plastic4j.benchmarks.report;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * What it ran on.
 *
 * @param processor the model, as far as the system tells
 * @param cores how many processors Java sees
 * @param memoryGib GiB of memory
 * @param system operating system and architecture
 * @param java the JVM
 * @param load how many threads of the whole machine wanted to run in the last minute before; negative where unknown
 */
public record Machine(String processor, int cores, double memoryGib, String system, String java, double load) {
    private static final double BYTES_PER_GIB = 1L << 30;
    /** Beyond this share of the cores, other work disturbs what is measured. */
    private static final double BUSY = 0.5;

    /** Describes this machine. */
    public static Machine here() {
        java.lang.management.OperatingSystemMXBean bean = ManagementFactory.getOperatingSystemMXBean();
        double memory = bean instanceof com.sun.management.OperatingSystemMXBean more
                ? more.getTotalMemorySize() / BYTES_PER_GIB
                : Double.NaN;
        return new Machine(
                model().orElse(System.getProperty("os.arch")),
                Runtime.getRuntime().availableProcessors(),
                memory,
                String.join(
                        " ",
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        System.getProperty("os.arch")),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"),
                bean.getSystemLoadAverage());
    }

    private static Optional<String> model() {
        try {
            return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** @return a sentence for a machine that has other work to do, whose figures would be wrong */
    public Optional<String> warning() {
        return load > BUSY * cores
                ? Optional.of(String.format(
                        Locale.ROOT,
                        "The machine is busy (load %.1f on %d processors): these figures are not worth much.",
                        load,
                        cores))
                : Optional.empty();
    }
}
