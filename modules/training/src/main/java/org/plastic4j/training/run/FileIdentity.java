package org.plastic4j.training.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;

/**
 * Which file stands at a path: an open file can be written long after somebody removed it, or put another one in its place.
 *
 * @param path where it was
 * @param key what the file system knows it by; null where it has no such thing, as on Windows, which lets nobody remove an open
 *     file
 */
public record FileIdentity(Path path, Object key) {
    /**
     * @param path of a file that is there
     * @return which file it is
     * @throws IOException if it cannot be read
     */
    public static FileIdentity of(Path path) throws IOException {
        return new FileIdentity(
                path, Files.readAttributes(path, BasicFileAttributes.class).fileKey());
    }

    /** @return whether the same file is still there */
    public boolean isInPlace() {
        try {
            return Objects.equals(key, of(path).key);
        } catch (IOException e) {
            return false;
        }
    }
}
