package org.plastic4j.benchmarks.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Reads a {@code .npz} of float64 arrays in C order into PyTorch; DJL's own reader takes no scalars. */
final class GoldenFile {
    private static final Pattern HEADER =
            Pattern.compile("'descr': '<f8', 'fortran_order': False, 'shape': \\(([0-9, ]*)\\)");
    private static final int MAGIC_AND_LENGTH = 10;

    private GoldenFile() {}

    static Map<String, NDArray> read(NDManager manager, InputStream file, String where) throws IOException {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(file)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                arrays.put(
                        entry.getName().replace(".npy", ""),
                        array(manager, zip.readAllBytes(), where + " " + entry.getName()));
            }
        }
        return arrays;
    }

    private static NDArray array(NDManager manager, byte[] npy, String where) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(npy).order(ByteOrder.LITTLE_ENDIAN);
        int headerLength = bytes.getShort(MAGIC_AND_LENGTH - 2);
        Matcher header = HEADER.matcher(new String(npy, MAGIC_AND_LENGTH, headerLength, StandardCharsets.US_ASCII));
        if (!header.find()) {
            throw new IOException(where + ": expected float64 in C order");
        }
        long[] shape = Arrays.stream(header.group(1).split(","))
                .map(String::trim)
                .filter(size -> !size.isEmpty())
                .mapToLong(Long::parseLong)
                .toArray();
        double[] values = new double[(npy.length - MAGIC_AND_LENGTH - headerLength) / Double.BYTES];
        bytes.position(MAGIC_AND_LENGTH + headerLength);
        bytes.asDoubleBuffer().get(values);
        return manager.create(values, new Shape(shape));
    }
}
