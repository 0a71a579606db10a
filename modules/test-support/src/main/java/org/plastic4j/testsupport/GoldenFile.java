package org.plastic4j.testsupport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Reads a {@code .npz} of float64 and int64 arrays in C order; ND4J's own reader stumbles over scalars. */
public final class GoldenFile {
    private static final Pattern HEADER =
            Pattern.compile("'descr': '<(f8|i8)', 'fortran_order': False, 'shape': \\(([0-9, ]*)\\)");
    private static final int MAGIC_AND_LENGTH = 10;

    private GoldenFile() {}

    /**
     * All arrays of a file.
     *
     * @param file the file
     * @return the arrays by their names
     * @throws IOException if the file cannot be read, or holds arrays of another type or order
     */
    public static Map<String, INDArray> read(Path file) throws IOException {
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(Files.newInputStream(file))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                arrays.put(entry.getName().replace(".npy", ""), array(zip.readAllBytes(), file + " " + entry));
            }
        }
        return arrays;
    }

    private static INDArray array(byte[] npy, String where) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(npy).order(ByteOrder.LITTLE_ENDIAN);
        int headerLength = bytes.getShort(MAGIC_AND_LENGTH - 2);
        Matcher header = HEADER.matcher(new String(npy, MAGIC_AND_LENGTH, headerLength, StandardCharsets.US_ASCII));
        if (!header.find()) {
            throw new IOException(where + ": expected float64 or int64 in C order");
        }
        long[] shape = Arrays.stream(header.group(2).split(","))
                .map(String::trim)
                .filter(size -> !size.isEmpty())
                .mapToLong(Long::parseLong)
                .toArray();
        double[] values = new double[(npy.length - MAGIC_AND_LENGTH - headerLength) / Double.BYTES];
        bytes.position(MAGIC_AND_LENGTH + headerLength);
        if (header.group(1).equals("f8")) {
            bytes.asDoubleBuffer().get(values);
        } else {
            LongBuffer integers = bytes.asLongBuffer();
            Arrays.setAll(values, integers::get);
        }
        return shape.length == 0
                ? Nd4j.scalar(values[0])
                : Nd4j.createFromArray(values).reshape('c', shape);
    }
}
