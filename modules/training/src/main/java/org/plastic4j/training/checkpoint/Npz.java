package org.plastic4j.training.checkpoint;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Named arrays in numpy's {@code .npz} format: a zip of {@code .npy} files, little-endian, in C order. Types: float,
 * double and long. The same arrays give the same bytes.
 */
public final class Npz {
    private static final String SUFFIX = ".npy";
    // The earliest time a zip can hold: a real one would make equal checkpoints differ.
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private Npz() {}

    /**
     * @param arrays arrays of any shape, order and stride, by name
     * @param out where to; it is not closed
     * @throws IOException if writing fails
     */
    public static void write(Map<String, INDArray> arrays, OutputStream out) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        // Weights do not compress, so time spent on it would be lost.
        zip.setLevel(Deflater.NO_COMPRESSION);
        for (Map.Entry<String, INDArray> entry : arrays.entrySet()) {
            ZipEntry file = new ZipEntry(entry.getKey() + SUFFIX);
            file.setTimeLocal(NO_TIME);
            zip.putNextEntry(file);
            INDArray array = entry.getValue();
            zip.write(new NpyHeader(array.dataType(), false, array.shape()).toBytes());
            zip.write(data(array));
            zip.closeEntry();
        }
        zip.finish();
    }

    private static byte[] data(INDArray array) {
        // A copy in C order has neither offset nor strides: its buffer is the data.
        INDArray copy = array.dup('c');
        ByteBuffer bytes = ByteBuffer.allocate(
                        Math.toIntExact(array.length() * array.dataType().width()))
                .order(ByteOrder.LITTLE_ENDIAN);
        switch (array.dataType()) {
            case FLOAT -> bytes.asFloatBuffer().put(copy.data().asFloat());
            case DOUBLE -> bytes.asDoubleBuffer().put(copy.data().asDouble());
            case LONG -> bytes.asLongBuffer().put(copy.data().asLong());
            default -> throw new IllegalArgumentException("no .npy type for " + array.dataType());
        }
        return bytes.array();
    }

    /**
     * @param in a whole {@code .npz}, by this class or by numpy; it is not closed
     * @return its arrays in C order, in the file's order
     * @throws IOException if it is truncated or nothing of the kind
     */
    public static Map<String, INDArray> read(InputStream in) throws IOException {
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        ZipInputStream zip = new ZipInputStream(in);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            String name = entry.getName();
            if (!name.endsWith(SUFFIX)) {
                throw new IOException("expected arrays only, found " + name);
            }
            try {
                arrays.put(name.substring(0, name.length() - SUFFIX.length()), readArray(zip));
            } catch (IllegalArgumentException e) {
                throw new IOException(name + ": " + e.getMessage(), e);
            }
        }
        if (arrays.isEmpty()) {
            throw new IOException("no arrays in it");
        }
        return arrays;
    }

    private static INDArray readArray(InputStream in) throws IOException {
        byte[] prefix = exactly(in, NpyHeader.PREFIX);
        NpyHeader header = NpyHeader.parse(exactly(in, NpyHeader.textLength(prefix)));
        long length = 1;
        for (long size : header.shape()) {
            length = Math.multiplyExact(length, size);
        }
        ByteBuffer bytes = ByteBuffer.wrap(
                        exactly(in, Math.toIntExact(length * header.type().width())))
                .order(ByteOrder.LITTLE_ENDIAN);
        INDArray flat = flat(header.type(), bytes, (int) length);
        if (header.shape().length == 0) {
            return flat.reshape(new long[0]);
        }
        return header.fortranOrder() ? flat.reshape('f', header.shape()).dup('c') : flat.reshape('c', header.shape());
    }

    private static INDArray flat(DataType type, ByteBuffer bytes, int length) {
        switch (type) {
            case FLOAT -> {
                float[] values = new float[length];
                bytes.asFloatBuffer().get(values);
                return Nd4j.createFromArray(values);
            }
            case DOUBLE -> {
                double[] values = new double[length];
                bytes.asDoubleBuffer().get(values);
                return Nd4j.createFromArray(values);
            }
            default -> {
                long[] values = new long[length];
                bytes.asLongBuffer().get(values);
                return Nd4j.createFromArray(values);
            }
        }
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("truncated");
        }
        return bytes;
    }
}
