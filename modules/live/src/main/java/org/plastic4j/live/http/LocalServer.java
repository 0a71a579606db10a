package org.plastic4j.live.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.plastic4j.training.UserError;

/**
 * Serves pages to browsers on this computer: it listens on the loopback address alone, and answers what {@link Guard} lets
 * through. Requests that do not come to an end are closed.
 */
public final class LocalServer implements AutoCloseable {
    private static final System.Logger LOGGER = System.getLogger(LocalServer.class.getName());
    private static final int BACKLOG = 256;

    static {
        // The JDK's server reads its limits here, once, and has no others.
        Map.of(
                        "sun.net.httpserver.maxReqTime", "20",
                        "sun.net.httpserver.maxRspTime", "60",
                        "sun.net.httpserver.idleInterval", "60",
                        "sun.net.httpserver.maxReqHeaders", "100",
                        "sun.net.httpserver.maxReqHeaderSize", "65536",
                        "sun.net.httpserver.nodelay", "true",
                        "jdk.httpserver.maxConnections", "1000")
                .forEach((name, value) -> {
                    if (System.getProperty(name) == null) {
                        System.setProperty(name, value);
                    }
                });
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final Router router;
    private final Guard guard;

    private LocalServer(HttpServer server, Router router) {
        this.server = server;
        this.router = router;
        guard = new Guard(server.getAddress().getPort());
        AtomicInteger number = new AtomicInteger();
        // A request that comes slowly occupies a thread until its time is over.
        threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "page-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /**
     * Begins to serve.
     *
     * @param port where; 0 for any that is free
     * @param router what
     * @return the server, which serves until it is closed
     * @throws UserError if the port is taken
     */
    public static LocalServer start(int port, Router router) {
        try {
            InetAddress loopback = InetAddress.getByAddress("localhost", new byte[] {127, 0, 0, 1});
            HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), BACKLOG);
            LocalServer local = new LocalServer(server, router);
            server.createContext("/", local::handle);
            server.setExecutor(local.threads);
            server.start();
            return local;
        } catch (BindException e) {
            throw new UserError("--port " + port + ": expected a free port, found it taken", e);
        } catch (IOException e) {
            throw new UserError("--port " + port + ": nothing can be served there (" + e.getMessage() + ")", e);
        }
    }

    /** @return where its first page is */
    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            Response response;
            try {
                guard.check(exchange);
                Router.Match match = router.find(
                        exchange.getRequestMethod(), exchange.getRequestURI().getRawPath());
                response = match.handler()
                        .answer(new Request(
                                match.parts(),
                                Router.query(exchange.getRequestURI().getRawQuery()),
                                guard.body(exchange)));
            } catch (BadRequest e) {
                response = Response.problem(e.status(), e.getMessage());
            } catch (IOException | RuntimeException e) {
                LOGGER.log(Level.WARNING, "A page could not be made", e);
                response = Response.problem(500, "This page could not be made");
            }
            send(exchange, response);
        } catch (IOException e) {
            // Who asked is gone.
            LOGGER.log(Level.DEBUG, "A page could not be sent", e);
        }
    }

    private static void send(HttpExchange exchange, Response response) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        headers.set("Content-Type", response.type());
        headers.set(
                "Content-Security-Policy",
                response.policy() + "; frame-ancestors 'none'; base-uri 'none'; form-action 'none'");
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Cross-Origin-Resource-Policy", "same-origin");
        headers.set("Cross-Origin-Opener-Policy", "same-origin");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("Cache-Control", "no-store");
        if (exchange.getRequestMethod().equals("HEAD") || response.body().length == 0) {
            exchange.sendResponseHeaders(response.status(), -1);
            return;
        }
        exchange.sendResponseHeaders(response.status(), response.body().length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(response.body());
        }
    }

    /** Ends at once; requests that are being answered are not waited for. */
    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
