package org.plastic4j.data.download;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** A server on this machine with one archive, which answers as it is told to. */
final class ArchiveServer implements AutoCloseable {
    /** How it answers. */
    enum Manner {
        /** With ranges, as servers of files do. */
        RANGES,
        /** Always with the whole file. */
        WHOLE,
        /** Breaks off in the middle. */
        BROKEN,
        /** There is no such file. */
        MISSING
    }

    private final HttpServer server;
    private final byte[] archive;
    private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
    private volatile Manner manner = Manner.RANGES;

    ArchiveServer(byte[] archive) throws IOException {
        this.archive = archive.clone();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    ArchiveServer answering(Manner now) {
        manner = now;
        return this;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/files/things.tar.gz");
    }

    /** The Range header of every request; "none" for one without. */
    List<String> ranges() {
        return ranges;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        ranges.add(range == null ? "none" : range);
        try (exchange) {
            if (manner == Manner.MISSING) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            int from = range == null || manner == Manner.WHOLE
                    ? 0
                    : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
            byte[] rest = Arrays.copyOfRange(archive, from, archive.length);
            if (from > 0) {
                exchange.getResponseHeaders()
                        .add("Content-Range", "bytes %d-%d/%d".formatted(from, archive.length - 1, archive.length));
            }
            exchange.sendResponseHeaders(from > 0 ? 206 : 200, rest.length);
            OutputStream body = exchange.getResponseBody();
            body.write(rest, 0, manner == Manner.BROKEN ? rest.length / 2 : rest.length);
            body.flush();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }

    static byte[] archive(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                TarArchiveEntry entry = new TarArchiveEntry(file.getKey(), true);
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
        return bytes.toByteArray();
    }

    static Checksum sha256(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new Checksum("SHA-256", HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
