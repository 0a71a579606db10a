package org.plastic4j.naturalimages;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file in CIFAR-10's layout whose pictures can be told from each other: the first pixels hold the record's number. */
final class NumberedCifar {
    private static final int RECORDS = 10_000;
    private static final int PIXELS = 1024;

    private NumberedCifar() {}

    static byte[] bytes() {
        byte[] bytes = new byte[RECORDS * (1 + 3 * PIXELS)];
        for (int record = 0; record < RECORDS; record++) {
            int at = record * (1 + 3 * PIXELS);
            bytes[at] = (byte) (record % 10);
            for (int channel = 0; channel < 3; channel++) {
                int pixels = at + 1 + channel * PIXELS;
                bytes[pixels] = (byte) (record / 100);
                bytes[pixels + 1] = (byte) (record % 100);
                bytes[pixels + 2] = (byte) 255;
            }
        }
        return bytes;
    }

    static void write(Path file) throws IOException {
        Files.write(file, bytes());
    }

    /** The record of a picture of 32 x 32 pixels as the network sees it. */
    static int record(float[] pixels) {
        float black = pixels[3];
        float white = pixels[2];
        int hundreds = Math.round(255 * (pixels[0] - black) / (white - black));
        int ones = Math.round(255 * (pixels[1] - black) / (white - black));
        return 100 * hundreds + ones;
    }
}
