package org.plastic4j.training.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.plastic4j.training.UserError;

/**
 * The text of a configuration, not read yet.
 *
 * @param name what messages call it: the path of the file or resource
 * @param yaml the text
 * @param loader where the resource is; empty for a file
 * @param shipped configurations that it may extend by their names; empty for none
 */
public record ConfigText(String name, String yaml, Optional<ClassLoader> loader, Optional<ConfigFiles> shipped) {
    /**
     * The text of a file.
     *
     * @param name the file's path
     * @param yaml the text
     */
    public ConfigText(String name, String yaml) {
        this(name, yaml, Optional.empty(), Optional.empty());
    }

    /**
     * @param file an existing file in UTF-8
     * @return its text, under the path as given
     * @throws UserError if it cannot be read
     */
    public static ConfigText file(Path file) {
        try {
            return new ConfigText(file.toString(), decoded(file.toString(), Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UserError(String.format(Locale.ROOT, "%s: the configuration cannot be read (%s)", file, e), e);
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
            return new ConfigText(path, decoded(path, in.readAllBytes()), Optional.of(loader), Optional.empty());
        } catch (IOException e) {
            throw new IllegalArgumentException("unreadable resource " + path, e);
        }
    }

    ConfigText besides(ConfigFiles configs) {
        return new ConfigText(name, yaml, loader, Optional.of(configs));
    }

    /**
     * Another configuration, named relative to this one: a file beside a file, a resource beside a resource; or the bare
     * name of one that is shipped.
     *
     * @param path its path, with slashes
     * @return its text, or nothing if there is none
     * @throws UserError if it cannot be read
     */
    Optional<ConfigText> sibling(String path) {
        try {
            Path file = Path.of(name).resolveSibling(path).normalize();
            if (loader.isEmpty()) {
                return Files.isRegularFile(file)
                        ? Optional.of(new ConfigText(file.toString(), file(file).yaml(), Optional.empty(), shipped))
                        : shipped.flatMap(configs -> configs.shipped(path));
            }
            String resource = file.toString().replace('\\', '/');
            return loader.get().getResource(resource) == null
                    ? Optional.empty()
                    : Optional.of(resource(loader.get(), resource));
        } catch (InvalidPathException e) {
            return Optional.empty();
        }
    }

    private static String decoded(String name, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new UserError(name + ": expected a configuration in UTF-8, found other bytes", e);
        }
    }
}
