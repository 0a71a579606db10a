package org.plastic4j.data.download;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What a file's bytes have to add up to.
 *
 * @param algorithm a name that Java knows, as in SHA-256 or MD5
 * @param hex the sum in lower-case hexadecimal digits
 */
public record Checksum(String algorithm, String hex) {
    /**
     * Checks that there is such an algorithm.
     *
     * @param algorithm a name that Java knows, as in SHA-256 or MD5
     * @param hex the sum in lower-case hexadecimal digits
     */
    public Checksum {
        digest(algorithm);
        hex = hex.toLowerCase(Locale.ROOT);
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalArgumentException("Checksum: expected an algorithm of this Java, found " + algorithm, e);
        }
    }

    /**
     * @param file a file
     * @return the same sum of its bytes
     * @throws IOException if it cannot be read
     */
    public Checksum of(Path file) throws IOException {
        MessageDigest digest = digest(algorithm);
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        return new Checksum(algorithm, HexFormat.of().formatHex(digest.digest()));
    }

    @Override
    public String toString() {
        return algorithm + " " + hex;
    }
}
