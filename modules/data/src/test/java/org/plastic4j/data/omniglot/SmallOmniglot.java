package org.plastic4j.data.omniglot;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** An archive in Omniglot's layout with five characters of two alphabets, three drawings each. */
final class SmallOmniglot {
    static final OfficialArchive ARCHIVE =
            new OfficialArchive("images_background", Map.of("Greek", 3, "Runes_(Elder)", 2), 3);
    static final Omniglot.HeldOut HELD_OUT =
            new Omniglot.HeldOut(Set.of("Greek/character02"), Set.of("Runes_(Elder)/character01"));
    static final Omniglot.Sets SETS = new Omniglot.Sets(OmniglotSplit.BACKGROUND, false);

    private SmallOmniglot() {}

    /** Its files. Of character c, the first row of pixels has c + 1 black ones, the second as many as the drawing's number. */
    static Map<String, byte[]> files() {
        Map<String, byte[]> files = new LinkedHashMap<>();
        List<String> characters = ARCHIVE.characters();
        for (int c = 0; c < characters.size(); c++) {
            for (int d = 1; d <= ARCHIVE.drawings(); d++) {
                files.put(
                        String.format(Locale.ROOT, "images_background/%s/%04d_%02d.png", characters.get(c), c + 1, d),
                        png(105, (c + 1) * 10, d * 10));
            }
        }
        files.put("images_background/.DS_Store", new byte[] {1, 2, 3});
        return files;
    }

    static byte[] png(int side, int first, int second) {
        BufferedImage image = new BufferedImage(side, side, BufferedImage.TYPE_BYTE_BINARY);
        for (int i = 0; i < side; i++) {
            for (int j = 0; j < side; j++) {
                boolean ink = i < 4 && j < first || i >= 50 && i < 54 && j < second;
                image.setRGB(j, i, ink ? 0x000000 : 0xffffff);
            }
        }
        try (ByteArrayOutputStream bytes = new ByteArrayOutputStream()) {
            ImageIO.write(image, "png", bytes);
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] zip(Map<String, byte[]> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(file.getValue().length);
                CRC32 crc = new CRC32();
                crc.update(file.getValue());
                entry.setCrc(crc.getValue());
                zip.putNextEntry(entry);
                zip.write(file.getValue());
            }
        }
        return bytes.toByteArray();
    }

    static void unpack(Map<String, byte[]> files, Path folder) throws IOException {
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.write(path, file.getValue());
        }
    }
}
