package org.plastic4j.training.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

class NpzTest {
    private static byte[] write(Map<String, INDArray> arrays) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Npz.write(arrays, out);
        return out.toByteArray();
    }

    static Map<String, INDArray> everyKind() {
        INDArray base = Nd4j.arange(0, 12).castTo(DataType.FLOAT).reshape(3, 4);
        Map<String, INDArray> arrays = new LinkedHashMap<>();
        arrays.put("matrix", base.dup('c'));
        arrays.put("fortran", base.dup('f'));
        arrays.put("transposed", base.transpose());
        arrays.put("view", base.get(NDArrayIndex.interval(1, 3), NDArrayIndex.interval(1, 4)));
        arrays.put("column", base.getColumn(2));
        arrays.put("vector", Nd4j.createFromArray(1.5, -2.25));
        arrays.put("longs", Nd4j.createFromArray(1L, Long.MIN_VALUE));
        arrays.put("scalar", Nd4j.scalar(0.01f));
        arrays.put("cube", Nd4j.arange(0, 24).castTo(DataType.DOUBLE).reshape(2, 3, 4));
        return arrays;
    }

    @Test
    void everyShapeOrderAndTypeReadsBack() throws Exception {
        Map<String, INDArray> read = Npz.read(new ByteArrayInputStream(write(everyKind())));

        assertThat(read.keySet()).containsExactlyElementsOf(everyKind().keySet());
        everyKind().forEach((name, array) -> {
            assertThat(read.get(name).shape()).as(name).isEqualTo(array.shape());
            assertThat(read.get(name).dataType()).as(name).isEqualTo(array.dataType());
            assertThat(read.get(name)).as(name).isEqualTo(array.dup('c'));
        });
    }

    @Test
    void sameArraysGiveTheSameBytes() throws Exception {
        assertThat(write(everyKind())).isEqualTo(write(everyKind()));
    }

    @Test
    void dataIsLittleEndianInCOrderAfterAHeaderOfFormatOne() throws Exception {
        byte[] npz = write(Map.of(
                "w", Nd4j.createFromArray(new float[][] {{1, 2}, {3, 4}}).dup('f')));
        String text = new String(npz, StandardCharsets.ISO_8859_1);
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }";

        int start = text.indexOf("\u0093NUMPY\u0001\u0000v\u0000" + header);
        assertThat(start).isPositive();
        assertThat(header.length()).isLessThan(118);
        float[] values = new float[4];
        ByteBuffer.wrap(npz, start + 128, 16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        assertThat(values).containsExactly(1, 2, 3, 4);
    }

    @Test
    void arraysInFortranOrderAreReadToo() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("w.npy"));
            zip.write(new NpyHeader(DataType.DOUBLE, true, new long[] {2, 3}).toBytes());
            ByteBuffer data = ByteBuffer.allocate(48).order(ByteOrder.LITTLE_ENDIAN);
            for (double value : new double[] {1, 4, 2, 5, 3, 6}) {
                data.putDouble(value);
            }
            zip.write(data.array());
        }

        assertThat(Npz.read(new ByteArrayInputStream(out.toByteArray())).get("w"))
                .isEqualTo(Nd4j.createFromArray(new double[][] {{1, 2, 3}, {4, 5, 6}}));
    }

    @Test
    void truncatedOrForeignBytesAreRejected() throws Exception {
        byte[] whole = write(Map.of("w", Nd4j.zeros(DataType.FLOAT, 100)));

        for (int length : new int[] {0, 10, 60, 200, 400}) {
            assertThatThrownBy(() -> Npz.read(new ByteArrayInputStream(Arrays.copyOf(whole, length))))
                    .as("first %d bytes", length)
                    .isInstanceOf(IOException.class);
        }
        assertThatThrownBy(() -> Npz.read(new ByteArrayInputStream("hello".getBytes(StandardCharsets.UTF_8))))
                .isInstanceOf(IOException.class)
                .hasMessage("no arrays in it");
    }
}
