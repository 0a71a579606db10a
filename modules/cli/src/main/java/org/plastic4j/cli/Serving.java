package org.plastic4j.cli;

import com.beust.jcommander.IStringConverter;
import com.beust.jcommander.Parameter;
import com.beust.jcommander.ParameterException;
import com.beust.jcommander.Parameters;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.plastic4j.live.http.LocalServer;
import org.plastic4j.training.UserError;

/**
 * A command that serves a page on this computer until it is ended.
 *
 * @param command what the user types
 * @param page what is served
 * @param port where it is served unless that is taken, so that a page that is open finds the next server again
 * @param arguments what the command takes beside options, for its help; empty where it takes nothing
 * @param pages what serves
 */
public record Serving(String command, String page, int port, Optional<String> arguments, Pages pages) {
    /** Begins to serve. */
    @FunctionalInterface
    public interface Pages {
        /**
         * @param arguments what the user gave beside options
         * @param port where; 0 for any that is free
         * @return the server
         * @throws UserError if an argument is wrong or the port is taken
         */
        LocalServer serve(List<String> arguments, int port);
    }

    @Parameters(separators = "=")
    private static final class Flags {
        @Parameter(names = "--port", order = 1, converter = Port.class, description = "where on this computer")
        private Integer port;

        @Parameter(names = "--help", order = 99, help = true, description = "shows this")
        private boolean help;
    }

    /** A port of TCP. */
    static final class Port implements IStringConverter<Integer> {
        private static final int MOST = 65_535;

        @Override
        public Integer convert(String value) {
            try {
                int port = Integer.parseInt(value);
                if (port >= 0 && port <= MOST) {
                    return port;
                }
            } catch (NumberFormatException e) {
                // Rejected below, like a number that is too large.
            }
            throw new ParameterException(
                    String.format(Locale.ROOT, "--port: expected a number from 0 to %d, found '%s'", MOST, value));
        }
    }

    /**
     * Serves, and says where.
     *
     * @param given the command line's
     * @param out what the user sees on standard output
     * @param err what the user sees on standard error
     * @param until returns when it is over
     * @return the exit code
     */
    public int run(String[] given, PrintStream out, PrintStream err, Consumer<LocalServer> until) {
        try {
            PlatformEncoding.check(given);
            Flags flags = new Flags();
            List<String> besides = Commands.parseWithArguments(flags, given);
            if (flags.help) {
                out.print(Commands.usage(command, new Flags()));
                out.println("  Without --port: " + port + ", or any that is free.");
                arguments.ifPresent(text -> out.println("  " + text));
                return Launcher.OK;
            }
            if (arguments.isEmpty()) {
                Commands.parse(flags, given);
            }
            try (LocalServer server = serve(Optional.ofNullable(flags.port), besides)) {
                out.println(String.format(
                        Locale.ROOT, "%s: %s (this computer only). Ctrl-C ends it.", page, server.address()));
                out.flush();
                until.accept(server);
            }
            return Launcher.OK;
        } catch (UserError e) {
            err.println(Commands.rejection(e));
            return Launcher.USAGE_ERROR;
        }
    }

    /** Serves where the user wants it, or else at the usual port, or at any other where that is taken. */
    LocalServer serve(Optional<Integer> wanted, List<String> besides) {
        if (wanted.isPresent()) {
            return pages.serve(besides, wanted.get());
        }
        try {
            return pages.serve(besides, port);
        } catch (UserError e) {
            return pages.serve(besides, 0);
        }
    }

    /**
     * Waits until the process is ended from outside, and then ends it well: Ctrl-C is how it ends, not a failure.
     *
     * @param server is closed in the end
     */
    public static void untilTheEnd(LocalServer server) {
        CountDownLatch never = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            server.close();
                            Runtime.getRuntime().halt(Launcher.OK);
                        },
                        "end"));
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
