package org.plastic4j.data.download;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** Unpacks those files of a .tar.gz archive that are asked for, and nothing outside the folder. */
final class TarGz {
    private TarGz() {}

    /**
     * @param archive the archive
     * @param folder where its files go
     * @param wanted their paths in the archive, which they keep, with their sizes
     * @throws DownloadFailure if an entry would lie outside the folder, is no plain file, or has another size
     * @throws IOException if the archive cannot be read or a file cannot be written
     */
    static void unpack(Path archive, Path folder, Map<String, Long> wanted) throws IOException {
        Path root = folder.toAbsolutePath().normalize();
        try (TarArchiveInputStream in = new TarArchiveInputStream(
                new GZIPInputStream(new BufferedInputStream(Files.newInputStream(archive))))) {
            for (TarArchiveEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                // Some tools write backslashes.
                Path target = root.resolve(entry.getName().replace('\\', '/')).normalize();
                if (!target.startsWith(root)) {
                    throw new DownloadFailure(String.format(
                            Locale.ROOT,
                            "%s: entry %s: expected a path inside the archive, found one outside",
                            archive,
                            entry.getName()));
                }
                String name = root.relativize(target).toString().replace('\\', '/');
                if (wanted.containsKey(name)) {
                    check(archive, entry, wanted.get(name));
                    Files.createDirectories(target.getParent());
                    Path part = target.resolveSibling(target.getFileName() + ".part");
                    Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
                    Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        }
    }

    private static void check(Path archive, TarArchiveEntry entry, long bytes) {
        // A link could lead anywhere, whatever its name; the library calls it a file.
        boolean plain = entry.isFile() && !entry.isLink() && !entry.isSymbolicLink();
        if (!plain || entry.getSize() != bytes) {
            throw new DownloadFailure(String.format(
                    Locale.ROOT,
                    "%s: entry %s: expected a file of %d bytes, found %s",
                    archive,
                    entry.getName(),
                    bytes,
                    plain ? "one of " + entry.getSize() : "something else"));
        }
    }
}
