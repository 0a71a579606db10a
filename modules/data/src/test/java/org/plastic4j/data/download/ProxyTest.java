package org.plastic4j.data.download;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.plastic4j.data.ChildJvm;

/** Downloads go through the proxy that the environment names, as those of other programs do. */
@Tag("slow")
class ProxyTest {
    private static final byte[] PICTURES = {1, 2, 3, 4, 5};
    /** There is no such host: who gets an answer asked the proxy. */
    private static final String ELSEWHERE = "http://data.invalid/files/things.tar.gz";

    @TempDir
    private Path folder;

    private final byte[] archive;

    ProxyTest() throws IOException {
        archive = ArchiveServer.archive(Map.of("things/pictures.bin", PICTURES));
    }

    /** Brings the things, in a process of its own. Arguments: the folder, the address, size and SHA-256. */
    public static final class Bring {
        private Bring() {}

        public static void main(String[] arguments) {
            Checksum checksum = new Checksum("SHA-256", arguments[3]);
            Dataset things = new Dataset(
                    "Things",
                    List.of(new RemoteFile(URI.create(arguments[1]), Long.parseLong(arguments[2]), checksum)),
                    Map.of("things/pictures.bin", (long) PICTURES.length));
            try {
                things.bring(Path.of(arguments[0]), Optional.empty(), (bytes, total) -> {});
            } catch (DownloadFailure e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private String bring(String address, Map<String, String> environment, String... options) {
        return ChildJvm.run(
                Bring.class,
                environment,
                List.of(options),
                List.of(
                        folder.toString(),
                        address,
                        Integer.toString(archive.length),
                        ArchiveServer.sha256(archive).hex()));
    }

    private static String at(URI server) {
        return server.getHost() + ":" + server.getPort();
    }

    @ParameterizedTest
    @CsvSource({"HTTP_PROXY, http://", "http_proxy, ''", "ALL_PROXY, http://", "all_proxy, http://"})
    void archiveComesThroughTheProxyOfTheEnvironment(String variable, String scheme) throws IOException {
        try (ArchiveServer proxy = new ArchiveServer(archive)) {
            assertThat(bring(ELSEWHERE, Map.of(variable, scheme + at(proxy.uri()))))
                    .isEmpty();
            assertThat(proxy.ranges()).containsExactly("none");
        }
        assertThat(folder.resolve("things/pictures.bin")).hasBinaryContent(PICTURES);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "*", "elsewhere.org, 127.0.0.1:80", ".0.0.1"})
    void hostsOfNoProxyAreAskedThemselves(String hosts) throws IOException {
        try (ArchiveServer server = new ArchiveServer(archive)) {
            String answer = bring(
                    server.uri().toString(), Map.of("HTTP_PROXY", "http://proxy.invalid:3128", "NO_PROXY", hosts));
            assertThat(answer).isEmpty();
            assertThat(server.ranges()).containsExactly("none");
        }
    }

    @Test
    void javasOwnSettingGoesBeforeTheEnvironment() throws IOException {
        try (ArchiveServer proxy = new ArchiveServer(archive)) {
            String answer = bring(
                    ELSEWHERE,
                    Map.of("HTTP_PROXY", "http://proxy.invalid:3128"),
                    "-Dhttp.proxyHost=127.0.0.1",
                    "-Dhttp.proxyPort=" + proxy.uri().getPort());
            assertThat(answer).isEmpty();
            assertThat(proxy.ranges()).containsExactly("none");
        }
    }

    @Test
    void proxyThatCannotBeReachedIsNamed() {
        assertThat(bring(ELSEWHERE, Map.of("HTTP_PROXY", "http://me:secret@127.0.0.1:1")))
                .isEqualTo(ELSEWHERE + ": the server cannot be reached through the proxy 127.0.0.1:1 of HTTP_PROXY"
                        + " (Connection refused): try again with a network, or put the file there by other means: "
                        + folder.resolve("things.tar.gz"));
    }

    @ParameterizedTest
    @CsvSource({
        "http://me:secret@, http://",
        "https://me:secret@127.0.0.1:3128, https://127.0.0.1:3128",
        "http://127.0.0.1:port, http://127.0.0.1:port",
        "me:secret@127.0.0.1:99999, http://127.0.0.1:99999"
    })
    void whatIsNoProxyIsRejectedWithoutItsPassword(String value, String shown) {
        assertThat(bring(ELSEWHERE, Map.of("HTTP_PROXY", value)))
                .isEqualTo("HTTP_PROXY: expected http://HOST:PORT or socks5://HOST:PORT, found " + shown);
    }

    /** What a proxy that asks for a password, and then allows nothing, is sent: the first lines of all requests. */
    private List<String> asked(String variable, String address) throws Exception {
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        try (ServerSocket proxy = new ServerSocket(0, 2, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> {
                while (!proxy.isClosed()) {
                    try (Socket socket = proxy.accept()) {
                        List<String> request = request(socket);
                        lines.addAll(request);
                        boolean isKnown = request.stream()
                                .anyMatch(line -> line.toLowerCase(Locale.ROOT).startsWith("proxy-authorization"));
                        String answer = isKnown ? "403 No" : "407 Who are you\r\nProxy-Authenticate: Basic realm=\"p\"";
                        socket.getOutputStream()
                                .write(("HTTP/1.1 " + answer + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                                        .getBytes(StandardCharsets.US_ASCII));
                    } catch (IOException e) {
                        // Nobody asks any more.
                    }
                }
            });
            answering.setDaemon(true);
            answering.start();
            bring(address, Map.of(variable, "http://me:sec%40ret@127.0.0.1:" + proxy.getLocalPort()));
        }
        return lines;
    }

    private static List<String> request(Socket socket) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        List<String> lines = new ArrayList<>();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            lines.add(line);
        }
        return lines;
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP_PROXY, http://data.invalid/files/things.tar.gz, GET http://data.invalid/files/things.tar.gz HTTP/1.1",
        "HTTPS_PROXY, https://data.invalid/things.tar.gz, CONNECT data.invalid:443 HTTP/1.1"
    })
    void nameAndPasswordAreSentToTheProxy(String variable, String address, String request) throws Exception {
        String encoded = Base64.getEncoder().encodeToString("me:sec@ret".getBytes(StandardCharsets.US_ASCII));
        assertThat(asked(variable, address))
                .contains(request)
                .anyMatch(line -> line.matches("(?i:proxy-authorization): Basic \\Q" + encoded + "\\E"));
    }
}
