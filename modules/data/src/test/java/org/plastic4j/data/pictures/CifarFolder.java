package org.plastic4j.data.pictures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files in CIFAR-10's layout whose pictures say which they are: all gray, the first two pixels hold the record's number. */
final class CifarFolder {
    private CifarFolder() {}

    /** The bytes of a file; {@code mark} is the third pixel of every picture. */
    static byte[] bytes(int mark) {
        byte[] bytes = new byte[(int) CifarFile.BYTES];
        for (int record = 0; record < CifarFile.RECORDS; record++) {
            int at = record * CifarFile.RECORD_BYTES;
            bytes[at] = (byte) (record % 10);
            for (int channel = 0; channel < 3; channel++) {
                int pixels = at + 1 + channel * Pictures.SIDE * Pictures.SIDE;
                bytes[pixels] = (byte) (record / 100);
                bytes[pixels + 1] = (byte) (record % 100);
                bytes[pixels + 2] = (byte) mark;
            }
        }
        return bytes;
    }

    static Path write(Path folder, String name, byte[] bytes) throws IOException {
        Files.createDirectories(folder);
        return Files.write(folder.resolve(name), bytes);
    }

    /** Which record a picture is of, and of which file. */
    static String of(float[] gray) {
        return Math.round(gray[2] * 255) + ":" + (100 * Math.round(gray[0] * 255) + Math.round(gray[1] * 255));
    }
}
