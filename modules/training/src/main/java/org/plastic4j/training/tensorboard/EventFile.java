package org.plastic4j.training.tensorboard;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.CRC32C;

/**
 * The bytes of TensorBoard's event files: records of TensorFlow (length, its checksum, data, their checksum; all little-endian),
 * each of which holds one message {@code Event} of the protocol buffers event.proto and summary.proto.
 */
final class EventFile {
    private static final int MASK = 0xa282ead8;
    private static final int MASK_ROTATION = 15;
    private static final String VERSION = "brain.Event:2";

    // Tags of fields: their number, and how the value is encoded.
    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int BYTES = 2;
    private static final int FIXED32 = 5;

    private static final int EVENT_WALL_TIME = 1;
    private static final int EVENT_STEP = 2;
    private static final int EVENT_FILE_VERSION = 3;
    private static final int EVENT_SUMMARY = 5;
    private static final int EVENT_SESSION_LOG = 7;
    private static final int SUMMARY_VALUE = 1;
    private static final int VALUE_TAG = 1;
    private static final int VALUE_SIMPLE_VALUE = 2;
    private static final int SESSION_LOG_STATUS = 1;
    private static final int START = 1;

    private EventFile() {}

    /** What a file begins with. */
    static byte[] version(double wallTime) {
        return record(event(wallTime, 0).bytes(EVENT_FILE_VERSION, VERSION.getBytes(StandardCharsets.UTF_8)));
    }

    /** What earlier files of the same folder have at this step and after it counts no more. */
    static byte[] start(double wallTime, long step) {
        return record(event(wallTime, step).bytes(EVENT_SESSION_LOG, new Message().varint(SESSION_LOG_STATUS, START)));
    }

    /** Values of one step; TensorBoard has single precision. */
    static byte[] scalars(double wallTime, long step, Map<String, Double> values) {
        Message summary = new Message();
        values.forEach((tag, value) -> summary.bytes(
                SUMMARY_VALUE,
                new Message()
                        .bytes(VALUE_TAG, tag.getBytes(StandardCharsets.UTF_8))
                        .fixed32(VALUE_SIMPLE_VALUE, Float.floatToIntBits(value.floatValue()))));
        return record(event(wallTime, step).bytes(EVENT_SUMMARY, summary));
    }

    private static Message event(double wallTime, long step) {
        Message event = new Message().fixed64(EVENT_WALL_TIME, Double.doubleToLongBits(wallTime));
        return step == 0 ? event : event.varint(EVENT_STEP, step);
    }

    private static byte[] record(Message event) {
        byte[] data = event.out.toByteArray();
        byte[] length = little(Long.BYTES).putLong(data.length).array();
        return little(length.length + Integer.BYTES + data.length + Integer.BYTES)
                .put(length)
                .putInt(checksum(length))
                .put(data)
                .putInt(checksum(data))
                .array();
    }

    private static int checksum(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return Integer.rotateRight((int) crc.getValue(), MASK_ROTATION) + MASK;
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A message while its fields are written. */
    private static final class Message {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        private Message number(long value) {
            long rest = value;
            for (; (rest & ~0x7fL) != 0; rest >>>= 7) {
                out.write((int) (rest & 0x7f | 0x80));
            }
            out.write((int) rest);
            return this;
        }

        private Message tag(int field, int encoding) {
            return number(field << 3 | encoding);
        }

        Message varint(int field, long value) {
            return tag(field, VARINT).number(value);
        }

        Message fixed64(int field, long value) {
            tag(field, FIXED64).out.writeBytes(little(Long.BYTES).putLong(value).array());
            return this;
        }

        Message fixed32(int field, int value) {
            tag(field, FIXED32)
                    .out
                    .writeBytes(little(Integer.BYTES).putInt(value).array());
            return this;
        }

        Message bytes(int field, byte[] value) {
            tag(field, BYTES).number(value.length).out.writeBytes(value);
            return this;
        }

        Message bytes(int field, Message value) {
            return bytes(field, value.out.toByteArray());
        }
    }
}
