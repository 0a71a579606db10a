package org.plastic4j.live.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.plastic4j.training.UserError;

class LocalServerTest {
    private static final int PATIENCE_MILLIS = 30_000;

    private static final int MANY = 200;

    /** Nobody is answered before so many ask at the same time. */
    private final CountDownLatch together = new CountDownLatch(MANY);

    private LocalServer server;
    private int port;

    @BeforeEach
    void serve() {
        server = LocalServer.start(
                0,
                new Router()
                        .get("/", request -> Response.page("<p>page</p>"))
                        .get("/files/{name}", request -> Response.json("\"" + request.part("name") + "\""))
                        .get("/fails", request -> {
                            throw new IllegalStateException("a secret of the program");
                        })
                        .get("/together/{name}", request -> {
                            await(together);
                            return Response.json("\"" + request.part("name") + "\"");
                        })
                        .get("/number", request -> Response.json(String.valueOf(request.number("n", 1))))
                        .post("/echo", request -> Response.json(new String(request.body(), StandardCharsets.UTF_8))));
        port = server.address().getPort();
    }

    private static void await(CountDownLatch all) {
        all.countDown();
        try {
            all.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertThat(all.getCount()).isZero();
    }

    @AfterEach
    void end() {
        server.close();
    }

    /** What is answered to these bytes; empty where the connection is closed instead. */
    private String ask(byte[] request) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            try {
                OutputStream out = socket.getOutputStream();
                out.write(request);
                out.flush();
                socket.shutdownOutput();
                return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            } catch (SocketException e) {
                return "";
            }
        }
    }

    private String ask(String firstLine, String... headers) throws IOException {
        return ask((firstLine + "\r\n" + String.join("\r\n", headers) + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1));
    }

    private String host() {
        return "Host: 127.0.0.1:" + port;
    }

    private void stillServes() throws IOException {
        assertThat(ask("GET / HTTP/1.1", host())).startsWith("HTTP/1.1 200").endsWith("<p>page</p>");
    }

    @Test
    void answersByItsOwnNamesAndForbidsThePageToLoadAnythingElse() throws IOException {
        for (String name : List.of("127.0.0.1", "localhost", "LocalHost", "[::1]")) {
            assertThat(ask("GET / HTTP/1.1", "Host: " + name + ":" + port)).startsWith("HTTP/1.1 200");
        }
        assertThat(ask("GET / HTTP/1.1", host()).toLowerCase(java.util.Locale.ROOT))
                .contains("content-security-policy: default-src 'none'; script-src 'self'", "frame-ancestors 'none'")
                .contains("x-content-type-options: nosniff", "cross-origin-resource-policy: same-origin")
                .doesNotContain("access-control-allow");
    }

    @Test
    void otherHostsAreRefusedSoThatNobodyElsesNameForThisAddressWorks() throws IOException {
        for (String host : List.of(
                "Host: evil.example:" + port,
                "Host: evil.example",
                "Host: 127.0.0.1",
                "Host: 127.0.0.1:" + (port + 1),
                "Host: 127.0.0.1.evil.example:" + port,
                "Host:",
                "X: y")) {
            assertThat(ask("GET / HTTP/1.1", host)).as(host).startsWith("HTTP/1.1 403");
        }
        assertThat(ask("GET / HTTP/1.1", host(), "Host: evil.example")).startsWith("HTTP/1.1 400");
        assertThat(ask("GET http://evil.example/ HTTP/1.1", host())).startsWith("HTTP/1.1 400");
    }

    @Test
    void pagesOfOtherOriginsAreRefused() throws IOException {
        for (String header : List.of(
                "Origin: http://evil.example",
                "Origin: null",
                "Origin: http://127.0.0.1:" + (port + 1),
                "Origin: https://127.0.0.1:" + port,
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Site: same-site")) {
            assertThat(ask("GET / HTTP/1.1", host(), header)).as(header).startsWith("HTTP/1.1 403");
        }
        assertThat(ask("GET / HTTP/1.1", host(), "Origin: http://127.0.0.1:" + port))
                .startsWith("HTTP/1.1 200");
        assertThat(ask("GET / HTTP/1.1", host(), "Sec-Fetch-Site: same-origin")).startsWith("HTTP/1.1 200");
    }

    @Test
    void pathsThatClimbAreRefused() throws IOException {
        for (String path : List.of(
                "/../../etc/passwd",
                "/files/..",
                "/files/%2e%2e",
                "/files/..%2f..%2fetc%2fpasswd",
                "/files/%2fetc%2fpasswd",
                "/files/..%5cwindows",
                "/files/a%00.html",
                "/files/%0d%0aX:y",
                "/files/./a")) {
            assertThat(ask("GET " + path + " HTTP/1.1", host())).as(path).startsWith("HTTP/1.1 40");
        }
        assertThat(ask("GET /files/a+b%20%C3%BC HTTP/1.1", host())).endsWith("\"a+b ü\"");
        assertThat(ask("GET /nothing HTTP/1.1", host())).startsWith("HTTP/1.1 404");
        assertThat(ask("GET /files/a/b HTTP/1.1", host())).startsWith("HTTP/1.1 404");
    }

    @Test
    void giantRequestsAreRefusedAndCostNothing() throws IOException {
        byte[] head = (host() + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1);
        byte[] giant = new byte[20_000_000];
        Arrays.fill(giant, (byte) 'a');
        for (String before : List.of("GET /", "GET / HTTP/1.1\r\nX: ", "GET / HTTP/1.1\r\n")) {
            byte[] request = new byte[before.length() + giant.length + head.length];
            System.arraycopy(before.getBytes(StandardCharsets.ISO_8859_1), 0, request, 0, before.length());
            System.arraycopy(giant, 0, request, before.length(), giant.length);
            System.arraycopy(head, 0, request, before.length() + giant.length, head.length);
            assertThat(ask(request)).as(before).doesNotStartWith("HTTP/1.1 200");
        }
        List<String> headers = new ArrayList<>(List.of(host()));
        for (int k = 0; k < 10_000; k++) {
            headers.add("X" + k + ": y");
        }
        assertThat(ask("GET / HTTP/1.1", headers.toArray(String[]::new))).doesNotStartWith("HTTP/1.1 200");
        assertThat(ask("GET /?" + "a".repeat(20_000) + " HTTP/1.1", host())).startsWith("HTTP/1.1 414");
        stillServes();
    }

    @Test
    void whatIsSentHasToBeJsonAndShort() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        for (int[] sizeAndStatus : new int[][] {{10, 200}, {262_144, 200}, {262_145, 413}, {3_000_000, 413}}) {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.address() + "echo"))
                    .POST(HttpRequest.BodyPublishers.ofString("1".repeat(sizeAndStatus[0])));
            int status;
            try {
                status = client.send(
                                request.setHeader("Content-Type", "application/json")
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .statusCode();
            } catch (IOException e) {
                // It does not listen to the end.
                status = 413;
            }
            assertThat(status).as("%d bytes", sizeAndStatus[0]).isEqualTo(sizeAndStatus[1]);
        }
        // What a form of another page could send without asking.
        assertThat(ask("POST /echo HTTP/1.1", host(), "Content-Type: text/plain", "Content-Length: 0"))
                .startsWith("HTTP/1.1 415");
        assertThat(ask("GET /echo HTTP/1.1", host())).startsWith("HTTP/1.1 405");
        assertThat(ask("POST / HTTP/1.1", host(), "Content-Length: 0")).startsWith("HTTP/1.1 405");
        for (String method : List.of("PUT", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PATCH", "FOO")) {
            assertThat(ask(method + " / HTTP/1.1", host())).as(method).startsWith("HTTP/1.1 405");
        }
    }

    @Test
    void malformedRequestsAreRefused() throws IOException {
        for (String request : List.of(
                "\0\1\2\3\r\n\r\n",
                "\r\n\r\n",
                "GET\r\n\r\n",
                "GET / HTTP/9.9\r\n\r\n",
                "GET /%zz HTTP/1.1\r\n" + host() + "\r\n\r\n",
                "GET // HTTP/1.1\r\n" + host() + "\r\n\r\n",
                "GET /?a=%zz HTTP/1.1\r\n" + host() + "\r\n\r\n",
                "GET / HTTP/1.1\r\n: y\r\n" + host() + "\r\n\r\n",
                "POST /echo HTTP/1.1\r\n" + host() + "\r\nContent-Length: -1\r\n\r\n",
                "POST /echo HTTP/1.1\r\n" + host() + "\r\nContent-Length: x\r\n\r\n")) {
            assertThat(ask(request.getBytes(StandardCharsets.ISO_8859_1)))
                    .as(request)
                    .doesNotStartWith("HTTP/1.1 200")
                    .doesNotStartWith("HTTP/1.1 5");
        }
        assertThat(ask("GET /number?n=-1 HTTP/1.1", host())).startsWith("HTTP/1.1 400");
        assertThat(ask("GET /number?n=NaN HTTP/1.1", host())).startsWith("HTTP/1.1 400");
        stillServes();
    }

    @Test
    void whatGoesWrongIsNotToldToTheBrowser() throws IOException {
        assertThat(ask("GET /fails HTTP/1.1", host()))
                .startsWith("HTTP/1.1 500")
                .doesNotContain("secret", "at org.");
    }

    @Test
    void twoHundredConnectionsAreAnsweredAtOnceWhileAsManyTakeTheirTimeAndTheseInTheEnd() throws Exception {
        List<Socket> slow = new ArrayList<>();
        try {
            for (int k = 0; k < MANY; k++) {
                Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
                socket.setSoTimeout(PATIENCE_MILLIS);
                slow.add(socket);
                write(socket, "GET / HTTP/1.1\r\nConnection: close\r\nHost:");
            }
            HttpClient client = HttpClient.newHttpClient();
            List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
            for (int k = 0; k < MANY; k++) {
                answers.add(client.sendAsync(
                        HttpRequest.newBuilder(URI.create(server.address() + "together/" + k))
                                .timeout(Duration.ofMillis(PATIENCE_MILLIS))
                                .build(),
                        HttpResponse.BodyHandlers.ofString()));
            }
            for (int k = 0; k < MANY; k++) {
                assertThat(answers.get(k).get().body()).isEqualTo("\"" + k + "\"");
            }
            // Who waited for a thread instead of having one was closed meanwhile, or was answered by now.
            for (Socket socket : slow) {
                write(socket, " 127.0.0.1:" + port + "\r\n\r\n");
                assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                        .startsWith("HTTP/1.1 200")
                        .endsWith("<p>page</p>");
            }
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void listensOnTheLoopbackAddressAlone() throws IOException {
        for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
            for (InetAddress address : Collections.list(card.getInetAddresses())) {
                if (!address.isLoopbackAddress()) {
                    assertThatThrownBy(() -> {
                                try (Socket socket = new Socket()) {
                                    socket.connect(new InetSocketAddress(address, port), 2_000);
                                }
                            })
                            .as(address.toString())
                            .isInstanceOf(IOException.class);
                }
            }
        }
    }

    @Test
    void portThatIsTakenIsRejectedInOneSentence() {
        assertThatThrownBy(() -> LocalServer.start(port, new Router()))
                .isInstanceOf(UserError.class)
                .hasMessage("--port " + port + ": expected a free port, found it taken");
    }

    @Test
    void serverThatIsClosedAnswersNoMoreAndLeavesNoThreadThatKeepsTheProcess() throws Exception {
        stillServes();
        server.close();
        assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                .isInstanceOf(IOException.class);
        assertThat(Thread.getAllStackTraces().keySet().stream()
                        .filter(thread -> thread.isAlive() && !thread.isDaemon())
                        .map(Thread::getName))
                .noneMatch(name -> name.startsWith("page-"));
    }
}
