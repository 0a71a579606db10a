package org.plastic4j.spark.task;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;

/** Files in a folder of any of Hadoop's file systems, named by their paths in it, as in {@code seed-0/metrics.csv}. */
public final class StoreFiles {
    private static final int BUFFER = 1 << 16;
    private static final String PART = ".part";
    private static final String WHOLE = ".whole";

    private final FileSystem system;
    private final org.apache.hadoop.fs.Path root;

    StoreFiles(FileSystem system, org.apache.hadoop.fs.Path root) {
        this.system = system;
        this.root = root;
    }

    /**
     * @param root the folder, which need not exist yet
     * @param settings of Hadoop, beside those of this machine
     * @return the files in it
     * @throws IOException if there is no such file system
     */
    public static StoreFiles open(URI root, Map<String, String> settings) throws IOException {
        Configuration configuration = new Configuration();
        settings.forEach(configuration::set);
        FileSystem system = FileSystem.get(root, configuration);
        // Hadoop's checksums would lie beside every file of the user's.
        return new StoreFiles(
                system instanceof LocalFileSystem local ? local.getRawFileSystem() : system,
                new org.apache.hadoop.fs.Path(root));
    }

    private org.apache.hadoop.fs.Path path(String name) {
        return name.isEmpty() ? root : new org.apache.hadoop.fs.Path(root, name);
    }

    /** @return the address of a file, for messages */
    String address(String name) {
        return path(name).toString();
    }

    /**
     * @param name a path
     * @return whether there is a file or a folder
     * @throws IOException if that cannot be said
     */
    public boolean exists(String name) throws IOException {
        return system.exists(path(name));
    }

    /** Creates a folder, with those that it is in. */
    public void makeFolder(String name) throws IOException {
        if (!system.mkdirs(path(name))) {
            throw new IOException(address(name) + " cannot be created");
        }
    }

    /** The names of what is in a folder; empty if there is none. */
    List<String> list(String folder) throws IOException {
        try {
            return Arrays.stream(system.listStatus(path(folder)))
                    .map(FileStatus::getPath)
                    .map(org.apache.hadoop.fs.Path::getName)
                    .sorted()
                    .toList();
        } catch (FileNotFoundException e) {
            return List.of();
        }
    }

    /**
     * A file as its folder lists it.
     *
     * @param name its path in the folder
     * @param size in bytes
     * @param modified in milliseconds since 1970
     */
    public record Entry(String name, long size, long modified) {}

    /**
     * @param folder a folder
     * @return all files in it at any depth; none if there is no such folder
     * @throws IOException if they cannot be listed
     */
    public List<Entry> walk(String folder) throws IOException {
        List<Entry> entries = new ArrayList<>();
        walk(folder, entries);
        return entries;
    }

    /** Without the file system's own recursion, which asks for permissions: on a local disk a process for each file. */
    private void walk(String name, List<Entry> entries) throws IOException {
        try {
            for (FileStatus file : system.listStatus(path(name))) {
                String own = file.getPath().getName();
                String found = name.isEmpty() ? own : name + "/" + own;
                if (file.isDirectory()) {
                    walk(found, entries);
                } else {
                    entries.add(new Entry(found, file.getLen(), file.getModificationTime()));
                }
            }
        } catch (FileNotFoundException e) {
            // What vanishes while it is listed is being replaced, and is listed the next time.
            return;
        }
    }

    /**
     * @param name a small text's path
     * @return the text, in UTF-8; empty if there is none
     * @throws IOException if it cannot be read
     */
    public Optional<String> read(String name) throws IOException {
        try (InputStream in = system.open(path(name))) {
            return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (FileNotFoundException e) {
            return Optional.empty();
        }
    }

    /**
     * Writes a small text under a temporary name and moves it into place.
     *
     * @param name its path
     * @param text its content
     * @throws IOException if it cannot be written; what was there before is then still there
     */
    public void write(String name, String text) throws IOException {
        whole(name, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * The same only if there is no such file. Of several that try at once, one succeeds where the file system can tell.
     *
     * @return whether it was written
     */
    public boolean writeNew(String name, String text) throws IOException {
        try (OutputStream out = create(path(name), false)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            return true;
        } catch (org.apache.hadoop.fs.FileAlreadyExistsException | java.nio.file.FileAlreadyExistsException e) {
            return false;
        }
    }

    /**
     * Copies a file of this machine under a temporary name and moves it into place.
     *
     * @param local the file
     * @param name its path in the store
     * @throws IOException if it cannot be copied; what was there before is then still there
     */
    public void put(Path local, String name) throws IOException {
        whole(name, out -> Files.copy(local, out));
    }

    /** With the file system's default permissions; to set them takes a process for each file on a local disk. */
    private OutputStream create(org.apache.hadoop.fs.Path path, boolean overwrite) throws IOException {
        return system.create(
                path, overwrite, BUFFER, system.getDefaultReplication(path), system.getDefaultBlockSize(path), null);
    }

    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private void whole(String name, Content content) throws IOException {
        org.apache.hadoop.fs.Path to = path(name);
        org.apache.hadoop.fs.Path temporary = beside(to, PART);
        try {
            try (OutputStream out = create(temporary, true)) {
                content.writeTo(out);
            }
            if (system.getUri().getScheme().equals("file")) {
                rename(temporary, to);
                return;
            }
            // Most others replace no file by renaming: of a file with this name all has been written.
            org.apache.hadoop.fs.Path whole = beside(to, WHOLE);
            system.delete(whole, false);
            rename(temporary, whole);
            system.delete(to, false);
            rename(whole, to);
        } catch (IOException | RuntimeException e) {
            deleteAfter(e, temporary);
            throw e;
        }
    }

    private static org.apache.hadoop.fs.Path beside(org.apache.hadoop.fs.Path file, String end) {
        return new org.apache.hadoop.fs.Path(file.getParent(), "." + file.getName() + end);
    }

    /** Moves those files of a folder into place that were written by somebody who then could not do that any more. */
    void settle(String folder) throws IOException {
        for (String name : list(folder)) {
            if (name.startsWith(".") && name.endsWith(WHOLE)) {
                org.apache.hadoop.fs.Path to = path(folder + "/" + name.substring(1, name.length() - WHOLE.length()));
                system.delete(to, false);
                rename(path(folder + "/" + name), to);
            }
        }
    }

    private void deleteAfter(Exception problem, org.apache.hadoop.fs.Path path) {
        try {
            system.delete(path, true);
        } catch (IOException e) {
            problem.addSuppressed(e);
        }
    }

    /**
     * Copies a file of the store to this machine, with its time, under a temporary name first.
     *
     * @param name its path in the store
     * @param local where to
     * @throws IOException if it cannot be copied
     */
    public void get(String name, Path local) throws IOException {
        Files.createDirectories(local.toAbsolutePath().getParent());
        Path temporary = local.resolveSibling("." + local.getFileName() + PART);
        try (InputStream in = system.open(path(name))) {
            Files.copy(in, temporary, StandardCopyOption.REPLACE_EXISTING);
            Files.setLastModifiedTime(
                    temporary,
                    FileTime.fromMillis(system.getFileStatus(path(name)).getModificationTime()));
            Files.move(temporary, local, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Renames a folder; there is none of the new name. */
    void rename(String from, String to) throws IOException {
        rename(path(from), path(to));
    }

    private void rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to) throws IOException {
        if (!system.rename(from, to)) {
            throw new IOException(from + " cannot be renamed to " + to);
        }
    }

    /** Deletes a file, or a folder with all that is in it, if it is there. */
    public void delete(String name) throws IOException {
        system.delete(path(name), true);
    }
}
