package org.plastic4j.benchmarks.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.plastic4j.benchmarks.cases.BenchmarkCase;
import org.plastic4j.benchmarks.cases.CaseInputs;
import org.plastic4j.benchmarks.cases.HostTensor;
import org.plastic4j.benchmarks.cases.Implementation;
import org.plastic4j.benchmarks.measure.Bandwidth;
import org.plastic4j.benchmarks.measure.ResidentMemory;
import org.plastic4j.benchmarks.nd4j.Plastic4jImplementation;
import org.plastic4j.benchmarks.pytorch.PyTorch;
import org.plastic4j.benchmarks.pytorch.PyTorchImplementation;
import org.plastic4j.benchmarks.pytorch.Writing;
import org.plastic4j.cli.Backend;
import org.plastic4j.core.kernel.LifetimeThreads;
import org.plastic4j.training.RunFailure;

/** What has to be measured in a process of its own, and the main program of that process. */
final class Probe {
    private static final String RESULT = "result ";
    private static final String OURS = "ours";
    private static final String PYTORCH = "pytorch";
    private static final String BANDWIDTH = "bandwidth";
    private static final String READING = "reading";
    private static final int REPETITIONS = 3;
    private static final long MIB = 1L << 20;
    /** The first heap that is tried, besides the inputs: too small for a JVM with ND4J or DJL in it. */
    private static final long BASE_HEAP_MIB = 24;

    /** What measuring the bandwidth needs besides its arrays. */
    private static final long OTHER_HEAP_MIB = 192;

    private static final String TOO_SMALL = "OutOfMemoryError";
    private static final double NEXT_HEAP = 1.05;
    private static final int HEAPS = 80;

    private Probe() {}

    /**
     * The child's main program: prints one line that begins with "result ".
     *
     * @param arguments {@code ours CASE THREADS}, {@code pytorch CASE THREADS}, {@code bandwidth BYTES
     *     THREADS} or {@code reading BYTES THREADS}
     */
    public static void main(String[] arguments) {
        PrintStream out = System.out;
        int threads = Integer.parseInt(arguments[2]);
        if (arguments[0].equals(BANDWIDTH)) {
            Bandwidth bandwidth = Bandwidth.measure(threads, Long.parseLong(arguments[1]));
            out.println(RESULT + bandwidth.copy() + " " + bandwidth.read() + " " + bandwidth.matrixCopy());
            return;
        }
        if (arguments[0].equals(READING)) {
            out.println(RESULT + Bandwidth.reading(threads, Long.parseLong(arguments[1])));
            return;
        }
        try (Implementation implementation =
                implementation(arguments[0], BenchmarkOptions.find(arguments[1]), threads)) {
            for (int i = 0; i < REPETITIONS; i++) {
                implementation.run();
            }
            OptionalDouble peak = ResidentMemory.peakMib();
            out.println(RESULT + (peak.isPresent() ? peak.getAsDouble() : Double.NaN));
        }
    }

    private static Implementation implementation(String which, BenchmarkCase benchmarkCase, int threads) {
        CaseInputs inputs = CaseInputs.draw(benchmarkCase, Benchmark.SEED);
        if (which.equals(PYTORCH)) {
            PyTorch.start(threads);
            return new PyTorchImplementation(inputs);
        }
        Backend.start(java.util.Optional.empty(), threads);
        LifetimeThreads.set(threads);
        return Plastic4jImplementation.fused(inputs);
    }

    /** The most MiB resident of a process that only runs the fused lifetime; empty where the system does not tell. */
    static OptionalDouble oursMib(BenchmarkCase benchmarkCase, int threads) {
        return peak(OURS, benchmarkCase, threads);
    }

    /** The same with PyTorch. */
    static OptionalDouble pytorchMib(BenchmarkCase benchmarkCase, int threads) {
        return peak(PYTORCH, benchmarkCase, threads);
    }

    /** A JVM takes the heap that it is given: each implementation gets the least, in steps of a twentieth, that it gets along with. */
    private static OptionalDouble peak(String which, BenchmarkCase benchmarkCase, int threads) {
        double heap = BASE_HEAP_MIB
                + CaseInputs.draw(benchmarkCase, Benchmark.SEED).tensors().values().stream()
                                .mapToLong(HostTensor::bytes)
                                .sum()
                        / (double) MIB;
        for (int i = 1; ; i++) {
            try {
                double mib = run(
                        List.of("-Xms16m", String.format(Locale.ROOT, "-Xmx%dm", (long) heap)),
                        which,
                        benchmarkCase.name(),
                        threads)[0];
                return Double.isNaN(mib) ? OptionalDouble.empty() : OptionalDouble.of(mib);
            } catch (RunFailure e) {
                if (i == HEAPS || !e.getMessage().contains(TOO_SMALL)) {
                    throw e;
                }
                heap *= NEXT_HEAP;
            }
        }
    }

    /** The machine's bandwidth, over arrays of so many bytes, two a thread. */
    static Bandwidth bandwidth(long bytes, int threads) {
        long heap = 2 * threads * bytes / MIB + OTHER_HEAP_MIB;
        double[] found = run(
                List.of(
                        String.format(Locale.ROOT, "-Xms%dm", heap),
                        String.format(Locale.ROOT, "-Xmx%dm", heap),
                        "-Xmn32m"),
                BANDWIDTH,
                Long.toString(bytes),
                threads);
        return new Bandwidth(found[0], found[1], found[2]);
    }

    /** How fast so many bytes are read again and again, in bytes a second. */
    static double reading(long bytes, int threads) {
        long heap = bytes / MIB + OTHER_HEAP_MIB;
        return run(
                List.of(
                        String.format(Locale.ROOT, "-Xms%dm", heap),
                        String.format(Locale.ROOT, "-Xmx%dm", heap),
                        "-Xmn32m"),
                READING,
                Long.toString(bytes),
                threads)[0];
    }

    private static double[] run(List<String> heap, String which, String what, int threads) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.startsWith("-Xm") && !flag.matches("-(agentlib|agentpath|javaagent).*"))
                .forEach(command::add);
        command.add("-D" + Writing.PROPERTY + "=" + Writing.chosen().key());
        command.addAll(heap);
        command.addAll(
                List.of("-cp", System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))));
        command.addAll(List.of(Probe.class.getName(), which, what, Integer.toString(threads)));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            int code = process.waitFor();
            return output.lines()
                    .filter(line -> code == 0 && line.startsWith(RESULT))
                    .map(line -> Arrays.stream(line.substring(RESULT.length()).split(" "))
                            .mapToDouble(Double::parseDouble)
                            .toArray())
                    .findFirst()
                    .orElseThrow(() -> new RunFailure(String.format(
                                    Locale.ROOT,
                                    "%s of %s: expected a figure from a process of its own, found exit",
                                    which,
                                    what)
                            + String.format(Locale.ROOT, " code %d (%s)", code, lastLine(output))));
        } catch (IOException e) {
            throw new RunFailure(
                    String.format(
                            Locale.ROOT, "%s of %s: a process cannot be started (%s)", which, what, e.getMessage()),
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RunFailure(String.format(Locale.ROOT, "%s of %s: interrupted", which, what), e);
        }
    }

    /** The exception, where the output has one. */
    private static String lastLine(String output) {
        List<String> lines = output.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("\tat "))
                .toList();
        return lines.stream()
                .filter(line -> line.contains(TOO_SMALL))
                .findFirst()
                .orElseGet(() -> lines.isEmpty() ? "no output" : lines.get(lines.size() - 1))
                .strip();
    }
}
