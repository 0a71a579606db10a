package org.plastic4j.live.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Lets through what the pages of this server ask for, and nothing else. Any page in the user's browser can send requests to
 * this computer, or give a name of its own to this address (DNS rebinding): the browser then says so in the headers that are
 * checked here.
 */
final class Guard {
    private static final int LONGEST_ADDRESS = 16_384;
    private static final int LARGEST_BODY = 262_144;

    private final Set<String> hosts;

    Guard(int port) {
        hosts = Set.of("127.0.0.1:" + port, "localhost:" + port, "[::1]:" + port);
    }

    void check(HttpExchange exchange) {
        Headers headers = exchange.getRequestHeaders();
        String host = single(headers, "Host");
        if (host == null || !hosts.contains(host.toLowerCase(Locale.ROOT))) {
            throw new BadRequest(403, "Expected a request to this computer by its own name");
        }
        if (exchange.getRequestURI().isAbsolute() || exchange.getRequestURI().getRawAuthority() != null) {
            throw new BadRequest("Expected a path, found an address");
        }
        String origin = single(headers, "Origin");
        if (origin != null && !origin.equalsIgnoreCase("http://" + host)) {
            throw new BadRequest(403, "Expected a request of this server's own page");
        }
        String site = single(headers, "Sec-Fetch-Site");
        if (site != null && !Set.of("same-origin", "none").contains(site)) {
            throw new BadRequest(403, "Expected a request of this server's own page");
        }
        if (!Set.of("GET", "HEAD", "POST").contains(exchange.getRequestMethod())) {
            throw new BadRequest(405, "Expected GET, HEAD or POST");
        }
        if (exchange.getRequestURI().toString().length() > LONGEST_ADDRESS) {
            throw new BadRequest(414, "The address is too long");
        }
    }

    /** Of two, a proxy and a server might read different ones. */
    private static String single(Headers headers, String name) {
        List<String> values = headers.get(name);
        if (values != null && values.size() > 1) {
            throw new BadRequest(name + ": expected one, found several");
        }
        return values == null ? null : values.get(0);
    }

    /** What was sent, which has to be JSON: forms of other pages cannot send that. */
    byte[] body(HttpExchange exchange) throws IOException {
        if (!exchange.getRequestMethod().equals("POST")) {
            return new byte[0];
        }
        String type = single(exchange.getRequestHeaders(), "Content-Type");
        if (type == null || !type.toLowerCase(Locale.ROOT).startsWith("application/json")) {
            throw new BadRequest(415, "Expected JSON");
        }
        try (InputStream in = exchange.getRequestBody()) {
            byte[] body = in.readNBytes(LARGEST_BODY + 1);
            if (body.length > LARGEST_BODY) {
                throw new BadRequest(413, "The request is too large");
            }
            return body;
        }
    }
}
