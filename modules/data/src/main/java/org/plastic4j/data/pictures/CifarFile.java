package org.plastic4j.data.pictures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import org.plastic4j.data.InvalidData;

/**
 * One file of CIFAR-10's binary version (https://www.cs.toronto.edu/~kriz/cifar.html): 10,000 records of a label from 0 to
 * 9 and 32 x 32 bytes each of red, green and blue, row after row.
 */
final class CifarFile {
    static final int RECORDS = 10_000;
    private static final int LABELS = 10;
    private static final int PIXELS = Pictures.SIDE * Pictures.SIDE;
    private static final int CHANNELS = 3;
    static final int RECORD_BYTES = 1 + CHANNELS * PIXELS;
    static final long BYTES = (long) RECORDS * RECORD_BYTES;

    /** The shares of red, green and blue in what looks equally bright (ITU-R BT.601's luma). */
    private static final double RED = 0.299;

    private static final double GREEN = 0.587;
    private static final double BLUE = 0.114;

    private final byte[] bytes;
    private final String sha256;

    private CifarFile(byte[] bytes) {
        this.bytes = bytes;
        sha256 = HexFormat.of().formatHex(sha256().digest(bytes));
    }

    /**
     * Reads a whole file, about 31 MB.
     *
     * @throws InvalidData if it is not such a file
     */
    static CifarFile read(Path file) {
        try {
            long size = Files.size(file);
            if (size != BYTES) {
                throw wrongSize(file, size);
            }
            byte[] bytes = Files.readAllBytes(file);
            for (int record = 0; record < RECORDS; record++) {
                int label = bytes[record * RECORD_BYTES] & 0xff;
                if (label >= LABELS) {
                    throw new InvalidData(String.format(
                            Locale.ROOT,
                            "%s: record %d (the first is 0): expected a label from 0 to %d, found %d",
                            file,
                            record,
                            LABELS - 1,
                            label));
                }
            }
            return new CifarFile(bytes);
        } catch (IOException e) {
            throw new InvalidData(
                    String.format(Locale.ROOT, "%s: expected a file of CIFAR-10, which cannot be read (%s)", file, e),
                    e);
        }
    }

    private static InvalidData wrongSize(Path file, long size) {
        long record = size / RECORD_BYTES;
        long rest = size % RECORD_BYTES;
        String where;
        if (size > BYTES) {
            where = String.format(Locale.ROOT, "it goes on after record %d, the last", RECORDS - 1);
        } else if (rest == 0) {
            where = String.format(Locale.ROOT, "record %d (the first is 0) and those after it are missing", record);
        } else {
            where = String.format(
                    Locale.ROOT, "record %d (the first is 0) has %d of %d bytes", record, rest, RECORD_BYTES);
        }
        return new InvalidData(String.format(
                Locale.ROOT,
                "%s: expected %d bytes, %d records of %d, found %d: %s",
                file,
                BYTES,
                RECORDS,
                RECORD_BYTES,
                size,
                where));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    String sha256Hex() {
        return sha256;
    }

    /** The gray levels of a record, from 0 to 1. */
    float[] gray(int record) {
        int red = record * RECORD_BYTES + 1;
        float[] gray = new float[PIXELS];
        for (int k = 0; k < PIXELS; k++) {
            double luma = RED * (bytes[red + k] & 0xff)
                    + GREEN * (bytes[red + PIXELS + k] & 0xff)
                    + BLUE * (bytes[red + 2 * PIXELS + k] & 0xff);
            gray[k] = (float) (luma / 255);
        }
        return gray;
    }
}
