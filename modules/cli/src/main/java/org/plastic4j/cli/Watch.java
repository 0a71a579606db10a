package org.plastic4j.cli;

import com.beust.jcommander.Parameter;
import com.beust.jcommander.Parameters;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.plastic4j.live.http.LocalServer;
import org.plastic4j.live.page.LiveView;
import org.plastic4j.training.UserError;

/** {@code scripts/watch [DIR...]}: a page of all runs in some folders, which follows them while they are written. */
public final class Watch {
    /** Where it serves unless that is taken, so that a page that is open finds it again. */
    private static final int PORT = 8480;

    @Parameters(separators = "=")
    private static final class Options {
        @Parameter(
                names = "--port",
                order = 1,
                converter = Serving.Port.class,
                description = "where on this computer (default: 8480, or any that is free)")
        private Integer port;

        @Parameter(names = "--help", order = 99, help = true, description = "shows this")
        private boolean help;
    }

    private Watch() {}

    /**
     * Serves until the process is ended, which is how it ends well.
     *
     * @param arguments the command line's
     */
    public static void main(String[] arguments) {
        System.exit(watch(arguments, System.out, System.err, Serving::untilTheEnd));
    }

    /**
     * Serves.
     *
     * @param arguments the command line's
     * @param out what the user sees on standard output
     * @param err what the user sees on standard error
     * @param until returns when it is over
     * @return the exit code
     */
    static int watch(String[] arguments, PrintStream out, PrintStream err, Consumer<LocalServer> until) {
        try {
            PlatformEncoding.check(arguments);
            Options options = new Options();
            List<String> given = Commands.parseWithArguments(options, arguments);
            if (options.help) {
                out.print(Commands.usage("scripts/watch [DIR...]", new Options()));
                out.println("  DIR is a run's directory, or a folder of them at any depth (default: runs).");
                return Launcher.OK;
            }
            List<Path> folders = given.isEmpty()
                    ? List.of(Path.of("runs"))
                    : given.stream().map(Compare::path).toList();
            try (LocalServer server = serve(Optional.ofNullable(options.port), folders)) {
                out.println(Serving.say("Live view", server));
                out.flush();
                until.accept(server);
            }
            return Launcher.OK;
        } catch (UserError e) {
            err.println(Commands.rejection(e));
            return Launcher.USAGE_ERROR;
        }
    }

    /** Serves at the port that the user wants, if there is one. */
    static LocalServer serve(Optional<Integer> port, List<Path> folders) {
        return Serving.serve(port, PORT, at -> LiveView.serve(folders, at));
    }
}
