package org.plastic4j.data.pictures;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.plastic4j.data.InvalidData;
import org.plastic4j.data.download.Checksum;
import org.plastic4j.data.download.Dataset;
import org.plastic4j.data.download.RemoteFile;

/**
 * CIFAR-10 (Krizhevsky, "Learning multiple layers of features from tiny images", 2009) from a folder with all or some of
 * the files of its binary version.
 *
 * <p>Of each data_batch file, the first nine tenths are for training and the last tenth is held out. Where test_batch.bin
 * is there, it is the test set and all that is held out of the others is for validation; where it is not, the first half
 * of what is held out is for validation and the second half the test set.
 */
public final class Cifar10 {
    /** The folder that the official archive unpacks to. */
    public static final String FOLDER = "cifar-10-batches-bin";

    private static final String ARCHIVE = "cifar-10-binary";

    private static final List<String> BATCHES = IntStream.rangeClosed(1, 5)
            .mapToObj(number -> "data_batch_" + number + ".bin")
            .toList();
    private static final String TEST = "test_batch.bin";

    /**
     * The official archive. The page that it is on names its MD5, c32a1d4ab5d03f1284b67883e8d87530; SHA-256 says more.
     */
    public static final Dataset DATASET = new Dataset(
            "CIFAR-10",
            List.of(new RemoteFile(
                    URI.create("https://www.cs.toronto.edu/~kriz/" + ARCHIVE + ".tar.gz"),
                    170_052_171,
                    new Checksum("SHA-256", "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd"))),
            Stream.concat(BATCHES.stream(), Stream.of(TEST))
                    .collect(Collectors.toMap(name -> FOLDER + "/" + name, name -> CifarFile.BYTES)));

    private static final int TRAINING = CifarFile.RECORDS * 9 / 10;
    private static final int HALF = TRAINING + (CifarFile.RECORDS - TRAINING) / 2;

    private Cifar10() {}

    /**
     * Reads all files that there are, about 31 MB each, and keeps them in memory.
     *
     * @param folder the folder with the files, or with {@value #FOLDER} in it
     * @return the pictures; empty if there is no file of CIFAR-10
     * @throws InvalidData if a file is truncated, too long or mislabelled, or two are the same, or only test_batch.bin or
     *     the version for Python is there
     */
    public static Optional<PictureData> read(Path folder) {
        // Some tools unpack an archive into a folder of its own name.
        for (Path candidate :
                List.of(folder, folder.resolve(FOLDER), folder.resolve(ARCHIVE).resolve(FOLDER))) {
            Map<String, CifarFile> files = new LinkedHashMap<>();
            Stream.concat(BATCHES.stream(), Stream.of(TEST))
                    .filter(name -> Files.exists(candidate.resolve(name)))
                    .forEach(name -> files.put(name, CifarFile.read(candidate.resolve(name))));
            if (!files.isEmpty()) {
                check(candidate, files);
                return Optional.of(data(files));
            }
        }
        for (Path candidate : List.of(folder, folder.resolve("cifar-10-batches-py"))) {
            if (Files.exists(candidate.resolve("data_batch_1"))) {
                throw new InvalidData(String.format(
                        Locale.ROOT,
                        "%s: expected CIFAR-10's binary version, %s, found its version for Python",
                        candidate,
                        expected()));
            }
        }
        return Optional.empty();
    }

    /** {@return what {@link #read} looks for, for messages} */
    public static String expected() {
        return String.format(Locale.ROOT, "%s to %s and %s", BATCHES.get(0), BATCHES.get(BATCHES.size() - 1), TEST);
    }

    private static void check(Path folder, Map<String, CifarFile> files) {
        Map<String, String> names = new LinkedHashMap<>();
        files.forEach((name, file) -> {
            String other = names.put(file.sha256Hex(), name);
            if (other != null) {
                // Else what is held out in one would be trained on in the other.
                throw new InvalidData(String.format(
                        Locale.ROOT,
                        "%s: expected other pictures than in %s, found the same file (SHA-256 %s)",
                        folder.resolve(name),
                        other,
                        file.sha256Hex()));
            }
        });
        if (files.size() == 1 && files.containsKey(TEST)) {
            throw new InvalidData(String.format(
                    Locale.ROOT,
                    "%s: expected one of %s to %s beside %s, found none",
                    folder,
                    BATCHES.get(0),
                    BATCHES.get(BATCHES.size() - 1),
                    TEST));
        }
    }

    private static PictureData data(Map<String, CifarFile> files) {
        List<CifarFile> batches = new ArrayList<>();
        BATCHES.stream().filter(files::containsKey).forEach(name -> batches.add(files.get(name)));
        Optional<CifarFile> test = Optional.ofNullable(files.get(TEST));
        Records training = new Records(batches, 0, TRAINING);
        Records validation = new Records(batches, TRAINING, test.isPresent() ? CifarFile.RECORDS : HALF);
        Records tested = test.map(file -> new Records(List.of(file), 0, CifarFile.RECORDS))
                .orElseGet(() -> new Records(batches, HALF, CifarFile.RECORDS));
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("pictures", "CIFAR-10");
        files.forEach((name, file) -> facts.put(name, "SHA-256 " + file.sha256Hex()));
        String each = batches.size() == 1 ? files.keySet().iterator().next() : "each data_batch file";
        facts.put("training", training + " of " + each);
        facts.put("validation", validation + " of " + each);
        facts.put("test", tested + " of " + (test.isPresent() ? TEST : each));
        return new PictureData("CIFAR-10", training, validation, tested, facts);
    }

    /** The same range of records of each of several files, file after file. */
    private record Records(List<CifarFile> files, int from, int to) implements Pictures {
        @Override
        public int count() {
            return files.size() * (to - from);
        }

        @Override
        public float[] gray(int index) {
            Objects.checkIndex(index, count());
            return files.get(index / (to - from)).gray(from + index % (to - from));
        }

        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%d pictures, records %d to %d", count(), from, to - 1);
        }
    }
}
