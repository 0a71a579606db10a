package org.plastic4j.data.omniglot;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Decoded drawings on the disk, a file for each archive, named by its checksum. A file that is not whole counts for
 * nothing, and a folder that cannot be written to costs time and nothing else.
 *
 * @param folder where they are, created if need be
 */
record DrawingCache(Path folder) {
    /** With another number as soon as the same files are decoded otherwise. */
    private static final String MAGIC = "plastic4j drawings 2";

    private static final int CHECKSUM = 32;

    private Path file(String checksum) {
        return folder.resolve(String.format(Locale.ROOT, "omniglot-%d-%s.bin", Drawings.SIDE, checksum));
    }

    /** The drawings of the archive with this checksum; empty if they are not there. */
    Optional<Drawings> get(String checksum) {
        Path file = file(checksum);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        MessageDigest digest = sha256();
        try (DataInputStream in = new DataInputStream(
                new DigestInputStream(new java.io.BufferedInputStream(Files.newInputStream(file)), digest))) {
            if (!in.readUTF().equals(MAGIC)) {
                return Optional.empty();
            }
            List<String> names = new ArrayList<>();
            List<Integer> counts = new ArrayList<>();
            int characters = in.readInt();
            for (int c = 0; c < characters; c++) {
                names.add(in.readUTF());
                counts.add(in.readInt());
            }
            byte[] ink = in.readNBytes(in.readInt());
            byte[] found = digest.digest();
            return MessageDigest.isEqual(found, in.readNBytes(CHECKSUM))
                    ? Optional.of(new Drawings(names, counts, ink))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            // Written by a machine that lost power, say: it is written anew.
            return Optional.empty();
        }
    }

    /** Keeps drawings, if the folder lets it. */
    void put(String checksum, Drawings drawings) {
        try {
            Files.createDirectories(folder);
            Path part = Files.createTempFile(folder, "omniglot-", ".part");
            try {
                Files.write(part, bytes(drawings));
                Files.move(part, file(checksum), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(part);
            }
        } catch (IOException e) {
            // Without a cache, the next run decodes again.
        }
    }

    private static byte[] bytes(Drawings drawings) throws IOException {
        MessageDigest digest = sha256();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(new DigestOutputStream(bytes, digest))) {
            out.writeUTF(MAGIC);
            out.writeInt(drawings.names().size());
            for (int c = 0; c < drawings.names().size(); c++) {
                out.writeUTF(drawings.names().get(c));
                out.writeInt(drawings.counts().get(c));
            }
            out.writeInt(drawings.ink().length);
            out.write(drawings.ink());
        }
        bytes.write(digest.digest());
        return bytes.toByteArray();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
