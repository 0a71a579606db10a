package org.plastic4j.core.kernel;

import java.lang.ref.Reference;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The values of an array of type FLOAT in C order, from and to which any number of threads copy parts at a time. It
 * ends when it is closed; until then the array is not collected.
 */
public final class HostView implements AutoCloseable {
    /** A buffer of Java's holds less than 2^31 bytes: larger arrays are cut into this many values each. */
    private static final int PIECE_BITS = 28;

    private final FloatBuffer[] pieces;
    private final int pieceBits;
    private final Runnable end;

    private HostView(FloatBuffer[] pieces, int pieceBits, Runnable end) {
        this.pieces = pieces;
        this.pieceBits = pieceBits;
        this.end = end;
    }

    /** To read from: an array with gaps, or in another order, is copied. */
    public static HostView reading(INDArray array) {
        return reading(array, PIECE_BITS);
    }

    /** The same in pieces of 2^pieceBits values. */
    public static HostView reading(INDArray array, int pieceBits) {
        INDArray dense = HostArrays.denseOnHost(array);
        return new HostView(
                pieces(dense, pieceBits),
                pieceBits,
                dense == array ? () -> Reference.reachabilityFence(array) : dense::close);
    }

    /** To write to: a dense array. */
    public static HostView writing(INDArray array) {
        return writing(array, PIECE_BITS);
    }

    /** The same in pieces of 2^pieceBits values. */
    public static HostView writing(INDArray array, int pieceBits) {
        HostArrays.requireDense(array);
        return new HostView(pieces(array, pieceBits), pieceBits, () -> HostArrays.tagWritten(array));
    }

    /** Over an array of Java's. */
    public static HostView of(float[] values) {
        return new HostView(new FloatBuffer[] {FloatBuffer.wrap(values)}, PIECE_BITS, () -> {});
    }

    private static FloatBuffer[] pieces(INDArray dense, int pieceBits) {
        FloatPointer values = new FloatPointer(dense.data().addressPointer());
        long length = dense.length();
        long piece = 1L << pieceBits;
        FloatBuffer[] pieces = new FloatBuffer[(int) ((length + piece - 1) >> pieceBits)];
        for (int k = 0; k < pieces.length; k++) {
            long from = (long) k << pieceBits;
            pieces[k] = values.limit(Math.min(length, from + piece))
                    .position(from)
                    .asByteBuffer()
                    .order(ByteOrder.nativeOrder())
                    .asFloatBuffer();
        }
        return pieces;
    }

    /** Copies {@code count} values from index {@code from} on into {@code to}. */
    public void get(long from, float[] to, int at, int count) {
        for (int done = 0; done < count; ) {
            int within = within(from + done);
            int part = Math.min(count - done, (1 << pieceBits) - within);
            piece(from + done).get(within, to, at + done, part);
            done += part;
        }
    }

    /** Whether {@code count} values from index {@code from} on are those of {@code other}. */
    public boolean holds(long from, float[] other, int at, int count) {
        for (int done = 0; done < count; ) {
            int within = within(from + done);
            int part = Math.min(count - done, (1 << pieceBits) - within);
            FloatBuffer own = piece(from + done);
            for (int k = 0; k < part; k++) {
                if (own.get(within + k) != other[at + done + k]) {
                    return false;
                }
            }
            done += part;
        }
        return true;
    }

    /** Copies {@code count} values of {@code from} to index {@code to} on. */
    public void put(long to, float[] from, int at, int count) {
        for (int done = 0; done < count; ) {
            int within = within(to + done);
            int part = Math.min(count - done, (1 << pieceBits) - within);
            piece(to + done).put(within, from, at + done, part);
            done += part;
        }
    }

    /** Whether so many values are one piece, which {@link #whole} needs. */
    public static boolean isOnePiece(long length) {
        return length <= 1L << PIECE_BITS;
    }

    /** All values, where they are one piece. */
    public FloatBuffer whole() {
        if (pieces.length != 1) {
            throw new IllegalStateException("expected one piece, found " + pieces.length);
        }
        return pieces[0];
    }

    private FloatBuffer piece(long at) {
        return pieces[(int) (at >> pieceBits)];
    }

    private int within(long at) {
        return (int) at & ((1 << pieceBits) - 1);
    }

    @Override
    public void close() {
        end.run();
    }
}
