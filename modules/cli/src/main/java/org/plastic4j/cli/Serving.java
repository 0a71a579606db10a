package org.plastic4j.cli;

import com.beust.jcommander.IStringConverter;
import com.beust.jcommander.ParameterException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntFunction;
import org.plastic4j.live.http.LocalServer;
import org.plastic4j.training.UserError;

/** What commands share that serve a page on this computer. */
public final class Serving {
    /** A port of TCP. */
    public static final class Port implements IStringConverter<Integer> {
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

    private Serving() {}

    /**
     * Serves where the user wants it, or else at the usual port, or at any other where that is taken.
     *
     * @param wanted the user's port
     * @param usual the usual one, so that a page that is open finds the next server again
     * @param serve begins to serve at a port
     * @return the server
     * @throws UserError if the wanted port is taken
     */
    public static LocalServer serve(Optional<Integer> wanted, int usual, IntFunction<LocalServer> serve) {
        if (wanted.isPresent()) {
            return serve.apply(wanted.get());
        }
        try {
            return serve.apply(usual);
        } catch (UserError e) {
            return serve.apply(0);
        }
    }

    /**
     * @param what is served
     * @param server the server
     * @return a line that says where
     */
    public static String say(String what, LocalServer server) {
        return String.format(Locale.ROOT, "%s: %s (this computer only). Ctrl-C ends it.", what, server.address());
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
