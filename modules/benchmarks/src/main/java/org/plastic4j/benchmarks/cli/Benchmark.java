package org.plastic4j.benchmarks.cli;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.plastic4j.benchmarks.cases.BenchmarkCase;
import org.plastic4j.benchmarks.cases.Cases;
import org.plastic4j.benchmarks.measure.Bandwidth;
import org.plastic4j.benchmarks.measure.InterleavedTimer;
import org.plastic4j.benchmarks.pytorch.CompilingPython;
import org.plastic4j.benchmarks.pytorch.PyTorch;
import org.plastic4j.benchmarks.pytorch.Writing;
import org.plastic4j.benchmarks.report.CaseResult;
import org.plastic4j.benchmarks.report.Machine;
import org.plastic4j.benchmarks.report.PerformancePage;
import org.plastic4j.cli.Backend;
import org.plastic4j.cli.Launcher;
import org.plastic4j.cli.PlatformEncoding;
import org.plastic4j.cli.Terminal;
import org.plastic4j.core.kernel.LifetimeThreads;
import org.plastic4j.training.RunFailure;
import org.plastic4j.training.UserError;
import org.plastic4j.training.run.AtomicFiles;
import org.plastic4j.training.run.Versions;

/** {@code scripts/benchmark}: lifetimes with all gradients, ours beside PyTorch's. */
public final class Benchmark {
    /** Of all random inputs. */
    static final long SEED = 20180727;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);
    // For some seconds the JVM's compiler works beside both implementations, on the same processors.
    private static final InterleavedTimer FULL = new InterleavedTimer(3, 12, 1, 0.3, 9);
    /** A training has thousands of iterations: one is timed that comes when nothing is left to compile. */
    private static final InterleavedTimer TRAINING = new InterleavedTimer(3, 30, 1, 0.3, 15);

    private static final InterleavedTimer QUICK = new InterleavedTimer(3, 1, 0.2, 0, 7);
    private static final long FULL_BYTES = 512L << 20;
    private static final long QUICK_BYTES = 256L << 20;

    private final BenchmarkOptions options;
    private final PrintStream out;

    private Benchmark(BenchmarkOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /**
     * Measures, and ends the process.
     *
     * @param arguments the command line's
     */
    public static void main(String[] arguments) {
        System.exit(launch(arguments, System.out, System.err));
    }

    static int launch(String[] arguments, PrintStream out, PrintStream err) {
        // ND4J and DJL talk to System.out and to loggers; the terminal is not theirs.
        try (Terminal terminal = Terminal.install(out, err)) {
            PlatformEncoding.check(arguments);
            BenchmarkOptions options = BenchmarkOptions.parse(arguments);
            if (options.help) {
                terminal.out().print(BenchmarkOptions.usage());
            } else if (options.list) {
                Cases.all().forEach(benchmarkCase -> terminal.out().println(line(benchmarkCase)));
            } else if (options.episodes) {
                episodes(options, terminal.out());
            } else {
                new Benchmark(options, terminal.out()).run(arguments);
            }
            return Launcher.OK;
        } catch (UserError e) {
            err.println(Launcher.sentence(e.getMessage()));
            return Launcher.USAGE_ERROR;
        } catch (RunFailure e) {
            err.println(Launcher.sentence(e.getMessage()));
            return Launcher.FAILURE;
        } catch (IOException e) {
            err.println(Launcher.sentence("The results cannot be written: " + e.getMessage()));
            return Launcher.FAILURE;
        } catch (RuntimeException | Error e) {
            // There is no log, so the trace is all there is to report a bug with.
            e.printStackTrace(err);
            return Launcher.FAILURE;
        }
    }

    private static String line(BenchmarkCase benchmarkCase) {
        return String.format(
                Locale.ROOT,
                "%-24s n = %d, T = %d, B = %d, %s%s%s",
                benchmarkCase.name(),
                benchmarkCase.neurons(),
                benchmarkCase.steps(),
                benchmarkCase.batch(),
                benchmarkCase.rule().key(),
                benchmarkCase.clamped() ? ", clamped" : "",
                benchmarkCase.note().isEmpty() ? "" : " (" + benchmarkCase.note() + ")");
    }

    private static void episodes(BenchmarkOptions options, PrintStream out) {
        Machine.here().warning().ifPresent(out::println);
        Backend.start(Optional.empty(), options.threads);
        LifetimeThreads.set(options.threads);
        if (PyTorch.missing().isEmpty()) {
            PyTorch.start(options.threads);
        }
        new EpisodeRun(options.threads, out).measure();
    }

    private void run(String[] arguments) throws IOException {
        Path folder = folder();
        Optional<CompilingPython> python = Optional.ofNullable(options.python).map(CompilingPython::find);
        System.setProperty(Writing.PROPERTY, options.pytorch.key());
        Machine machine = Machine.here();
        machine.warning().ifPresent(out::println);
        Backend.start(Optional.empty(), options.threads);
        LifetimeThreads.set(options.threads);
        PyTorch.missing()
                .ifPresentOrElse(
                        reason -> out.println("Note: " + reason + ", so only this project is measured."),
                        () -> PyTorch.start(options.threads));
        if (options.agent) {
            String page = new AgentRun(options.threads, TRAINING).page(SEED);
            AtomicFiles.write(folder.resolve("performance-agent.md"), page);
            out.print(page);
            return;
        }
        boolean small = options.cases().stream()
                .allMatch(benchmarkCase -> benchmarkCase.name().startsWith("quick"));

        InterleavedTimer turns = small ? QUICK : FULL;
        say("memory bandwidth");
        Bandwidth bandwidth = Probe.bandwidth(small ? QUICK_BYTES : FULL_BYTES, options.threads);
        PerformancePage.Made made = made(arguments, python);
        List<CaseResult> results = new ArrayList<>();
        for (BenchmarkCase benchmarkCase : options.cases()) {
            String place = String.format(
                    Locale.ROOT,
                    "[%d/%d] %s: ",
                    results.size() + 1,
                    options.cases().size(),
                    benchmarkCase.name());
            results.add(new CaseRun(benchmarkCase, options.threads, python, turns, bandwidth, step -> say(place + step))
                    .measure());
            if (!options.isForDocs()) {
                // What is measured is not lost with a case that fails.
                new PerformancePage(machine, made, bandwidth, turns, results).write(folder);
            }
        }
        PerformancePage page = new PerformancePage(machine, made, bandwidth, turns, results);
        page.write(folder);
        out.print(page.table());
        out.println(String.format(
                Locale.ROOT,
                "Memory: %.1f GB/s copying, %.1f GB/s reading.",
                bandwidth.copy() / 1e9,
                bandwidth.read() / 1e9));
        out.println("Results: " + folder.resolve("performance.md"));
    }

    private static PerformancePage.Made made(String[] arguments, Optional<CompilingPython> python) {
        boolean pytorch = PyTorch.missing().isEmpty();
        return new PerformancePage.Made(
                String.join(" ", command(arguments)),
                LocalDate.now().toString(),
                Versions.commit(),
                Versions.nd4j(),
                pytorch ? Optional.of(PyTorch.version()) : Optional.empty(),
                PyTorch.djlVersion(),
                python.map(CompilingPython::versions));
    }

    /** What to type to get the same figures, without what says where they go. */
    private static List<String> command(String[] arguments) {
        List<String> command = new ArrayList<>(List.of("scripts/benchmark"));
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i].equals("--out") || arguments[i].equals("--docs")) {
                i++;
            } else if (arguments[i].equals("--python")) {
                // Where a Python lies differs from machine to machine.
                command.addAll(List.of("--python", "PYTHON"));
                i++;
            } else if (arguments[i].startsWith("--python=")) {
                command.addAll(List.of("--python", "PYTHON"));
            } else if (!arguments[i].startsWith("--out=") && !arguments[i].startsWith("--docs=")) {
                command.add(arguments[i]);
            }
        }
        return command;
    }

    private void say(String line) {
        if (!options.quiet) {
            out.println(line);
            out.flush();
        }
    }

    /** Rejected or made before any work. */
    private Path folder() throws IOException {
        Path folder = options.isForDocs() ? options.docs : options.out != null ? options.out : fresh();
        if (Files.exists(folder) && !Files.isDirectory(folder)) {
            throw new UserError(String.format(Locale.ROOT, "%s: expected a folder, found a file", folder));
        }
        Files.createDirectories(folder);
        return folder;
    }

    /** Created, so that another benchmark that begins in the same second gets another one. */
    private static Path fresh() throws IOException {
        String name = TIME.format(LocalDateTime.now());
        Path all = Files.createDirectories(Path.of("runs", "benchmark"));
        for (int i = 1; ; i++) {
            try {
                return Files.createDirectory(all.resolve(i == 1 ? name : name + "-" + i));
            } catch (FileAlreadyExistsException e) {
                // The next name.
            }
        }
    }
}
