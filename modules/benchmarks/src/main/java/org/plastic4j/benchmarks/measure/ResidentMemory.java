package org.plastic4j.benchmarks.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** The most memory that this process ever had resident. */
public final class ResidentMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final double KIB_PER_MIB = 1024;

    private ResidentMemory() {}

    /** @return MiB; empty where the system does not tell (VmHWM in /proc, Linux) */
    public static OptionalDouble peakMib() {
        try {
            return Files.isReadable(STATUS) ? parse(Files.readString(STATUS)) : OptionalDouble.empty();
        } catch (IOException e) {
            return OptionalDouble.empty();
        }
    }

    static OptionalDouble parse(String status) {
        return status.lines()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Long.parseLong(line.replaceAll("\\D+", "")) / KIB_PER_MIB)
                .findFirst();
    }
}
