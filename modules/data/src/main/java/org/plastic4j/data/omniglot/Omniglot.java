package org.plastic4j.data.omniglot;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.plastic4j.data.InvalidData;
import org.plastic4j.data.download.Checksum;
import org.plastic4j.data.download.Dataset;
import org.plastic4j.data.download.RemoteFile;

/**
 * Omniglot (Lake, Salakhutdinov and Tenenbaum, "Human-level concept learning through probabilistic program induction",
 * Science 2015): 1,623 characters of 50 alphabets, 20 people's drawings of each, from its official archives, as zips or
 * unpacked. Drawings of 105 x 105 pixels are averaged to {@link Characters#SIDE} by SIDE by area.
 */
public final class Omniglot {
    private static final String NAME = "Omniglot";
    /** The folder in which torchvision keeps the archives. */
    private static final String TORCHVISION = "omniglot-py";

    private static final String ADDRESS = "https://raw.githubusercontent.com/brendenlake/omniglot/master/python/";
    private static final long BACKGROUND_BYTES = 9_464_212;
    private static final long EVALUATION_BYTES = 6_462_886;

    /** The official archives, which are kept as they are. */
    public static final Dataset DATASET = new Dataset(
            NAME,
            List.of(
                    remote(OfficialArchive.BACKGROUND, BACKGROUND_BYTES, "68d2efa1b9178cc56df9314c21c6e718"),
                    remote(OfficialArchive.EVALUATION, EVALUATION_BYTES, "6b91aef0f799c5bb55b94e3f2daec811")),
            Map.of(
                    OfficialArchive.BACKGROUND + ".zip",
                    BACKGROUND_BYTES,
                    OfficialArchive.EVALUATION + ".zip",
                    EVALUATION_BYTES));

    private Omniglot() {}

    private static RemoteFile remote(String archive, long bytes, String md5) {
        return new RemoteFile(URI.create(ADDRESS + archive + ".zip"), bytes, new Checksum("MD5", md5));
    }

    /**
     * Which characters are trained on.
     *
     * @param split the lists
     * @param validationIsHeldOut whether those for validation are not trained on; if they are, there are none for
     *     validation
     */
    public record Sets(OmniglotSplit split, boolean validationIsHeldOut) {}

    /**
     * Reads what a split needs and keeps it in memory, 18 MB for images_background and 13 MB for images_evaluation. The
     * first time it decodes the drawings, for some seconds; after that they are taken from the cache, if the archive still
     * has the same content.
     *
     * @param folder the folder with the archives or the folders that they unpack to, or with a folder "omniglot" or
     *     "omniglot-py" with them
     * @param cache where decoded drawings are kept; created if need be, passed over if it cannot be written to
     * @param sets which characters are trained on
     * @return the characters; empty if there is none of the archives
     * @throws InvalidData if an archive is missing, corrupt or incomplete
     */
    public static Optional<CharacterData> read(Path folder, Path cache, Sets sets) {
        return read(
                folder,
                new DrawingCache(cache),
                sets,
                sets.split().archives(),
                new HeldOut(sets.split().test(), sets.split().validation()));
    }

    /** {@return what {@link #read} looks for, for messages} */
    public static String expected() {
        return String.format(
                Locale.ROOT,
                "%s.zip and %s.zip or the folders that they unpack to",
                OfficialArchive.BACKGROUND,
                OfficialArchive.EVALUATION);
    }

    /** The names of characters that are held out. */
    record HeldOut(Set<String> test, Set<String> validation) {}

    static Optional<CharacterData> read(
            Path folder, DrawingCache cache, Sets sets, List<OfficialArchive> archives, HeldOut heldOut) {
        for (Path candidate : List.of(folder, folder.resolve("omniglot"), folder.resolve(TORCHVISION))) {
            Map<String, Path> found = new LinkedHashMap<>();
            archives.forEach(archive ->
                    ArchiveReader.find(archive, candidate).ifPresent(path -> found.put(archive.name(), path)));
            if (!found.isEmpty()) {
                for (OfficialArchive archive : archives) {
                    if (!found.containsKey(archive.name())) {
                        throw new InvalidData(String.format(
                                Locale.ROOT,
                                "%s: expected %s.zip, or the folder %2$s, for split %s, found neither",
                                candidate,
                                archive.name(),
                                key(sets.split())));
                    }
                }
                return Optional.of(data(cache, sets, archives, found, heldOut));
            }
        }
        rejectArchiveItself(folder, archives);
        return Optional.empty();
    }

    private static void rejectArchiveItself(Path folder, List<OfficialArchive> archives) {
        for (OfficialArchive archive : archives) {
            if (folder.toAbsolutePath().normalize().endsWith(archive.name())) {
                throw new InvalidData(String.format(
                        Locale.ROOT,
                        "%s: expected the folder that %s is in, found %2$s itself",
                        folder,
                        archive.name()));
            }
        }
    }

    private static String key(OmniglotSplit split) {
        return split.name().toLowerCase(Locale.ROOT);
    }

    private static CharacterData data(
            DrawingCache cache, Sets sets, List<OfficialArchive> archives, Map<String, Path> found, HeldOut heldOut) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("characters", NAME);
        Drawings all = null;
        for (OfficialArchive archive : archives) {
            ArchiveReader.Loaded loaded = ArchiveReader.read(archive, found.get(archive.name()), cache);
            facts.put(archive.name(), "SHA-256 of the drawings " + loaded.checksum());
            all = all == null ? loaded.drawings() : all.and(loaded.drawings());
        }
        List<String> training = new ArrayList<>(all.names());
        training.removeAll(heldOut.test());
        List<String> validation = List.of();
        if (sets.validationIsHeldOut()) {
            training.removeAll(heldOut.validation());
            validation = List.copyOf(heldOut.validation());
        }
        facts.put("split", key(sets.split()));
        facts.put("training", training.size() + " characters");
        facts.put("validation", validation.size() + " characters");
        facts.put("test", heldOut.test().size() + " characters");
        return new CharacterData(
                NAME, all.select(training), all.select(validation), all.select(List.copyOf(heldOut.test())), facts);
    }
}
