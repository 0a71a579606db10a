package org.plastic4j.data.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.data.InvalidData;

class Cifar10Test {
    @TempDir
    private Path folder;

    private PictureData read() {
        return Cifar10.read(folder).orElseThrow();
    }

    private static List<String> records(Pictures pictures) {
        return IntStream.range(0, pictures.count())
                .mapToObj(index -> CifarFolder.of(pictures.gray(index)))
                .toList();
    }

    private static List<String> expected(int mark, int from, int to) {
        return IntStream.range(from, to).mapToObj(record -> mark + ":" + record).toList();
    }

    private void refused(String sentence) {
        assertThatExceptionOfType(InvalidData.class).isThrownBy(this::read).withMessage(sentence);
    }

    @Test
    void lastTenthOfAFileIsHeldOutWhereThereIsNoTestBatch() throws IOException {
        CifarFolder.write(folder, "data_batch_1.bin", CifarFolder.bytes(1));

        PictureData data = read();

        assertThat(records(data.training())).isEqualTo(expected(1, 0, 9000));
        assertThat(records(data.validation())).isEqualTo(expected(1, 9000, 9500));
        assertThat(records(data.test())).isEqualTo(expected(1, 9500, 10000));
        assertThat(data.facts())
                .containsEntry("pictures", "CIFAR-10")
                .containsEntry("training", "9000 pictures, records 0 to 8999 of data_batch_1.bin")
                .containsEntry("test", "500 pictures, records 9500 to 9999 of data_batch_1.bin");
        assertThat(data.facts().get("data_batch_1.bin")).matches("SHA-256 [0-9a-f]{64}");
    }

    @Test
    void testBatchIsTheTestSetAndTheLastTenthOfTheOthersIsForValidation() throws IOException {
        Path inside = folder.resolve("cifar-10-batches-bin");
        CifarFolder.write(inside, "test_batch.bin", CifarFolder.bytes(9));
        CifarFolder.write(inside, "data_batch_2.bin", CifarFolder.bytes(2));
        CifarFolder.write(inside, "data_batch_5.bin", CifarFolder.bytes(5));

        PictureData data = read();

        assertThat(records(data.training()))
                .hasSize(18000)
                .startsWith("2:0")
                .endsWith("5:8999")
                .containsAll(expected(2, 8999, 9000))
                .containsAll(expected(5, 0, 1));
        assertThat(records(data.validation()).subList(0, 1000)).isEqualTo(expected(2, 9000, 10000));
        assertThat(records(data.validation()).subList(1000, 2000)).isEqualTo(expected(5, 9000, 10000));
        assertThat(records(data.test())).isEqualTo(expected(9, 0, 10000));
    }

    @Test
    void grayIsTheLumaOfRedGreenAndBlue() throws IOException {
        byte[] bytes = CifarFolder.bytes(1);
        int pixel = 7 * CifarFile.RECORD_BYTES + 1 + 33;
        bytes[pixel] = (byte) 200;
        bytes[pixel + 1024] = (byte) 100;
        bytes[pixel + 2048] = 50;
        CifarFolder.write(folder, "data_batch_3.bin", bytes);

        assertThat(read().training().gray(7)[33]).isCloseTo((float) ((59.8 + 58.7 + 5.7) / 255), within(1e-6f));
    }

    @Test
    void folderWithoutItsFilesHasNone() throws IOException {
        Files.createFile(folder.resolve("data_batch_6.bin"));
        assertThat(Cifar10.read(folder)).isEmpty();
    }

    @Test
    void fileThatEndsWithinARecordIsRefusedWithItsRecord() throws IOException {
        Path file = CifarFolder.write(folder, "data_batch_1.bin", Arrays.copyOf(CifarFolder.bytes(1), 3073 * 40 + 100));
        refused(file
                + ": expected 30730000 bytes, 10000 records of 3073, found 123020: record 40 (the first is 0) has 100"
                + " of 3073 bytes");
    }

    @Test
    void fileThatEndsBetweenRecordsIsRefusedToo() throws IOException {
        Path file = CifarFolder.write(folder, "test_batch.bin", Arrays.copyOf(CifarFolder.bytes(1), 3073 * 9999));
        refused(file
                + ": expected 30730000 bytes, 10000 records of 3073, found 30726927: record 9999 (the first is 0) and"
                + " those after it are missing");
    }

    @Test
    void fileThatGoesOnIsRefused() throws IOException {
        Path file = CifarFolder.write(folder, "data_batch_1.bin", Arrays.copyOf(CifarFolder.bytes(1), 30_730_001));
        refused(file
                + ": expected 30730000 bytes, 10000 records of 3073, found 30730001: it goes on after record 9999, the"
                + " last");
    }

    @Test
    void labelThatThereIsNotIsRefusedWithItsRecord() throws IOException {
        byte[] bytes = CifarFolder.bytes(1);
        bytes[1234 * CifarFile.RECORD_BYTES] = (byte) 210;
        Path file = CifarFolder.write(folder, "data_batch_1.bin", bytes);
        refused(file + ": record 1234 (the first is 0): expected a label from 0 to 9, found 210");
    }

    @Test
    void sameFileUnderTwoNamesIsRefusedForItsHeldOutPicturesWouldBeTrainedOn() throws IOException {
        CifarFolder.write(folder, "data_batch_1.bin", CifarFolder.bytes(1));
        Path copy = CifarFolder.write(folder, "test_batch.bin", CifarFolder.bytes(1));
        assertThatExceptionOfType(InvalidData.class)
                .isThrownBy(this::read)
                .withMessageStartingWith(
                        copy + ": expected other pictures than in data_batch_1.bin, found the same file (SHA-256 ");
    }

    @Test
    void testBatchAloneIsRefused() throws IOException {
        CifarFolder.write(folder, "test_batch.bin", CifarFolder.bytes(1));
        refused(folder + ": expected one of data_batch_1.bin to data_batch_5.bin beside test_batch.bin, found none");
    }

    @Test
    void filesInTheFolderThatTheArchiveWasUnpackedIntoAreFound() throws IOException {
        CifarFolder.write(
                folder.resolve("cifar-10-binary/cifar-10-batches-bin"), "data_batch_1.bin", CifarFolder.bytes(1));
        assertThat(read().training().count()).isEqualTo(9000);
    }

    @Test
    void versionForPythonIsRejectedWithAHint() throws IOException {
        Path python = Files.createDirectories(folder.resolve("cifar-10-batches-py"));
        Files.write(python.resolve("data_batch_1"), new byte[3]);
        refused(python
                + ": expected CIFAR-10's binary version, data_batch_1.bin to data_batch_5.bin and test_batch.bin,"
                + " found its version for Python");
        assertThatExceptionOfType(InvalidData.class)
                .isThrownBy(() -> Cifar10.read(python))
                .withMessageContaining("found its version for Python");
    }
}
