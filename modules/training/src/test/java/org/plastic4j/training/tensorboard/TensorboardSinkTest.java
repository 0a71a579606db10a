package org.plastic4j.training.tensorboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.plastic4j.training.RunFailure;

class TensorboardSinkTest {
    /**
     * Written by the messages and the record writer of Python's package tensorboard 2.21.0: an Event with the file's version, one
     * with a SessionLog at step 301, and one with a Summary of three values at step 70,000, all at the time 1700000000.25.
     */
    private static final String GOLDEN = "1800000000000000a37f4b22" + "0900001040fc54d9411a0d627261696e2e4576656e743a32"
            + "338d2fe9" + "100000000000000095fbfe18" + "0900001040fc54d94110ad023a020801" + "cb79b93b"
            + "3a000000000000001295eae2" + "0900001040fc54d94110f0a204"
            + "2a2b" + "0a0c0a056572726f7215cdcccc3d" + "0a0e0a076772c3b6c39f65150000c07f"
            + "0a0b0a046c6f737315caf249f1" + "0f6d23ba";

    @TempDir
    private Path folder;

    private static Map<String, Double> measures(Object... namesAndValues) {
        Map<String, Double> measures = new LinkedHashMap<>();
        for (int k = 0; k < namesAndValues.length; k += 2) {
            measures.put((String) namesAndValues[k], (Double) namesAndValues[k + 1]);
        }
        return measures;
    }

    private TensorboardSink sink(long from, long millis) {
        return new TensorboardSink(folder, from, Clock.fixed(Instant.ofEpochMilli(millis), ZoneOffset.UTC));
    }

    @Test
    void bytesAreThoseOfTensorboardsOwnWriter() throws IOException {
        try (TensorboardSink sink = sink(300, 1_700_000_000_250L)) {
            sink.begin(0);
            sink.record(70_000, measures("error", 0.1, "größe", Double.NaN, "loss", -1e30));
        }

        assertThat(folder.resolve("events.out.tfevents.1700000000.plastic4j"))
                .hasBinaryContent(HexFormat.of().parseHex(GOLDEN));
    }

    @Test
    void everyRowIsReadBackFromItsLengthOnAsSoonAsItIsWritten() throws IOException {
        try (TensorboardSink sink = sink(0, 1_700_000_000_000L)) {
            sink.begin(0);
            for (long step : new long[] {1, 127, 128, 1_000_000_007, 5_000_000_000L}) {
                sink.record(step, measures("error", step / 4.0, "a long name ".repeat(20), 0.0));
                assertThat(last())
                        .startsWith(step + " error=" + (float) (step / 4.0))
                        .endsWith("=0.0");
            }
        }
    }

    @Test
    void resumedRunHasAFileOfItsOwnThatReplacesTheRowsAfterItsBeginning() throws IOException {
        for (long from : new long[] {0, 40}) {
            try (TensorboardSink sink = sink(from, 1_700_000_000_000L + 1000 * from)) {
                sink.begin(from);
                sink.record(from + 20, measures("error", 0.5));
            }
        }
        assertThat(files()).hasSize(2);
        assertThat(events(files().get(0))).containsExactly("0 brain.Event:2", "1 start", "20 error=0.5");
        assertThat(events(files().get(1))).containsExactly("0 brain.Event:2", "41 start", "60 error=0.5");
    }

    @Test
    void runThatNeverBeginsLeavesNoFile() throws IOException {
        sink(0, 0).close();
        assertThat(files()).isEmpty();
    }

    @Test
    void folderThatIsGoneEndsTheRunInOneSentence() throws IOException {
        Files.delete(folder);
        assertThatThrownBy(() -> sink(0, 0).begin(0))
                .isInstanceOf(RunFailure.class)
                .hasMessageStartingWith(
                        folder.resolve("events.out.tfevents.0000000000.plastic4j") + ": cannot be written (");
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        }
    }

    private String last() throws IOException {
        List<String> events = events(files().get(0));
        return events.get(events.size() - 1);
    }

    // A reader that takes what the definitions allow, without checksums: those are in the golden bytes.

    private static List<String> events(Path file) throws IOException {
        List<String> events = new ArrayList<>();
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        while (bytes.hasRemaining()) {
            int length = Math.toIntExact(bytes.getLong());
            bytes.getInt();
            events.add(event(part(bytes, length)));
            bytes.getInt();
        }
        return events;
    }

    private static String event(ByteBuffer event) {
        long step = 0;
        String what = "";
        while (event.hasRemaining()) {
            switch ((int) varint(event)) {
                case 1 << 3 | 1 -> event.getDouble();
                case 2 << 3 -> step = varint(event);
                case 3 << 3 | 2 -> what = text(event);
                case 5 << 3 | 2 -> what = summary(message(event));
                case 7 << 3 | 2 -> what = session(message(event));
                default -> throw new AssertionError("a field that event.proto does not have");
            }
        }
        return step + " " + what;
    }

    private static String session(ByteBuffer session) {
        return varint(session) == 1 << 3 && varint(session) == 1 ? "start" : "something else";
    }

    private static String summary(ByteBuffer summary) {
        List<String> values = new ArrayList<>();
        while (summary.hasRemaining()) {
            assertThat(varint(summary)).isEqualTo(1 << 3 | 2);
            ByteBuffer value = message(summary);
            assertThat(varint(value)).isEqualTo(1 << 3 | 2);
            String tag = text(value);
            assertThat(varint(value)).isEqualTo(2 << 3 | 5);
            values.add(tag + "=" + value.getFloat());
            assertThat(value.hasRemaining()).isFalse();
        }
        return String.join(" ", values);
    }

    private static String text(ByteBuffer from) {
        return StandardCharsets.UTF_8.decode(message(from)).toString();
    }

    private static ByteBuffer message(ByteBuffer from) {
        return part(from, (int) varint(from));
    }

    private static ByteBuffer part(ByteBuffer from, int length) {
        ByteBuffer part = from.slice(from.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        from.position(from.position() + length);
        return part;
    }

    private static long varint(ByteBuffer from) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = from.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
