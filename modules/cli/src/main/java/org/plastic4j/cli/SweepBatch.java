package org.plastic4j.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.plastic4j.training.trainer.Interrupt;

/**
 * Several sweeps whose runs wait in one queue, so that none of the processors waits for the last seed of one of them; then
 * the runs' evaluations, in the same way.
 */
final class SweepBatch {
    private final RunExecutor executor;
    private final PrintStream out;
    private final PrintStream err;
    private final Interrupt interrupt;

    SweepBatch(RunExecutor executor, PrintStream out, PrintStream err, Interrupt interrupt) {
        this.executor = executor;
        this.out = out;
        this.err = err;
        this.interrupt = interrupt;
    }

    /**
     * One of the sweeps.
     *
     * @param name what people know it by
     */
    record Part(String name, SeedSweep<?> sweep) {}

    /**
     * Runs all of them.
     *
     * @param folder where the runs are, for messages
     * @param evaluation what a run's directory is to be evaluated with, an evaluation's options; empty where it is not to be
     * @return the worst exit code of all
     */
    int run(List<Part> parts, Path folder, Function<Path, Optional<List<String>>> evaluation) {
        List<RunJob> jobs = new ArrayList<>();
        parts.forEach(part -> jobs.addAll(part.sweep().plan(part.name() + ", ")));
        Map<RunJob, Integer> trained = queue().run(jobs);
        if (interrupt.requested()) {
            return interrupted(folder);
        }
        int worst = Launcher.OK;
        for (Part part : parts) {
            worst = Math.max(worst, part.sweep().conclude(trained));
        }
        List<RunJob> evaluations = new ArrayList<>();
        for (Part part : parts) {
            part.sweep()
                    .runs()
                    .forEach((seed, run) -> evaluation
                            .apply(run)
                            .ifPresent(options ->
                                    evaluations.add(evaluation(part.name() + ", seed " + seed, run, options))));
        }
        Map<RunJob, Integer> evaluated = queue().run(evaluations);
        if (interrupt.requested()) {
            return interrupted(folder);
        }
        evaluated.values().removeIf(code -> code == Launcher.OK);
        if (!evaluated.isEmpty()) {
            err.println(String.format(
                    Locale.ROOT,
                    "%d of %d evaluations failed (%s): %s says why.",
                    evaluated.size(),
                    evaluations.size(),
                    evaluated.entrySet().stream()
                            .map(failed -> failed.getKey().name() + " with exit code " + failed.getValue())
                            .collect(Collectors.joining("; ")),
                    evaluated.keySet().iterator().next().output()));
        }
        return evaluated.values().stream().reduce(worst, Math::max);
    }

    private RunQueue queue() {
        return new RunQueue(executor, interrupt, out::println);
    }

    private int interrupted(Path folder) {
        err.println(String.format(
                Locale.ROOT,
                "Interrupted; finished runs and checkpoints of the others are in %s: the same command resumes them.",
                folder));
        return Launcher.INTERRUPTED;
    }

    private static RunJob evaluation(String name, Path run, List<String> options) {
        Function<Path, List<String>> evaluate = where -> {
            List<String> arguments = new ArrayList<>(List.of(Launcher.EVALUATE, "--run", where.toString()));
            arguments.addAll(options);
            return arguments;
        };
        Path output = run.resolveSibling(run.getFileName() + "-evaluation.out");
        return new RunJob(name + ", evaluation", run, true, Optional.empty(), evaluate, evaluate, output);
    }
}
