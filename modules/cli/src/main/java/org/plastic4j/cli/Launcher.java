package org.plastic4j.cli;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.plastic4j.live.http.LocalServer;
import org.plastic4j.training.RunFailure;
import org.plastic4j.training.Secrets;
import org.plastic4j.training.UserError;
import org.plastic4j.training.trainer.Experiment;
import org.plastic4j.training.trainer.ExperimentConfig;
import org.plastic4j.training.trainer.Interrupt;

/** The main program of every experiment. */
public final class Launcher {
    /** The exit code of a run that ended well. */
    public static final int OK = 0;
    /** The exit code of a failure. */
    public static final int FAILURE = 1;
    /** The exit code of a usage error. */
    public static final int USAGE_ERROR = 2;
    /** The exit code of a run that was interrupted and saved its checkpoint. */
    public static final int INTERRUPTED = 130;

    /** As the first argument: evaluates a run, see {@code scripts/eval --help}. */
    public static final String EVALUATE = "eval";
    /** As the first argument: reproduces what the paper shows, see {@code scripts/reproduce}. */
    public static final String REPRODUCE = "reproduce";

    /** As the first argument: chooses a setting, see {@code scripts/search}. */
    public static final String SEARCH = "search";

    /** As the first argument: downloads the experiment's data, see {@code scripts/download}. */
    public static final String DOWNLOAD = "download";

    /** As the first argument: writes a run's report anew, see {@code scripts/report --help}. */
    public static final String REPORT = "report";

    private final Interrupt interrupt;

    /** @param interrupt stops the run after its current step */
    public Launcher(Interrupt interrupt) {
        this.interrupt = interrupt;
    }

    /**
     * Runs an experiment and ends the process unless all went well, in which case Maven may have more to do in it.
     *
     * @param arguments the command line's
     * @param experiment the experiment
     */
    public static void main(String[] arguments, Experiment<?> experiment) {
        Interrupt interrupt = new Interrupt();
        InterruptHook hook = InterruptHook.install(interrupt);
        int code = FAILURE;
        try {
            code = new Launcher(interrupt).launch(arguments, experiment, System.out, System.err);
        } finally {
            hook.finished(code);
        }
        if (code != OK) {
            System.exit(code);
        }
    }

    /**
     * Runs an experiment.
     *
     * @param arguments the command line's
     * @param experiment the experiment
     * @param out where progress and the summary go
     * @param err where rejections and failures go, one sentence each
     * @return the exit code
     */
    public int launch(String[] arguments, Experiment<?> experiment, PrintStream out, PrintStream err) {
        try (Terminal terminal = Terminal.install(out, err)) {
            try {
                PlatformEncoding.check(arguments);
                if (arguments.length > 0 && arguments[0].equals(EVALUATE)) {
                    return evaluate(Arrays.copyOfRange(arguments, 1, arguments.length), experiment, terminal);
                }
                if (arguments.length > 0 && arguments[0].equals(REPRODUCE)) {
                    return reproduce(Arrays.copyOfRange(arguments, 1, arguments.length), experiment, out, err);
                }
                if (arguments.length > 0 && arguments[0].equals(SEARCH)) {
                    return search(Arrays.copyOfRange(arguments, 1, arguments.length), experiment, out, err);
                }
                if (arguments.length > 0 && arguments[0].equals(DOWNLOAD)) {
                    return download(Arrays.copyOfRange(arguments, 1, arguments.length), experiment, out);
                }
                if (arguments.length > 0 && arguments[0].equals(REPORT)) {
                    return report(Arrays.copyOfRange(arguments, 1, arguments.length), experiment, terminal);
                }
                Options options = OptionParser.parse(arguments);
                if (options.help()) {
                    out.print(Help.of(experiment));
                    return OK;
                }
                if (options.watch() && !options.printConfig()) {
                    try (LocalServer server = Watch.COMMAND.serve(
                            Optional.empty(),
                            List.of(watched(experiment, options).toString()))) {
                        out.println("Live view: " + server.address() + " (this computer only).");
                        return train(experiment, options, arguments, terminal);
                    }
                }
                return train(experiment, options, arguments, terminal);
            } catch (UserError e) {
                err.println(Commands.rejection(e));
                return USAGE_ERROR;
            } catch (RunFailure e) {
                err.println(sentence(Secrets.hidden(e.getMessage())));
                return FAILURE;
            } catch (RuntimeException | Error e) {
                // Before there is a run there is no log either, so the trace is all there is to report a bug with.
                e.printStackTrace(err);
                return FAILURE;
            }
        }
    }

    private <C extends Record & ExperimentConfig> int train(
            Experiment<C> experiment, Options options, String[] arguments, Terminal terminal) {
        if (!options.seeds().isEmpty() && !options.printConfig()) {
            return new SeedSweep<>(
                            experiment,
                            options,
                            options.cluster(),
                            arguments,
                            terminal.out(),
                            terminal.err(),
                            interrupt)
                    .execute();
        }
        return new ExperimentRun<>(experiment, options, arguments, terminal, interrupt).execute();
    }

    /** The run's own directory where the user names it, else that of all runs of the experiment. */
    private static Path watched(Experiment<?> experiment, Options options) {
        return options.out().or(options::resume).orElseGet(() -> Path.of("runs", experiment.name()));
    }

    private int evaluate(String[] arguments, Experiment<?> experiment, Terminal terminal) {
        EvaluationOptions options = EvaluationOptions.parse(arguments);
        if (options.help) {
            terminal.out().print(EvaluationOptions.usage());
            return OK;
        }
        return new EvaluationRun<>(experiment, options, terminal, interrupt).execute();
    }

    private static int report(String[] arguments, Experiment<?> experiment, Terminal terminal) {
        ReportOptions options = ReportOptions.parse(arguments);
        if (options.help) {
            terminal.out().print(ReportOptions.usage());
            return OK;
        }
        return new ReportRun<>(experiment, options, terminal).execute();
    }

    private int reproduce(String[] arguments, Experiment<?> experiment, PrintStream out, PrintStream err) {
        ReproduceOptions options = ReproduceOptions.parse(arguments);
        if (options.help) {
            out.print(ReproduceOptions.usage(experiment.name()));
            return OK;
        }
        return new ReproduceRun(experiment, options, out, err, interrupt).execute();
    }

    private int search(String[] arguments, Experiment<?> experiment, PrintStream out, PrintStream err) {
        SearchOptions options = SearchOptions.parse(arguments);
        if (options.help) {
            out.print(SearchOptions.usage(experiment.name()));
            return OK;
        }
        return new SearchRun(experiment, options, out, err, interrupt).execute();
    }

    private static int download(String[] arguments, Experiment<?> experiment, PrintStream out) {
        DownloadOptions options = DownloadOptions.parse(arguments);
        if (options.help) {
            out.print(DownloadOptions.usage(experiment.name()));
            return OK;
        }
        return new DownloadRun(experiment, options, out).execute();
    }

    /**
     * @param text what went wrong
     * @return the same with a full stop
     */
    public static String sentence(String text) {
        return text.endsWith(".") || text.endsWith("?") ? text : text + ".";
    }
}
