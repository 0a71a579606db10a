package org.plastic4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.data.download.Checksum;
import org.plastic4j.data.download.Dataset;
import org.plastic4j.data.download.RemoteFile;
import org.plastic4j.training.trainer.Interrupt;

class DownloadTest {
    private static final byte[] NUMBERS = "1 2 3".getBytes(StandardCharsets.UTF_8);

    private final ByteArrayOutputStream outBytes = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errBytes = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    private HttpServer server;
    private byte[] archive;

    @BeforeEach
    void serve() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            TarArchiveEntry entry = new TarArchiveEntry("numbers/numbers.txt");
            entry.setSize(NUMBERS.length);
            tar.putArchiveEntry(entry);
            tar.write(NUMBERS);
            tar.closeArchiveEntry();
        }
        archive = bytes.toByteArray();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/numbers.tar.gz", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, archive.length);
                exchange.getResponseBody().write(archive);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private URI uri(String name) {
        return URI.create("http://127.0.0.1:%d/%s".formatted(server.getAddress().getPort(), name));
    }

    private int launch(Quadratic experiment, String... arguments) {
        outBytes.reset();
        errBytes.reset();
        return new Launcher(new Interrupt())
                .launch(
                        arguments,
                        experiment,
                        new PrintStream(outBytes, true, StandardCharsets.UTF_8),
                        new PrintStream(errBytes, true, StandardCharsets.UTF_8));
    }

    private Quadratic withNumbers(String name) throws Exception {
        Checksum checksum = new Checksum(
                "MD5", HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(archive)));
        Dataset numbers = new Dataset(
                "Numbers",
                List.of(new RemoteFile(uri(name), archive.length, checksum)),
                Map.of("numbers/numbers.txt", (long) NUMBERS.length));
        return new Quadratic() {
            @Override
            public Optional<Dataset> dataset() {
                return Optional.of(numbers);
            }
        };
    }

    private String out() {
        return outBytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    private String err() {
        return errBytes.toString(StandardCharsets.UTF_8).replace("\r\n", "\n");
    }

    @Test
    void dataAreBroughtOnceAndTheUserHearsWhereTheyAre() throws Exception {
        Path out = folder.resolve("data");

        assertThat(launch(withNumbers("numbers.tar.gz"), "download", "--out", out.toString()))
                .as(err())
                .isZero();

        assertThat(out()).isEqualTo("0 of 0 MB\nNumbers is in %1$s: --set data.dir=%1$s takes it.\n".formatted(out));
        assertThat(out.resolve("numbers/numbers.txt")).hasBinaryContent(NUMBERS);
        server.stop(0);
        assertThat(launch(withNumbers("numbers.tar.gz"), "download", "--out=" + out))
                .isZero();
        assertThat(out()).isEqualTo("Numbers is in %s already.\n".formatted(out));
    }

    @Test
    void mirrorIsTakenInsteadOfTheOfficialAddress() throws Exception {
        assertThat(launch(
                        withNumbers("nowhere"),
                        "download",
                        "--out",
                        folder.toString(),
                        "--from",
                        uri("numbers.tar.gz").toString()))
                .as(err())
                .isZero();
        assertThat(folder.resolve("numbers/numbers.txt")).exists();
    }

    @Test
    void failureIsOneSentenceWithExitCodeOne() throws Exception {
        assertThat(launch(withNumbers("nowhere"), "download", "--out", folder.toString()))
                .isEqualTo(Launcher.FAILURE);
        assertThat(err())
                .isEqualTo(uri("nowhere") + ": expected the file (200), the server answered 404 (Not Found).\n");
        assertThat(out()).isEmpty();
    }

    @Test
    void usageErrorsAreRejected() throws Exception {
        assertThat(launch(withNumbers("x"), "download")).isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err()).isEqualTo("--out: missing option, expected a folder for the data.\n");
        assertThat(launch(withNumbers("x"), "download", "--out", "x", "--from", "file:///x"))
                .isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err())
                .isEqualTo("--from: expected an address, as in https://example.org/data.tar.gz, found 'file:///x'.\n");
        assertThat(launch(new Quadratic(), "download", "--out", folder.toString()))
                .isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err()).isEqualTo("quadratic: this experiment needs no data.\n");
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(launch(withNumbers("x"), "download", "--out", file.toString()))
                .isEqualTo(Launcher.USAGE_ERROR);
        assertThat(err()).startsWith("--out " + file + ": expected a folder that can be written, found another (");
    }

    @Test
    void helpPrintsTheUsage() throws Exception {
        assertThat(launch(withNumbers("x"), "download", "--help")).isZero();
        assertThat(out()).startsWith("Usage: scripts/download quadratic").contains("--from");
    }
}
