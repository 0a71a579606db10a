package org.plastic4j.training.checkpoint;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.nd4j.linalg.api.buffer.DataType;

/** The header of numpy's {@code .npy} format: {@code {'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }}. */
record NpyHeader(DataType type, boolean fortranOrder, long[] shape) {
    /** Magic, version and length; the text follows. */
    static final int PREFIX = 10;

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Map<DataType, String> NAMES =
            Map.of(DataType.FLOAT, "<f4", DataType.DOUBLE, "<f8", DataType.INT64, "<i8");
    private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9, ]*)\\)");

    /** Format 1.0, padded so that the data starts at a multiple of 64 bytes. */
    byte[] toBytes() {
        String name = NAMES.get(type);
        if (name == null) {
            throw new IllegalArgumentException("no .npy type for " + type);
        }
        String dimensions = Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining(", "));
        String text = String.format(
                Locale.ROOT,
                "{'descr': '%s', 'fortran_order': %s, 'shape': (%s%s), }",
                name,
                fortranOrder ? "True" : "False",
                dimensions,
                shape.length == 1 ? "," : "");
        int total = (PREFIX + text.length() + 1 + 63) / 64 * 64;
        byte[] bytes = new byte[total];
        Arrays.fill(bytes, (byte) ' ');
        System.arraycopy(MAGIC, 0, bytes, 0, MAGIC.length);
        bytes[6] = 1;
        bytes[7] = 0;
        bytes[8] = (byte) (total - PREFIX);
        bytes[9] = (byte) ((total - PREFIX) >> 8);
        System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, bytes, PREFIX, text.length());
        bytes[total - 1] = '\n';
        return bytes;
    }

    /** The length of the text after a prefix, in bytes. */
    static int textLength(byte[] prefix) {
        if (prefix.length < PREFIX || !Arrays.equals(MAGIC, Arrays.copyOf(prefix, MAGIC.length)) || prefix[6] != 1) {
            throw new IllegalArgumentException("not a numpy array of format 1.0");
        }
        return (prefix[8] & 0xff) | (prefix[9] & 0xff) << 8;
    }

    static NpyHeader parse(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.US_ASCII);
        String name = group(TYPE, text);
        DataType type = NAMES.entrySet().stream()
                .filter(entry -> entry.getValue().equals(name))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("a numpy array of type " + name));
        long[] shape = Arrays.stream(group(SHAPE, text).split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .mapToLong(Long::parseLong)
                .toArray();
        return new NpyHeader(type, group(ORDER, text).equals("True"), shape);
    }

    private static String group(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalArgumentException("not a numpy array's header");
        }
        return matcher.group(1);
    }
}
