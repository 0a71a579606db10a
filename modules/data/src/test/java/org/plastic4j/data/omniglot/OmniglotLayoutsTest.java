package org.plastic4j.data.omniglot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.plastic4j.data.InvalidData;

/** Omniglot as other tools leave it: the same files in other folders are the same data. */
class OmniglotLayoutsTest {
    @TempDir
    private Path folder;

    @TempDir
    private Path official;

    @TempDir
    private Path cache;

    private CharacterData read(Path from) {
        return Omniglot.read(
                        from,
                        new DrawingCache(cache),
                        SmallOmniglot.SETS,
                        List.of(SmallOmniglot.ARCHIVE),
                        SmallOmniglot.HELD_OUT)
                .orElseThrow();
    }

    private void assertIsTheOfficialOne() throws IOException {
        Files.write(official.resolve("images_background.zip"), SmallOmniglot.zip(SmallOmniglot.files()));
        assertThat(read(folder).facts()).isEqualTo(read(official).facts());
    }

    private static Map<String, byte[]> renamed(String from, String to) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        SmallOmniglot.files().forEach((name, bytes) -> files.put(name.replace(from, to), bytes));
        return files;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // What an archive unpacks to that was unpacked into a folder of its own name.
                "images_background",
                // torchvision's.
                "omniglot-py",
                "omniglot-py/images_background",
                "omniglot"
            })
    void unpackedArchiveIsFoundBelowOtherFolders(String above) throws IOException {
        SmallOmniglot.unpack(SmallOmniglot.files(), folder.resolve(above));
        assertIsTheOfficialOne();
    }

    @Test
    void zipIsFoundInTorchvisionsFolder() throws IOException {
        Path inside = Files.createDirectories(folder.resolve("omniglot-py"));
        Files.write(inside.resolve("images_background.zip"), SmallOmniglot.zip(SmallOmniglot.files()));
        assertIsTheOfficialOne();
    }

    @Test
    void zipWithBackslashesIsRead() throws IOException {
        Files.write(folder.resolve("images_background.zip"), SmallOmniglot.zip(renamed("/", "\\")));
        assertIsTheOfficialOne();
    }

    @Test
    void zipWithAFolderAroundIsRead() throws IOException {
        Files.write(
                folder.resolve("images_background.zip"),
                SmallOmniglot.zip(renamed("images_background/", "python/images_background/")));
        assertIsTheOfficialOne();
    }

    @Test
    void zipWithTheSameDrawingTwiceIsRejected() throws IOException {
        Map<String, byte[]> files = SmallOmniglot.files();
        files.put("old/images_background/Greek/character01/0001_01.png", SmallOmniglot.png(105, 90, 90));
        Path zip = Files.write(folder.resolve("images_background.zip"), SmallOmniglot.zip(files));
        assertThatExceptionOfType(InvalidData.class)
                .isThrownBy(() -> read(folder))
                .withMessage(zip + ": expected each drawing once, found"
                        + " images_background/Greek/character01/0001_01.png twice");
    }

    @Test
    void folderOfTheArchiveItselfIsRejectedWithAHint() throws IOException {
        SmallOmniglot.unpack(SmallOmniglot.files(), folder);
        Path itself = folder.resolve("images_background");
        assertThatExceptionOfType(InvalidData.class)
                .isThrownBy(() -> read(itself))
                .withMessage(
                        itself + ": expected the folder that images_background is in, found images_background itself");
    }
}
