package org.plastic4j.benchmarks.cli;

import com.beust.jcommander.IStringConverter;
import com.beust.jcommander.Parameter;
import com.beust.jcommander.ParameterException;
import com.beust.jcommander.Parameters;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.plastic4j.benchmarks.cases.BenchmarkCase;
import org.plastic4j.benchmarks.cases.Cases;
import org.plastic4j.benchmarks.pytorch.Writing;
import org.plastic4j.cli.Commands;
import org.plastic4j.cli.FolderConverter;
import org.plastic4j.training.DidYouMean;
import org.plastic4j.training.UserError;

/** What {@code scripts/benchmark} takes. */
@Parameters(separators = "=")
final class BenchmarkOptions {
    private static final int USUAL_THREADS = 2;

    @Parameter(
            names = "--quick",
            order = 1,
            description = "smaller cases of every kind, in less than two minutes; leaves docs/ alone")
    boolean quick;

    @Parameter(
            names = "--case",
            order = 2,
            description = "measures one case, by its name in --list; may be repeated; leaves docs/ alone")
    List<String> names = new ArrayList<>();

    @Parameter(names = "--list", order = 3, description = "lists the cases, and measures nothing")
    boolean list;

    @Parameter(
            names = "--threads",
            order = 4,
            converter = Threads.class,
            description = "how many threads each implementation uses (default: 2, or 1 where there is one processor)")
    Integer threads = Math.min(USUAL_THREADS, Runtime.getRuntime().availableProcessors());

    @Parameter(
            names = "--out",
            order = 5,
            converter = OutFolder.class,
            description = "where performance.json and performance.md go (default: docs/ for all cases, else a fresh"
                    + " folder in runs/benchmark/)")
    Path out;

    @Parameter(
            names = "--docs",
            order = 6,
            converter = DocsFolder.class,
            description = "the folder that all cases are written to (default: docs)")
    Path docs = Path.of(System.getProperty("plastic4j.docs", "docs"));

    @Parameter(
            names = "--pytorch",
            order = 7,
            converter = PyTorchWriting.class,
            description = "how rules are written in PyTorch: equation, as the papers' equations read, or tuned, which"
                    + " keeps a matrix less a step (default: equation)")
    Writing pytorch = Writing.EQUATION;

    @Parameter(
            names = "--episodes",
            order = 8,
            description = "measures Omniglot's embedding and its training instead; leaves docs/ alone")
    boolean episodes;

    @Parameter(
            names = "--agent",
            order = 9,
            description =
                    "measures an iteration of the maze's agent, acting and learning, beside the same loop in PyTorch,"
                            + " and writes performance-agent.md (default: into docs/)")
    boolean agent;

    @Parameter(
            names = "--python",
            order = 10,
            description = "a Python with PyTorch, where a C++ compiler is installed: its compiled step (torch.compile)"
                    + " takes turns with the others")
    String python;

    @Parameter(names = "--quiet", order = 11, description = "shows no progress")
    boolean quiet;

    @Parameter(names = "--help", order = 99, help = true, description = "shows this")
    boolean help;

    static BenchmarkOptions parse(String... arguments) {
        BenchmarkOptions options = new BenchmarkOptions();
        Commands.parse(options, arguments);
        if (options.quick && !options.names.isEmpty()) {
            throw new UserError("--quick: expected no --case beside it, found " + options.names.get(0));
        }
        if (options.agent) {
            options.rejectBeside("--agent");
        }
        if (options.episodes) {
            options.rejectBeside("--episodes");
        }
        options.names.forEach(BenchmarkOptions::find);
        return options;
    }

    /** What measures something else than the cases of lifetimes goes with none of them, nor with its like. */
    private void rejectBeside(String option) {
        boolean both = agent && episodes;
        if (quick || both || !names.isEmpty() || python != null) {
            String found = quick
                    ? "--quick"
                    : both
                            ? option.equals("--agent") ? "--episodes" : "--agent"
                            : names.isEmpty() ? "--python" : "--case";
            throw new UserError(option + ": expected no other choice of what is measured beside it, found " + found);
        }
    }

    static String usage() {
        return Commands.usage("scripts/benchmark", new BenchmarkOptions());
    }

    List<BenchmarkCase> cases() {
        if (!names.isEmpty()) {
            return names.stream().map(BenchmarkOptions::find).toList();
        }
        return quick ? Cases.quick() : Cases.full();
    }

    /** Only all cases together are what docs/ shows. */
    boolean isForDocs() {
        return !quick && names.isEmpty() && out == null;
    }

    static BenchmarkCase find(String name) {
        List<String> known = Cases.all().stream().map(BenchmarkCase::name).toList();
        Optional<BenchmarkCase> found = Cases.all().stream()
                .filter(benchmarkCase -> benchmarkCase.name().equals(name))
                .findFirst();
        return found.orElseThrow(() -> new UserError(String.format(
                Locale.ROOT,
                "--case %s: no such case, %s",
                name,
                DidYouMean.of(name, known)
                        .map(near -> "did you mean " + near + "?")
                        .orElse("expected one of " + String.join(", ", known)))));
    }

    static final class Threads implements IStringConverter<Integer> {
        @Override
        public Integer convert(String value) {
            return Commands.positive("--threads", value);
        }
    }

    static final class PyTorchWriting implements IStringConverter<Writing> {
        @Override
        public Writing convert(String value) {
            return Arrays.stream(Writing.values())
                    .filter(writing -> writing.key().equals(value))
                    .findFirst()
                    .orElseThrow(() -> new ParameterException(
                            String.format(Locale.ROOT, "--pytorch: expected equation or tuned, found '%s'", value)));
        }
    }

    static final class OutFolder extends FolderConverter {
        OutFolder() {
            super("--out");
        }
    }

    static final class DocsFolder extends FolderConverter {
        DocsFolder() {
            super("--docs");
        }
    }
}
