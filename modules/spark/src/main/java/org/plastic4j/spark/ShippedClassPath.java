package org.plastic4j.spark;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A class path as files that executors can be sent, each with a name of its own.
 *
 * @param files the files, in the order of the class path
 */
record ShippedClassPath(List<Path> files) {
    /**
     * @param classPath folders and archives
     * @param made an empty folder for the archives that are made of folders
     */
    static ShippedClassPath of(String classPath, Path made) throws IOException {
        List<Path> files = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (String entry : classPath.split(File.pathSeparator)) {
            Path path = Path.of(entry);
            if (Files.isDirectory(path)) {
                path = archive(path, made.resolve("classes-" + files.size() + ".jar"));
            } else if (!Files.isRegularFile(path)) {
                continue;
            }
            if (!names.add(path.getFileName().toString())) {
                Path renamed = made.resolve(files.size() + "-" + path.getFileName());
                path = Files.copy(path, renamed);
                names.add(renamed.getFileName().toString());
            }
            files.add(path);
        }
        return new ShippedClassPath(List.copyOf(files));
    }

    List<String> names() {
        return files.stream().map(file -> file.getFileName().toString()).toList();
    }

    static Path archive(Path folder, Path archive) throws IOException {
        try (OutputStream out = Files.newOutputStream(archive);
                ZipOutputStream zip = new ZipOutputStream(out);
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
}
