package org.plastic4j.data.omniglot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.data.InvalidData;

class OmniglotTest {
    @TempDir
    private Path folder;

    @TempDir
    private Path cache;

    private Optional<CharacterData> read(Path from, Omniglot.Sets sets) {
        return Omniglot.read(
                from, new DrawingCache(cache), sets, List.of(SmallOmniglot.ARCHIVE), SmallOmniglot.HELD_OUT);
    }

    private Path zip(Map<String, byte[]> files) throws IOException {
        return Files.write(folder.resolve("images_background.zip"), SmallOmniglot.zip(files));
    }

    private void refused(Map<String, byte[]> files, String sentence) throws IOException {
        Path zip = zip(files);
        refused(zip + sentence);
    }

    private void refused(String sentence) {
        assertThatThrownBy(() -> read(folder, SmallOmniglot.SETS))
                .isInstanceOf(InvalidData.class)
                .hasMessage(sentence);
    }

    private static List<String> names(Characters characters) {
        return IntStream.range(0, characters.count()).mapToObj(characters::name).toList();
    }

    @Test
    void zipAndUnpackedFolderHoldTheSame(@TempDir Path unpacked) throws IOException {
        zip(SmallOmniglot.files());
        SmallOmniglot.unpack(SmallOmniglot.files(), unpacked.resolve("omniglot"));

        CharacterData one = read(folder, SmallOmniglot.SETS).orElseThrow();
        CharacterData other = read(unpacked, SmallOmniglot.SETS).orElseThrow();

        assertThat(one.facts()).isEqualTo(other.facts());
        assertThat(one.facts().get("images_background")).matches("SHA-256 of the drawings [0-9a-f]{64}");
        assertThat(names(one.training()))
                .containsExactly(
                        "Greek/character01",
                        "Greek/character03",
                        "Runes_(Elder)/character01",
                        "Runes_(Elder)/character02");
        assertThat(names(one.test())).containsExactly("Greek/character02");
        assertThat(one.validation().count()).isZero();
        assertThat(read(folder.resolve(".."), SmallOmniglot.SETS)).isEmpty();
    }

    @Test
    void charactersForValidationAreHeldOutWhereThatIsAskedFor() throws IOException {
        zip(SmallOmniglot.files());
        CharacterData data =
                read(folder, new Omniglot.Sets(OmniglotSplit.BACKGROUND, true)).orElseThrow();
        assertThat(names(data.validation())).containsExactly("Runes_(Elder)/character01");
        assertThat(names(data.training())).doesNotContain("Runes_(Elder)/character01", "Greek/character02");
        assertThat(data.facts()).containsEntry("training", "3 characters").containsEntry("validation", "1 characters");
    }

    @Test
    void aDrawingIsAveragedByAreaAndInkIsOne() throws IOException {
        zip(SmallOmniglot.files());
        Characters training = read(folder, SmallOmniglot.SETS).orElseThrow().training();
        float[] drawing = new float[31 * 31];
        // Runes_(Elder)/character01 is the fourth character: 40 pixels of its first four rows are ink.
        training.write(2, 1, 0, drawing, 0);
        assertThat(drawing[0]).isEqualTo(1f);
        // 40 of 105 columns are 11.81 of 31.
        assertThat(drawing[10]).isEqualTo(1f);
        assertThat(drawing[11]).isCloseTo(0.81f, org.assertj.core.api.Assertions.within(0.003f));
        assertThat(drawing[12]).isZero();
        // Of the second row of pixels, 0.613 of 3.387 are ink.
        assertThat(drawing[31]).isCloseTo(0.181f, org.assertj.core.api.Assertions.within(0.003f));
        double ink = 0;
        for (float pixel : drawing) {
            ink += pixel;
        }
        assertThat(ink / (31 * 31))
                .isCloseTo((4 * 40 + 4 * 20) / 11025.0, org.assertj.core.api.Assertions.within(1e-4));
    }

    @Test
    void theCacheIsTakenWhereItIsWholeAndWrittenAnewWhereItIsNot() throws IOException {
        zip(SmallOmniglot.files());
        float[] before = drawing(read(folder, SmallOmniglot.SETS).orElseThrow());
        Path file = cached();
        byte[] bytes = Files.readAllBytes(file);
        // A cache that says otherwise would be believed, if its own checksum were right: that it is read shows in what
        // happens to it when it is not.
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);
        assertThat(drawing(read(folder, SmallOmniglot.SETS).orElseThrow())).isEqualTo(before);
        bytes[bytes.length / 2] ^= 1;
        assertThat(file).hasBinaryContent(bytes);
        Files.write(file, java.util.Arrays.copyOf(bytes, 100));
        assertThat(drawing(read(folder, SmallOmniglot.SETS).orElseThrow())).isEqualTo(before);
        long written = Files.getLastModifiedTime(file).toMillis();
        assertThat(drawing(read(folder, SmallOmniglot.SETS).orElseThrow())).isEqualTo(before);
        assertThat(Files.getLastModifiedTime(file).toMillis()).isEqualTo(written);
        try (Stream<Path> all = Files.list(cache)) {
            assertThat(all).containsExactly(file);
        }
    }

    private Path cached() throws IOException {
        try (Stream<Path> all = Files.list(cache)) {
            return all.findFirst().orElseThrow();
        }
    }

    private static float[] drawing(CharacterData data) {
        float[] drawing = new float[31 * 31];
        data.test().write(0, 2, 1, drawing, 0);
        return drawing;
    }

    @Test
    void otherDrawingsAreNotTakenFromTheCache() throws IOException {
        zip(SmallOmniglot.files());
        float[] before = drawing(read(folder, SmallOmniglot.SETS).orElseThrow());
        Map<String, byte[]> files = SmallOmniglot.files();
        files.put("images_background/Greek/character02/0002_03.png", SmallOmniglot.png(105, 90, 90));
        zip(files);
        assertThat(drawing(read(folder, SmallOmniglot.SETS).orElseThrow())).isNotEqualTo(before);
    }

    @Test
    void aFolderThatCannotBeWrittenToCostsNoMoreThanTime() throws IOException {
        zip(SmallOmniglot.files());
        Path file = Files.createFile(cache.resolve("file"));
        assertThat(Omniglot.read(
                        folder,
                        new DrawingCache(file.resolve("below")),
                        SmallOmniglot.SETS,
                        List.of(SmallOmniglot.ARCHIVE),
                        SmallOmniglot.HELD_OUT))
                .isPresent();
    }

    @Test
    void corruptZipIsRefusedWithItsPath() throws IOException {
        Path zip = zip(SmallOmniglot.files());
        byte[] bytes = Files.readAllBytes(zip);
        Files.write(zip, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> read(folder, SmallOmniglot.SETS))
                .isInstanceOf(InvalidData.class)
                .hasMessageMatching("\\Q%s\\E: expected images_background of Omniglot, which cannot be read \\(.+\\)"
                        .formatted(zip));
    }

    @Test
    void corruptEntryIsRefusedWithItsName() throws IOException {
        Map<String, byte[]> files = SmallOmniglot.files();
        byte[] png = files.get("images_background/Greek/character03/0003_02.png");
        java.util.Arrays.fill(png, 40, png.length, (byte) 7);
        refusedMatching(
                files,
                ": images_background/Greek/character03/0003_02.png: expected a PNG picture, which cannot be read .+");
        files.put("images_background/Greek/character03/0003_02.png", new byte[] {1, 2, 3});
        refused(files, ": images_background/Greek/character03/0003_02.png: expected a PNG picture, found another file");
    }

    private void refusedMatching(Map<String, byte[]> files, String sentence) throws IOException {
        Path zip = zip(files);
        assertThatThrownBy(() -> read(folder, SmallOmniglot.SETS))
                .isInstanceOf(InvalidData.class)
                .hasMessageMatching("\\Q" + zip + "\\E" + sentence);
    }

    @Test
    void compressedEntryThatIsDamagedIsRefusedWithItsName() throws IOException {
        java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream();
        try (java.util.zip.ZipOutputStream out = new java.util.zip.ZipOutputStream(bytes)) {
            out.putNextEntry(new java.util.zip.ZipEntry("images_background/Greek/character01/0001_01.png"));
            out.write(new byte[5000]);
            out.closeEntry();
        }
        byte[] damaged = bytes.toByteArray();
        // Within the compressed data, right behind the entry's header.
        java.util.Arrays.fill(damaged, 80, 84, (byte) 0xff);
        Path zip = Files.write(folder.resolve("images_background.zip"), damaged);
        assertThatThrownBy(() -> read(folder, SmallOmniglot.SETS))
                .isInstanceOf(InvalidData.class)
                .hasMessageMatching(
                        "\\Q%s\\E: entry images_background/Greek/character01/0001_01.png: expected a drawing,"
                                        .formatted(zip)
                                + " which cannot be read \\(.+\\)");
    }

    @Test
    void missingDrawingIsRefusedWithItsNumber() throws IOException {
        Map<String, byte[]> files = SmallOmniglot.files();
        files.remove("images_background/Greek/character03/0003_02.png");
        refused(files, ": Greek/character03: expected drawings 1 to 3, found no drawing 2");
    }

    @Test
    void classWithTooFewDrawingsIsRefusedWithTheirNumber() throws IOException {
        Map<String, byte[]> files = SmallOmniglot.files();
        files.remove("images_background/Runes_(Elder)/character02/0005_03.png");
        refused(files, ": Runes_(Elder)/character02: expected 3 drawings, found 2");
    }

    @Test
    void missingCharacterIsRefusedWithItsName() throws IOException {
        Map<String, byte[]> files = SmallOmniglot.files();
        files.keySet().removeIf(name -> name.contains("Greek/character02"));
        refused(files, ": expected 5 characters, found no Greek/character02");
    }

    @Test
    void characterOfAnotherArchiveIsRefused() throws IOException {
        Map<String, byte[]> files = SmallOmniglot.files();
        files.put("images_background/Greek/character04/0006_01.png", SmallOmniglot.png(105, 1, 1));
        refused(files, ": expected the 5 characters of images_background, found Greek/character04 too");
    }

    @Test
    void pictureOfAnotherSizeIsRefused() throws IOException {
        Map<String, byte[]> files = SmallOmniglot.files();
        files.put("images_background/Greek/character01/0001_01.png", SmallOmniglot.png(28, 1, 1));
        refused(
                files,
                ": images_background/Greek/character01/0001_01.png: expected a picture of 105 x 105 pixels, found 28 x 28");
    }

    @Test
    void archiveThatASplitNeedsIsAskedFor() throws IOException {
        zip(SmallOmniglot.files());
        assertThatThrownBy(() -> Omniglot.read(folder, cache, new Omniglot.Sets(OmniglotSplit.BOTH, false)))
                .isInstanceOf(InvalidData.class)
                .hasMessage(
                        folder + ": expected images_evaluation.zip, or the folder images_evaluation, for split both,"
                                + " found neither");
    }

    @Test
    void folderWithoutArchivesHasNone() {
        assertThat(Omniglot.read(folder, cache, new Omniglot.Sets(OmniglotSplit.BACKGROUND, false)))
                .isEmpty();
    }
}
