package org.plastic4j.playground.cli;

import java.io.PrintStream;
import java.util.Optional;
import java.util.function.Consumer;
import org.plastic4j.cli.Backend;
import org.plastic4j.cli.Serving;
import org.plastic4j.cli.Terminal;
import org.plastic4j.live.http.LocalServer;
import org.plastic4j.playground.page.PlaygroundServer;

/** {@code scripts/playground}: a page on which a person plays with trained plastic networks. */
public final class Playground {
    private static final Serving COMMAND =
            new Serving("scripts/playground", "Playground", 8481, Optional.empty(), (none, port) -> {
                Backend.start(Optional.empty(), 1);
                return PlaygroundServer.serve(port);
            });

    private Playground() {}

    /**
     * Serves until the process is ended, which is how it ends well.
     *
     * @param arguments the command line's
     */
    public static void main(String[] arguments) {
        System.exit(play(arguments, System.out, System.err, Serving::untilTheEnd));
    }

    /** Keeps what libraries print from the terminal meanwhile. */
    static int play(String[] arguments, PrintStream out, PrintStream err, Consumer<LocalServer> until) {
        try (Terminal terminal = Terminal.install(out, err)) {
            return COMMAND.run(arguments, terminal.out(), terminal.err(), until);
        }
    }
}
