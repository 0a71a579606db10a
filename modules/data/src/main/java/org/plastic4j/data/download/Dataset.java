package org.plastic4j.data.download;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Published data: archives, and the files in them that are used.
 *
 * @param name what it is, for people
 * @param archives .tar.gz archives, or others that stay as they are because they are among the files
 * @param files the files that are used, by their paths below the folder, with their sizes
 */
public record Dataset(String name, List<RemoteFile> archives, Map<String, Long> files) {
    /**
     * Copies both.
     *
     * @param name what it is, for people
     * @param archives .tar.gz archives, or others that stay as they are because they are among the files
     * @param files the files that are used, by their paths below the folder, with their sizes
     */
    public Dataset {
        archives = List.copyOf(archives);
        files = new TreeMap<>(files);
    }

    /**
     * @param folder a folder
     * @return whether all files are in it, at their sizes
     * @throws IOException if it cannot be read
     */
    public boolean isIn(Path folder) throws IOException {
        for (Map.Entry<String, Long> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            if (!Files.isRegularFile(path) || Files.size(path) != file.getValue()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Downloads, checks and unpacks what is not there yet, and removes the archives again that are unpacked. An archive that lies in the
     * folder already is taken, if its checksum is right; a download that was broken off is gone on with.
     *
     * @param folder where to, created if need be
     * @param mirror another address for the archive, if there is but one, else for the folder in which all are; their
     *     checksums stay the same
     * @param progress hears how far the download is
     * @throws DownloadFailure if it does not succeed
     */
    public void bring(Path folder, Optional<URI> mirror, DownloadProgress progress) {
        try {
            if (isIn(folder)) {
                return;
            }
            Files.createDirectories(folder);
            FolderClaim claim = FolderClaim.of(folder);
            try {
                bringInto(folder, mirror, progress);
            } finally {
                claim.close();
            }
        } catch (IOException e) {
            throw new DownloadFailure(
                    String.format(Locale.ROOT, "%s: %s cannot be unpacked there (%s)", folder, name, e), e);
        }
    }

    private void bringInto(Path folder, Optional<URI> mirror, DownloadProgress progress) throws IOException {
        if (isIn(folder)) {
            return;
        }
        for (RemoteFile archive : archives) {
            Path file = folder.resolve(archive.name());
            new Download(mirror.map(uri -> elsewhere(archive, uri)).orElse(archive), file, progress).fetch();
            if (!files.containsKey(archive.name())) {
                TarGz.unpack(file, folder, files);
            }
        }
        if (!isIn(folder)) {
            throw new DownloadFailure(String.format(
                    Locale.ROOT,
                    "%s: expected %s, found not all of them in the archive",
                    folder,
                    String.join(", ", files.keySet())));
        }
        for (RemoteFile archive : archives) {
            if (!files.containsKey(archive.name())) {
                Files.delete(folder.resolve(archive.name()));
            }
        }
    }

    private RemoteFile elsewhere(RemoteFile archive, URI mirror) {
        if (archives.size() == 1) {
            return archive.from(mirror);
        }
        String folder = mirror.toString();
        return archive.from(URI.create(folder + (folder.endsWith("/") ? "" : "/") + archive.name()));
    }
}
