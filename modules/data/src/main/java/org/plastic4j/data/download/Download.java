package org.plastic4j.data.download;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.HttpURLConnection;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Brings one file: into NAME.part first, which a later attempt continues, and under its name when its size and
 * checksum are right.
 */
final class Download {
    private static final int PARTIAL = HttpURLConnection.HTTP_PARTIAL;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final int CONNECT_MILLIS = 20_000;
    private static final int READ_MILLIS = 60_000;
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-\\d+/.*");

    private final RemoteFile remote;
    private final Path file;
    private final Path part;
    private final DownloadProgress progress;

    Download(RemoteFile remote, Path file, DownloadProgress progress) {
        this.remote = remote;
        this.file = file;
        this.part = file.resolveSibling(file.getFileName() + ".part");
        this.progress = progress;
    }

    /** Afterwards the file is there, whole. */
    void fetch() {
        try {
            if (!Files.exists(file)) {
                long have = Files.exists(part) ? Files.size(part) : 0;
                if (have > remote.bytes()) {
                    Files.delete(part);
                    have = 0;
                }
                if (have < remote.bytes()) {
                    request(have);
                }
                verify(part);
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            } else {
                verify(file);
            }
        } catch (UnknownHostException | ConnectException | NoRouteToHostException | SocketTimeoutException e) {
            throw new DownloadFailure(
                    String.format(
                            Locale.ROOT,
                            "%s: the server cannot be reached%s (%s): try again with a network, or put the file there"
                                    + " by other means: %s",
                            remote.uri(),
                            proxy().map(proxy -> " through " + proxy).orElse(""),
                            reason(e),
                            file),
                    e);
        } catch (IOException e) {
            throw new DownloadFailure(
                    String.format(
                            Locale.ROOT,
                            "%s: the download broke off (%s): the same command continues it",
                            remote.uri(),
                            reason(e)),
                    e);
        }
    }

    private static String reason(IOException e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return e instanceof UnknownHostException ? "unknown host " + message : message;
    }

    private Optional<ProxyRoute> proxy() {
        return ProxyRoute.to(remote.uri(), System::getenv);
    }

    private void request(long have) throws IOException {
        Optional<ProxyRoute> proxy = proxy();
        HttpURLConnection connection = proxy.isPresent()
                ? proxy.get().open(remote.uri())
                : (HttpURLConnection) remote.uri().toURL().openConnection();
        connection.setConnectTimeout(CONNECT_MILLIS);
        connection.setReadTimeout(READ_MILLIS);
        connection.setRequestProperty("Accept-Encoding", "identity");
        if (have > 0) {
            connection.setRequestProperty("Range", "bytes=" + have + "-");
        }
        try {
            int code = connection.getResponseCode();
            OptionalLong from = from(connection, code, have);
            if (from.isEmpty()) {
                throw new DownloadFailure(String.format(
                        Locale.ROOT,
                        "%s: expected the file (200), the server answered %d (%s)",
                        remote.uri(),
                        code,
                        connection.getResponseMessage()));
            }
            receive(connection, from.getAsLong());
        } finally {
            connection.disconnect();
        }
    }

    /** Where in the file the answer's first byte belongs; empty if it is none of the file. */
    private OptionalLong from(HttpURLConnection connection, int code, long have) throws IOException {
        if (code == HttpURLConnection.HTTP_OK) {
            return OptionalLong.of(0);
        }
        String range = connection.getHeaderField("Content-Range");
        if (code == PARTIAL && range != null) {
            Matcher matcher = CONTENT_RANGE.matcher(range);
            if (matcher.matches() && Long.parseLong(matcher.group(1)) == have) {
                return OptionalLong.of(have);
            }
        }
        if (code == RANGE_NOT_SATISFIABLE || code == PARTIAL) {
            // What lies here cannot be a beginning of what lies there.
            Files.deleteIfExists(part);
        }
        return OptionalLong.empty();
    }

    private void receive(HttpURLConnection connection, long from) throws IOException {
        long bytes = from;
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = connection.getInputStream();
                OutputStream out = Files.newOutputStream(
                        part,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        from == 0 ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.APPEND)) {
            for (int read = in.read(buffer); read >= 0 && bytes <= remote.bytes(); read = in.read(buffer)) {
                out.write(buffer, 0, read);
                bytes += read;
                progress.at(bytes, remote.bytes());
            }
        }
        if (bytes < remote.bytes()) {
            throw new IOException(String.format(Locale.ROOT, "%d of %d bytes came", bytes, remote.bytes()));
        }
    }

    /** A part that is wrong is removed, so that the next attempt begins anew; a file of the user's stays. */
    private void verify(Path candidate) throws IOException {
        long size = Files.size(candidate);
        Checksum found = remote.checksum().of(candidate);
        if (size == remote.bytes() && found.equals(remote.checksum())) {
            return;
        }
        String sentence = String.format(
                Locale.ROOT,
                "%s: expected %d bytes with %s, found %d with %s",
                candidate,
                remote.bytes(),
                remote.checksum(),
                size,
                found.hex());
        if (candidate.equals(part)) {
            Files.delete(part);
            throw new DownloadFailure(sentence + ": it is removed, and the same command begins anew");
        }
        throw new DownloadFailure(sentence + ": remove it, and the same command downloads it");
    }
}
