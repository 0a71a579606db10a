package org.plastic4j.experiment.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.plastic4j.experiment.UserError;

/**
 * The text of a configuration, not read yet.
 *
 * @param name what messages call it: the path of the file or resource
 * @param yaml the text
 */
public record ConfigText(String name, String yaml) {
    /**
     * @param file an existing file in UTF-8
     * @return its text, under the path as given
     * @throws UserError if it cannot be read
     */
    public static ConfigText file(Path file) {
        try {
            return decoded(file.toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UserError("%s: the configuration cannot be read (%s)".formatted(file, e), e);
        }
    }

    /**
     * @param loader where to look
     * @param path the resource's path, without a leading slash
     * @return its text, under that path
     * @throws IllegalArgumentException if there is none: resources are the program's, not the user's
     */
    public static ConfigText resource(ClassLoader loader, String path) {
        try (InputStream in = loader.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("no resource " + path);
            }
            return decoded(path, in.readAllBytes());
        } catch (IOException e) {
            throw new IllegalArgumentException("unreadable resource " + path, e);
        }
    }

    private static ConfigText decoded(String name, byte[] bytes) {
        try {
            return new ConfigText(
                    name,
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException e) {
            throw new UserError(name + ": expected a configuration in UTF-8, found other bytes", e);
        }
    }
}
