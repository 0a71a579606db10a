package org.plastic4j.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** A page in a real browser, Chromium without a window, driven by its DevTools protocol. */
public final class Browser implements AutoCloseable {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<String> problems = new CopyOnWriteArrayList<>();

    private Browser(Process process, URI page) {
        this.process = process;
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(page, new Messages())
                .join();
        for (String domain : List.of("Page", "Runtime", "Network", "Log")) {
            send(domain + ".enable", Map.of());
        }
    }

    /**
     * Starts a browser; a test is skipped where there is none.
     *
     * @return the browser, with an empty page
     * @throws IOException if it does not start
     */
    public static Browser start() throws IOException {
        Optional<Path> chromium = find();
        Assumptions.assumeTrue(chromium.isPresent(), "no Chromium here");
        // Its last processes may still write there when the test is over.
        Path profile = Path.of("target", "chromium-" + System.nanoTime()).toAbsolutePath();
        Files.createDirectories(profile);
        Process process = new ProcessBuilder(
                        chromium.get().toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--hide-scrollbars",
                        "--force-prefers-reduced-motion",
                        "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("log.txt").toFile())
                .start();
        try {
            return new Browser(process, page(profile));
        } catch (IOException | RuntimeException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    /** @return the browser's program, where there is one */
    public static Optional<Path> find() {
        return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .flatMap(path -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(Path.of(path)::resolve))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** The address of its page, on the port that it writes into its profile. */
    private static URI page(Path profile) throws IOException {
        Path port = profile.resolve("DevToolsActivePort");
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            if (Files.isRegularFile(port) && Files.readAllLines(port).size() > 1) {
                HttpRequest list = HttpRequest.newBuilder(URI.create(
                                "http://127.0.0.1:" + Files.readAllLines(port).get(0) + "/json/list"))
                        .build();
                try {
                    JsonNode targets = MAPPER.readTree(HttpClient.newHttpClient()
                            .send(list, HttpResponse.BodyHandlers.ofString())
                            .body());
                    for (JsonNode target : targets) {
                        if (target.path("type").asText().equals("page")) {
                            return URI.create(
                                    target.path("webSocketDebuggerUrl").asText());
                        }
                    }
                } catch (InterruptedException e) {
                    throw interrupted(e);
                }
            }
            pause();
        }
        throw new IOException("Chromium does not answer: " + Files.readString(profile.resolve("log.txt")));
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(25);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted", e);
    }

    private final class Messages implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                String whole = text.toString();
                text.setLength(0);
                try {
                    take(MAPPER.readTree(whole));
                } catch (IOException e) {
                    problems.add("not understood: " + whole);
                }
            }
            from.request(1);
            return null;
        }
    }

    private void take(JsonNode message) {
        if (message.has("id")) {
            waiting.remove(message.path("id").asInt()).complete(message);
            return;
        }
        JsonNode parameters = message.path("params");
        switch (message.path("method").asText()) {
            case "Network.requestWillBeSent" ->
                requests.add(parameters.path("request").path("url").asText());
            case "Runtime.exceptionThrown" ->
                problems.add(parameters.path("exceptionDetails").toString());
            case "Runtime.consoleAPICalled" -> {
                if (parameters.path("type").asText().matches("error|warning|assert")) {
                    problems.add(parameters.path("args").toString());
                }
            }
            case "Log.entryAdded" -> {
                if (parameters.path("entry").path("level").asText().equals("error")) {
                    problems.add(parameters.path("entry").toString());
                }
            }
            default -> {
                // Nothing that a test asks for.
            }
        }
    }

    /** A command of the protocol, and its result. */
    private JsonNode send(String method, Map<String, ?> parameters) {
        int id = ids.incrementAndGet();
        ObjectNode command = MAPPER.createObjectNode().put("id", id).put("method", method);
        command.set("params", MAPPER.valueToTree(parameters));
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        waiting.put(id, answer);
        socket.sendText(command.toString(), true).join();
        JsonNode result =
                answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
        if (result.has("error")) {
            throw new IllegalStateException(method + ": " + result.path("error"));
        }
        return result.path("result");
    }

    /**
     * The size of the window, and what the user prefers.
     *
     * @param width pixels
     * @param height pixels
     * @param dark whether dark pages are preferred
     */
    public void show(int width, int height, boolean dark) {
        send(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
        send(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** @param address of a page, which is opened and waited for */
    public void open(URI address) {
        send("Page.navigate", Map.of("url", address.toString()));
        await("location.href.startsWith('" + address + "') && document.readyState === 'complete'");
    }

    /**
     * @param script an expression of JavaScript, which may be a promise
     * @return its value
     */
    public JsonNode run(String script) {
        JsonNode result =
                send("Runtime.evaluate", Map.of("expression", script, "returnByValue", true, "awaitPromise", true));
        if (result.has("exceptionDetails")) {
            throw new IllegalStateException(script + ": " + result.path("exceptionDetails"));
        }
        return result.path("result").path("value");
    }

    /**
     * Waits until something is so.
     *
     * @param condition an expression of JavaScript
     */
    public void await(String condition) {
        await(condition, PATIENCE);
    }

    /**
     * Waits until something is so.
     *
     * @param condition an expression of JavaScript
     * @param patience how long at most
     */
    public void await(String condition, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        while (!run("Boolean(" + condition + ")").asBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(String.format(
                        Locale.ROOT,
                        "not within %d s: %s; problems: %s; the page: %s",
                        patience.toSeconds(),
                        condition,
                        problems,
                        run("document.body.innerText").asText()));
            }
            pause();
        }
    }

    /**
     * Moves the pressed pointer along a line, as a hand does that draws.
     *
     * @param points x and y in turn, in pixels of the window
     */
    public void drag(double... points) {
        pointer("mousePressed", points[0], points[1], 1);
        for (int k = 2; k < points.length; k += 2) {
            pointer("mouseMoved", points[k], points[k + 1], 1);
        }
        pointer("mouseReleased", points[points.length - 2], points[points.length - 1], 0);
    }

    /** @param selector a CSS selector of what is clicked in its middle; it is scrolled to before */
    public void click(String selector) {
        JsonNode at = run("(e => { e.scrollIntoView({block: 'center'}); const r = e.getBoundingClientRect();"
                + " return [r.x + r.width / 2, r.y + r.height / 2]; })(document.querySelector(\"" + selector + "\"))");
        drag(
                at.get(0).asDouble(),
                at.get(1).asDouble(),
                at.get(0).asDouble(),
                at.get(1).asDouble());
    }

    private void pointer(String type, double x, double y, int buttons) {
        send(
                "Input.dispatchMouseEvent",
                Map.of("type", type, "x", x, "y", y, "button", "left", "buttons", buttons, "clickCount", 1));
    }

    /** @param key the key's name, as in {@code ArrowLeft}, {@code Space} or {@code Tab} */
    public void press(String key) {
        for (String type : List.of("rawKeyDown", "keyUp")) {
            send(
                    "Input.dispatchKeyEvent",
                    Map.of(
                            "type",
                            type,
                            "key",
                            key.equals("Space") ? " " : key,
                            "code",
                            key,
                            "windowsVirtualKeyCode",
                            code(key)));
        }
    }

    private static int code(String key) {
        return switch (key) {
            case "Tab" -> 9;
            case "Enter" -> 13;
            case "Space" -> 32;
            case "ArrowLeft" -> 37;
            case "ArrowUp" -> 38;
            case "ArrowRight" -> 39;
            case "ArrowDown" -> 40;
            default -> 0;
        };
    }

    /**
     * @param file where to write a picture of what is seen, as PNG
     * @throws IOException if it cannot be written
     */
    public void screenshot(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.write(
                file,
                Base64.getDecoder()
                        .decode(send("Page.captureScreenshot", Map.of("format", "png"))
                                .path("data")
                                .asText()));
    }

    /** @return the addresses of everything that was requested */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** @return the errors and warnings in the console, and what was not caught */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /**
     * Nothing went wrong in the page, and no request left this computer.
     *
     * @param server where the page came from
     */
    public void assertWell(URI server) {
        assertThat(problems()).isEmpty();
        assertThat(requests())
                .isNotEmpty()
                .allMatch(url -> url.startsWith(server.toString()) || url.startsWith("data:"));
    }

    /** @return what the page needs more than the window is wide, in pixels */
    public int overflow() {
        return run("document.documentElement.scrollWidth - document.documentElement.clientWidth")
                .asInt();
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
