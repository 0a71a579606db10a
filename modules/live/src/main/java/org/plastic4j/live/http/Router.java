package org.plastic4j.live.http;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which path is answered by what. There are no folders behind paths: what has no route does not exist. */
public final class Router {
    private final List<Route> routes = new ArrayList<>();

    /** Answers a request. */
    @FunctionalInterface
    public interface Handler {
        /**
         * @param request a request that passed all checks
         * @return the answer
         * @throws IOException if it cannot be made
         * @throws BadRequest if the request is wrong
         */
        Response answer(Request request) throws IOException;
    }

    private record Route(String method, String[] pattern, Handler handler) {
        /** The parts in braces, if the path fits. */
        Optional<Map<String, String>> parts(String[] path) {
            if (path.length != pattern.length) {
                return Optional.empty();
            }
            Map<String, String> parts = new HashMap<>();
            for (int i = 0; i < path.length; i++) {
                if (pattern[i].startsWith("{")) {
                    parts.put(pattern[i].substring(1, pattern[i].length() - 1), path[i]);
                } else if (!pattern[i].equals(path[i])) {
                    return Optional.empty();
                }
            }
            return Optional.of(parts);
        }
    }

    /** What answers a request, with the parts of its path. */
    record Match(Handler handler, Map<String, String> parts) {}

    /**
     * @param pattern a path, as in {@code /runs/{run}/report.html}
     * @param handler answers {@code GET}
     * @return this
     */
    public Router get(String pattern, Handler handler) {
        routes.add(new Route("GET", split(pattern), handler));
        return this;
    }

    /**
     * @param pattern a path
     * @param handler answers {@code POST}
     * @return this
     */
    public Router post(String pattern, Handler handler) {
        routes.add(new Route("POST", split(pattern), handler));
        return this;
    }

    Match find(String method, String rawPath) {
        String[] path = split(rawPath);
        for (int i = 0; i < path.length; i++) {
            path[i] = decoded(path[i]);
        }
        String asked = method.equals("HEAD") ? "GET" : method;
        boolean exists = false;
        for (Route route : routes) {
            Optional<Map<String, String>> parts = route.parts(path);
            if (parts.isPresent() && route.method.equals(asked)) {
                return new Match(route.handler, parts.get());
            }
            exists |= parts.isPresent();
        }
        throw exists
                ? new BadRequest(405, method + ": not allowed here")
                : new BadRequest(404, "There is no such page");
    }

    private static String[] split(String path) {
        return path.split("/", -1);
    }

    /** Parts that would mean something to a file system are rejected, though no path ever gets there. */
    private static String decoded(String part) {
        String decoded = decode(part.replace("+", "%2B"));
        if (decoded.equals(".") || decoded.equals("..") || decoded.matches("(?s).*[/\\\\\\p{Cntrl}].*")) {
            throw new BadRequest("The path has a part that is none");
        }
        return decoded;
    }

    static Map<String, String> query(String rawQuery) {
        Map<String, String> query = new HashMap<>();
        if (rawQuery != null && !rawQuery.isEmpty()) {
            for (String pair : rawQuery.split("&", -1)) {
                int equals = pair.indexOf('=');
                query.put(
                        decode(equals < 0 ? pair : pair.substring(0, equals)),
                        equals < 0 ? "" : decode(pair.substring(equals + 1)));
            }
        }
        return query;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new BadRequest("The address is not encoded rightly");
        }
    }
}
