package org.plastic4j.data.omniglot;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import org.plastic4j.data.InvalidData;

/**
 * Reads an archive, as a zip or unpacked: {@code NAME/ALPHABET/characterNN/CCCC_DD.png}, DD being the number of the
 * drawing. Other files are passed over.
 */
final class ArchiveReader {
    private static final int SIDE = 105;
    private static final AreaAverage SMALLER = new AreaAverage(SIDE, Drawings.SIDE);

    private final OfficialArchive archive;
    private final Path path;
    private final Pattern drawing;

    /** The bytes of all drawings. Sorted, so that they do not depend on the order of files. */
    private final Map<String, byte[]> files = new TreeMap<>();

    private ArchiveReader(OfficialArchive archive, Path path) {
        this.archive = archive;
        this.path = path;
        drawing = Pattern.compile(Pattern.quote(archive.name()) + "/([^/]+/character\\d\\d)/(\\d{4}_(\\d\\d))\\.png");
    }

    /**
     * The archive in a folder, as a zip or unpacked, also into a folder of its own name; empty if there is none of these.
     */
    static Optional<Path> find(OfficialArchive archive, Path folder) {
        Path unpacked = folder.resolve(archive.name());
        return Stream.of(folder.resolve(archive.name() + ".zip"), unpacked.resolve(archive.name()), unpacked)
                .filter(Files::exists)
                .findFirst();
    }

    /**
     * Reads all drawings, or takes them from the cache if it has the same.
     *
     * @param cache where they are kept
     * @throws InvalidData if the archive is not what it should be
     */
    static Loaded read(OfficialArchive archive, Path path, DrawingCache cache) {
        ArchiveReader reader = new ArchiveReader(archive, path);
        try {
            if (Files.isDirectory(path)) {
                reader.readFolder();
            } else {
                reader.readZip();
            }
        } catch (IOException e) {
            throw new InvalidData(
                    String.format(
                            Locale.ROOT,
                            "%s: expected %s of Omniglot, which cannot be read (%s)",
                            path,
                            archive.name(),
                            e),
                    e);
        }
        String checksum = reader.checksum();
        Optional<Drawings> kept = cache.get(checksum);
        if (kept.isPresent()) {
            return new Loaded(kept.get(), checksum);
        }
        Drawings drawings = reader.drawings();
        cache.put(checksum, drawings);
        return new Loaded(drawings, checksum);
    }

    /**
     * What an archive holds.
     *
     * @param drawings its drawings
     * @param checksum the SHA-256 of their names and files, the same for a zip and for the unpacked folder
     */
    record Loaded(Drawings drawings, String checksum) {}

    private void readZip() throws IOException {
        try (ZipFile zip = new ZipFile(path.toFile())) {
            for (ZipEntry entry : zip.stream().filter(this::isDrawing).toList()) {
                try {
                    byte[] bytes = zip.getInputStream(entry).readAllBytes();
                    if (files.put(officialName(entry), bytes) != null) {
                        throw new InvalidData(String.format(
                                Locale.ROOT,
                                "%s: expected each drawing once, found %s twice",
                                path,
                                officialName(entry)));
                    }
                } catch (IOException e) {
                    throw new InvalidData(
                            String.format(
                                    Locale.ROOT,
                                    "%s: entry %s: expected a drawing, which cannot be read (%s)",
                                    path,
                                    entry.getName(),
                                    e.getMessage()),
                            e);
                }
            }
        }
    }

    private boolean isDrawing(ZipEntry entry) {
        return drawing.matcher(officialName(entry)).matches();
    }

    /** Some tools write backslashes, and whoever packs folders anew packs those around them too. */
    private String officialName(ZipEntry entry) {
        String name = entry.getName().replace('\\', '/');
        return name.substring(Math.max(0, name.lastIndexOf(archive.name() + "/")));
    }

    private void readFolder() throws IOException {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path file : (Iterable<Path>) all::iterator) {
                String name =
                        archive.name() + "/" + path.relativize(file).toString().replace('\\', '/');
                if (drawing.matcher(name).matches()) {
                    files.put(name, Files.readAllBytes(file));
                }
            }
        }
    }

    private String checksum() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach((name, bytes) -> {
                digest.update((name + "\n" + bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            });
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private Drawings drawings() {
        // Their names by character and number.
        Map<String, TreeMap<Integer, String>> found = new TreeMap<>();
        files.keySet().forEach(name -> {
            Matcher matcher = drawing.matcher(name);
            if (matcher.matches()) {
                found.computeIfAbsent(matcher.group(1), character -> new TreeMap<>())
                        .put(Integer.valueOf(matcher.group(3)), name);
            }
        });
        check(found);
        byte[] ink = new byte[files.size() * Drawings.PIXELS];
        List<Integer> counts = new ArrayList<>();
        int at = 0;
        for (TreeMap<Integer, String> character : found.values()) {
            counts.add(character.size());
            for (String name : character.values()) {
                System.arraycopy(decoded(name), 0, ink, at, Drawings.PIXELS);
                at += Drawings.PIXELS;
            }
        }
        return new Drawings(new ArrayList<>(found.keySet()), counts, ink);
    }

    private void check(Map<String, TreeMap<Integer, String>> found) {
        List<String> expected = archive.characters();
        for (String character : expected) {
            if (!found.containsKey(character)) {
                throw new InvalidData(String.format(
                        Locale.ROOT, "%s: expected %d characters, found no %s", path, expected.size(), character));
            }
        }
        found.forEach((character, drawings) -> {
            if (!archive.characters().contains(character)) {
                throw new InvalidData(String.format(
                        Locale.ROOT,
                        "%s: expected the %d characters of %s, found %s too",
                        path,
                        expected.size(),
                        archive.name(),
                        character));
            }
            if (drawings.lastKey() < archive.drawings()) {
                throw new InvalidData(String.format(
                        Locale.ROOT,
                        "%s: %s: expected %d drawings, found %d",
                        path,
                        character,
                        archive.drawings(),
                        drawings.lastKey()));
            }
            for (int number = 1; number <= archive.drawings(); number++) {
                if (!drawings.containsKey(number)) {
                    throw new InvalidData(String.format(
                            Locale.ROOT,
                            "%s: %s: expected drawings 1 to %d, found no drawing %d",
                            path,
                            character,
                            archive.drawings(),
                            number));
                }
            }
            if (drawings.size() > archive.drawings()) {
                throw new InvalidData(String.format(
                        Locale.ROOT,
                        "%s: %s: expected %d drawings, found %d",
                        path,
                        character,
                        archive.drawings(),
                        drawings.size()));
            }
        });
    }

    private byte[] decoded(String name) {
        try {
            BufferedImage image = ImageIO.read(new ByteArrayInputStream(files.get(name)));
            if (image == null) {
                throw new InvalidData(
                        String.format(Locale.ROOT, "%s: %s: expected a PNG picture, found another file", path, name));
            }
            if (image.getWidth() != SIDE || image.getHeight() != SIDE) {
                throw new InvalidData(String.format(
                        Locale.ROOT,
                        "%s: %s: expected a picture of %d x %d pixels, found %d x %d",
                        path,
                        name,
                        SIDE,
                        SIDE,
                        image.getWidth(),
                        image.getHeight()));
            }
            return SMALLER.of(Ink.of(image)
                    .orElseThrow(() -> new InvalidData(String.format(
                            Locale.ROOT,
                            "%s: %s: expected a drawing of ink on paper, found one brightness all over",
                            path,
                            name))));
        } catch (IOException | IndexOutOfBoundsException e) {
            throw new InvalidData(
                    String.format(
                            Locale.ROOT,
                            "%s: %s: expected a PNG picture, which cannot be read (%s)",
                            path,
                            name,
                            e.getMessage()),
                    e);
        }
    }
}
