package org.plastic4j.data.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.data.download.ArchiveServer.Manner;

class DatasetTest {
    private static final byte[] PICTURES = random(300_000);
    private static final byte[] LABELS = random(1_000);

    @TempDir
    private Path folder;

    private static byte[] random(int count) {
        byte[] bytes = new byte[count];
        new Random(count).nextBytes(bytes);
        return bytes;
    }

    private static byte[] archive() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("things/readme.html", random(50));
        files.put("things/pictures.bin", PICTURES);
        files.put("things/labels.bin", LABELS);
        return ArchiveServer.archive(files);
    }

    private static Dataset dataset(URI uri, byte[] archive) {
        return new Dataset(
                "Things",
                List.of(new RemoteFile(uri, archive.length, ArchiveServer.sha256(archive))),
                Map.of("things/pictures.bin", (long) PICTURES.length, "things/labels.bin", (long) LABELS.length));
    }

    private void bring(Dataset dataset) {
        dataset.bring(folder, Optional.empty(), (bytes, total) -> {});
    }

    private void refused(Dataset dataset, String sentence) {
        assertThatExceptionOfType(DownloadFailure.class)
                .isThrownBy(() -> bring(dataset))
                .withMessage(sentence);
    }

    private void assertBrought() {
        assertThat(folder.toFile().list()).containsExactly("things");
        assertThat(folder.resolve("things").toFile().list()).containsExactlyInAnyOrder("pictures.bin", "labels.bin");
        assertThat(folder.resolve("things/pictures.bin")).hasBinaryContent(PICTURES);
        assertThat(folder.resolve("things/labels.bin")).hasBinaryContent(LABELS);
    }

    @Test
    void archiveIsDownloadedCheckedUnpackedAndRemoved() throws IOException {
        byte[] archive = archive();
        List<Long> heard = new ArrayList<>();
        try (ArchiveServer server = new ArchiveServer(archive)) {
            dataset(server.uri(), archive).bring(folder, Optional.empty(), (bytes, total) -> {
                assertThat(total).isEqualTo(archive.length);
                heard.add(bytes);
            });
            assertThat(server.ranges()).containsExactly("none");
        }
        assertThat(heard).isSorted().endsWith((long) archive.length);
        assertBrought();
    }

    @Test
    void archiveWithBackslashesIsUnpackedIntoFolders() throws IOException {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("things\\pictures.bin", PICTURES);
        files.put("things\\labels.bin", LABELS);
        byte[] archive = ArchiveServer.archive(files);
        try (ArchiveServer server = new ArchiveServer(archive)) {
            bring(dataset(server.uri(), archive));
        }
        assertBrought();
    }

    @Test
    void nothingIsAskedForWhatIsThere() throws IOException {
        byte[] archive = archive();
        try (ArchiveServer server = new ArchiveServer(archive)) {
            bring(dataset(server.uri(), archive));
            bring(dataset(server.uri(), archive));
            assertThat(server.ranges()).hasSize(1);
        }
    }

    @Test
    void brokenDownloadGoesOnWhereItWas() throws IOException {
        byte[] archive = archive();
        try (ArchiveServer server = new ArchiveServer(archive).answering(Manner.BROKEN)) {
            Dataset dataset = dataset(server.uri(), archive);
            assertThatExceptionOfType(DownloadFailure.class)
                    .isThrownBy(() -> bring(dataset))
                    .withMessageStartingWith(server.uri() + ": the download broke off (")
                    .withMessageEndingWith("): the same command continues it");
            Path part = folder.resolve("things.tar.gz.part");
            long have = Files.size(part);
            assertThat(have).isPositive().isLessThan(archive.length);
            assertThat(folder.toFile().list()).containsExactly("things.tar.gz.part");

            server.answering(Manner.RANGES);
            bring(dataset);

            assertThat(server.ranges()).containsExactly("none", "bytes=" + have + "-");
        }
        assertBrought();
    }

    @Test
    void serverThatKnowsNoRangesSendsAllAnew() throws IOException {
        byte[] archive = archive();
        Files.write(folder.resolve("things.tar.gz.part"), Arrays.copyOf(archive, 1000));
        try (ArchiveServer server = new ArchiveServer(archive).answering(Manner.WHOLE)) {
            bring(dataset(server.uri(), archive));
            assertThat(server.ranges()).containsExactly("bytes=1000-");
        }
        assertBrought();
    }

    @Test
    void wrongChecksumIsRefusedAndTheNextAttemptBeginsAnew() throws IOException {
        byte[] archive = archive();
        byte[] wrong = archive.clone();
        wrong[500]++;
        Files.write(folder.resolve("things.tar.gz.part"), Arrays.copyOf(wrong, 1000));
        try (ArchiveServer server = new ArchiveServer(archive)) {
            Dataset dataset = dataset(server.uri(), archive);
            refused(
                    dataset,
                    "%s: expected %d bytes with %s, found %d with %s: it is removed, and the same command begins anew"
                            .formatted(
                                    folder.resolve("things.tar.gz.part"),
                                    archive.length,
                                    ArchiveServer.sha256(archive),
                                    wrong.length,
                                    ArchiveServer.sha256(wrong).hex()));
            assertThat(folder).isEmptyDirectory();
            bring(dataset);
        }
        assertBrought();
    }

    @Test
    void archiveThatWasPutThereByHandIsTakenIfItIsTheRightOne() throws IOException {
        byte[] archive = archive();
        Path file = folder.resolve("things.tar.gz");
        Dataset dataset = dataset(URI.create("http://127.0.0.1:1/things.tar.gz"), archive);
        Files.write(file, new byte[7]);
        refused(
                dataset,
                "%s: expected %d bytes with %s, found 7 with %s: remove it, and the same command downloads it"
                        .formatted(
                                file,
                                archive.length,
                                ArchiveServer.sha256(archive),
                                ArchiveServer.sha256(new byte[7]).hex()));
        assertThat(file).hasSize(7);

        Files.write(file, archive);
        bring(dataset);
        assertBrought();
    }

    @Test
    void fileThatTheServerDoesNotHaveIsRefusedWithItsAnswer() throws IOException {
        byte[] archive = archive();
        try (ArchiveServer server = new ArchiveServer(archive).answering(Manner.MISSING)) {
            refused(
                    dataset(server.uri(), archive),
                    server.uri() + ": expected the file (200), the server answered 404 (Not Found)");
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void withoutANetworkOneSentenceSaysWhatCanBeDone() throws IOException {
        byte[] archive = archive();
        URI nowhere = URI.create("http://plastic4j.invalid/things.tar.gz");
        refused(
                dataset(nowhere, archive),
                nowhere
                        + ": the server cannot be reached (unknown host plastic4j.invalid): try again with a network,"
                        + " or put the file there by other means: " + folder.resolve("things.tar.gz"));
        URI closed;
        try (ArchiveServer server = new ArchiveServer(archive)) {
            closed = server.uri();
        }
        assertThatExceptionOfType(DownloadFailure.class)
                .isThrownBy(() -> bring(dataset(closed, archive)))
                .withMessageStartingWith(closed + ": the server cannot be reached (Connection refused");
    }

    @Test
    void mirrorHasToHaveTheSameBytes() throws IOException {
        byte[] archive = archive();
        try (ArchiveServer server = new ArchiveServer(archive)) {
            Dataset dataset = dataset(URI.create("http://plastic4j.invalid/official.tar.gz"), archive);
            dataset.bring(folder, Optional.of(server.uri()), (bytes, total) -> {});
        }
        assertBrought();
    }

    private void unpacks(byte[] archive, String sentence) throws IOException {
        Files.write(folder.resolve("things.tar.gz"), archive);
        refused(dataset(URI.create("http://127.0.0.1:1/things.tar.gz"), archive), sentence);
    }

    @Test
    void entryOutsideTheFolderIsRefused(@TempDir Path elsewhere) throws IOException {
        String path = "things/../../" + elsewhere.getFileName() + "/evil";
        unpacks(
                ArchiveServer.archive(Map.of(path, new byte[3])),
                "%s: entry %s: expected a path inside the archive, found one outside"
                        .formatted(folder.resolve("things.tar.gz"), path));
        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void entryOfAnotherSizeIsRefused() throws IOException {
        unpacks(
                ArchiveServer.archive(Map.of("things/labels.bin", new byte[3])),
                folder.resolve("things.tar.gz")
                        + ": entry things/labels.bin: expected a file of 1000 bytes, found one of 3");
    }

    @Test
    void linkIsRefused() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            TarArchiveEntry link = new TarArchiveEntry("things/labels.bin", TarConstants.LF_SYMLINK);
            link.setLinkName("/etc/passwd");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        }
        unpacks(
                bytes.toByteArray(),
                folder.resolve("things.tar.gz")
                        + ": entry things/labels.bin: expected a file of 1000 bytes, found something else");
    }

    @Test
    void archiveWithoutAllFilesIsRefused() throws IOException {
        unpacks(
                ArchiveServer.archive(Map.of("things/labels.bin", LABELS)),
                folder + ": expected things/labels.bin, things/pictures.bin, found not all of them in the archive");
    }

    @Test
    void archivesThatAreUsedAsTheyAreComeFromOneFolderAndStay() throws IOException {
        byte[] one = {1, 2, 3};
        byte[] other = {4, 5};
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        Map<String, byte[]> served = Map.of("/mirror/one.zip", one, "/mirror/other.zip", other);
        server.createContext("/", exchange -> {
            byte[] bytes = served.get(exchange.getRequestURI().getPath());
            try (exchange) {
                exchange.sendResponseHeaders(bytes == null ? 404 : 200, bytes == null ? -1 : bytes.length);
                if (bytes != null) {
                    exchange.getResponseBody().write(bytes);
                }
            }
        });
        server.start();
        try {
            Dataset zips = new Dataset(
                    "zips",
                    List.of(
                            new RemoteFile(URI.create("http://127.0.0.1:1/a/one.zip"), 3, ArchiveServer.sha256(one)),
                            new RemoteFile(
                                    URI.create("http://127.0.0.1:1/b/other.zip"), 2, ArchiveServer.sha256(other))),
                    Map.of("one.zip", 3L, "other.zip", 2L));
            URI mirror = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/mirror");
            zips.bring(folder, Optional.of(mirror), (bytes, total) -> {});
            assertThat(folder.resolve("one.zip")).hasBinaryContent(one);
            assertThat(folder.resolve("other.zip")).hasBinaryContent(other);
            assertThat(zips.isIn(folder)).isTrue();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void secondDownloadIntoTheSameFolderIsRefusedWhileTheFirstOneRuns() throws IOException {
        byte[] archive = archive();
        List<String> refusals = new ArrayList<>();
        try (ArchiveServer server = new ArchiveServer(archive)) {
            Dataset dataset = dataset(server.uri(), archive);
            dataset.bring(folder, Optional.empty(), (bytes, total) -> {
                try {
                    bring(dataset);
                } catch (DownloadFailure e) {
                    refusals.add(e.getMessage());
                }
            });
            assertThat(server.ranges()).containsExactly("none");
        }
        assertThat(refusals)
                .isNotEmpty()
                .containsOnly(folder + ": another process is downloading into it, expected it to have ended");
        assertBrought();
    }
}
