package org.plastic4j.spark;

import java.io.BufferedOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A class path as one archive that executors can be sent: Spark starts a program for each file that it brings, and a class
 * path has a hundred of them.
 *
 * @param archive the archive of the class path's entries
 * @param names their names in it, in the order of the class path
 */
record ShippedClassPath(Path archive, List<String> names) {
    /**
     * @param classPath folders and archives
     * @param made an empty folder for what is made
     */
    static ShippedClassPath of(String classPath, Path made) throws IOException {
        Path archive = made.resolve("class-path.tar");
        Set<String> names = new LinkedHashSet<>();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(buffered(archive), "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (String entry : classPath.split(File.pathSeparator)) {
                Path path = Path.of(entry);
                if (Files.isDirectory(path)) {
                    path = archive(path, made.resolve("classes.jar"));
                } else if (!Files.isRegularFile(path)) {
                    continue;
                }
                String name = path.getFileName().toString();
                if (!names.add(name)) {
                    name = names.size() + "-" + name;
                    names.add(name);
                }
                tar.putArchiveEntry(new TarArchiveEntry(path, name));
                Files.copy(path, tar);
                tar.closeArchiveEntry();
            }
        }
        return new ShippedClassPath(archive, List.copyOf(names));
    }

    static Path archive(Path folder, Path archive) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(buffered(archive));
                Stream<Path> all = Files.walk(folder)) {
            zip.setLevel(Deflater.BEST_SPEED);
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                zip.putNextEntry(new ZipEntry(folder.relativize(file).toString().replace('\\', '/')));
                Files.copy(file, zip);
                zip.closeEntry();
            }
        }
        return archive;
    }

    private static OutputStream buffered(Path file) throws IOException {
        return new BufferedOutputStream(Files.newOutputStream(file));
    }
}
