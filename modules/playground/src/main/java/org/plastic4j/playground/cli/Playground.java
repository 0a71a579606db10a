package org.plastic4j.playground.cli;

import com.beust.jcommander.Parameter;
import com.beust.jcommander.Parameters;
import java.io.PrintStream;
import java.util.Optional;
import java.util.function.Consumer;
import org.plastic4j.cli.Backend;
import org.plastic4j.cli.Commands;
import org.plastic4j.cli.Launcher;
import org.plastic4j.cli.PlatformEncoding;
import org.plastic4j.cli.Serving;
import org.plastic4j.cli.Terminal;
import org.plastic4j.live.http.LocalServer;
import org.plastic4j.playground.page.PlaygroundServer;
import org.plastic4j.training.UserError;

/** {@code scripts/playground}: a page on which a person plays with trained plastic networks. */
public final class Playground {
    /** Where it serves unless that is taken. */
    private static final int PORT = 8481;

    @Parameters(separators = "=")
    private static final class Options {
        @Parameter(
                names = "--port",
                order = 1,
                converter = Serving.Port.class,
                description = "where on this computer (default: 8481, or any that is free)")
        private Integer port;

        @Parameter(names = "--help", order = 99, help = true, description = "shows this")
        private boolean help;
    }

    private Playground() {}

    /**
     * Serves until the process is ended, which is how it ends well.
     *
     * @param arguments the command line's
     */
    public static void main(String[] arguments) {
        System.exit(play(arguments, System.out, System.err, Serving::untilTheEnd));
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
    static int play(String[] arguments, PrintStream out, PrintStream err, Consumer<LocalServer> until) {
        try (Terminal terminal = Terminal.install(out, err)) {
            PlatformEncoding.check(arguments);
            Options options = new Options();
            Commands.parse(options, arguments);
            if (options.help) {
                terminal.out().print(Commands.usage("scripts/playground", new Options()));
                return Launcher.OK;
            }
            Backend.start(Optional.empty(), 1);
            try (LocalServer server = Serving.serve(Optional.ofNullable(options.port), PORT, PlaygroundServer::serve)) {
                terminal.out().println(Serving.say("Playground", server));
                terminal.out().flush();
                until.accept(server);
            }
            return Launcher.OK;
        } catch (UserError e) {
            err.println(Commands.rejection(e));
            return Launcher.USAGE_ERROR;
        }
    }
}
