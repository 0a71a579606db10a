package org.plastic4j.core.kernel.vector;

import java.util.Arrays;
import org.plastic4j.core.kernel.HostView;

/**
 * How the fast kernel lays out a matrix [n, n]: cut into column blocks of one vector of neighbouring columns, each stored row
 * after row, so that going down a column block reads memory in one stream, and from a row to the next there is always the same
 * way. Neighbouring column blocks form panels, which threads share out. Rows and columns are padded with zeros to whole blocks,
 * so that loops need no tails.
 *
 * <p>The cut depends on n alone, never on the number of threads: sums are formed panel by panel, so the results do not
 * depend on it either.
 */
final class PanelLayout {
    /** Row vectors come in multiples of this, the widest vector's length. */
    static final int COLUMN_UNIT = 16;
    /**
     * What stands here first. An array's elements begin 16 bytes behind the array; where the JVM puts objects at multiples of
     * 64 bytes ({@code -XX:ObjectAlignmentInBytes=64}), the number with this index begins at such a multiple too, and no
     * vector lies across two lines of a cache.
     */
    static final int START = 12;
    /** Rows come in multiples of this, what the kernel takes at a time. */
    static final int ROW_UNIT = 4;
    /**
     * This mask leaves indices below 2^30 as they are: the compiler knows then that a little more than that is not too large,
     * and forms neighbouring indices from one.
     */
    static final int INDICES = (1 << 30) - 1;

    /** A panel is about this wide: a row of it and its coefficients stay in the nearest cache. */
    private static final int PANEL_COLUMNS = 128;
    /**
     * Column blocks begin an odd multiple of 16 rows apart: blocks of 16 rows of four column blocks then lie in different sets of the
     * nearest cache.
     */
    private static final int STRIP_ROWS = 16;
    /** The rows that each thread transposes, kept from call to call. */
    private static final ThreadLocal<float[]> TRANSPOSED = ThreadLocal.withInitial(() -> new float[0]);

    final int n;
    /** Columns of a column block: those of a vector. */
    final int blockWidth;
    /** Columns that the kernel takes at a time. */
    final int pair;

    final int rows;
    final int columns;
    final int panels;
    /** Rows of a column block, padding included. */
    final int blockRows;

    private final int[] start;

    /** @param blockWidth how many columns a vector has */
    PanelLayout(int n, int blockWidth) {
        this.n = n;
        this.blockWidth = blockWidth;
        pair = 2 * blockWidth;
        rows = roundUp(n, ROW_UNIT);
        blockRows = roundUp(Math.max(0, rows - STRIP_ROWS), 2 * STRIP_ROWS) + STRIP_ROWS;
        int unit = Math.max(pair, COLUMN_UNIT);
        int units = roundUp(n, unit) / unit;
        columns = units * unit;
        panels = Math.max(1, Math.round((float) columns / PANEL_COLUMNS));
        start = new int[panels + 1];
        for (int p = 0; p <= panels; p++) {
            start[p] = (int) ((long) units * p / panels) * unit;
        }
    }

    private static int roundUp(int value, int unit) {
        return (value + unit - 1) / unit * unit;
    }

    /** The length of a matrix in this layout, with what stands before and behind its column blocks. */
    int size() {
        return padded(Math.multiplyExact(blockRows, columns));
    }

    /** The length of an array for so many elements from {@link #START} on; a multiple of the widest vector's. */
    static int padded(int elements) {
        return Math.addExact(roundUp(elements, COLUMN_UNIT), COLUMN_UNIT);
    }

    /**
     * How far apart vectors of so many elements are to begin that are read one after another: a power of two apart, they
     * would fight over a few sets of a cache.
     */
    static int apart(int elements) {
        return Math.addExact(elements, COLUMN_UNIT);
    }

    /** The first column of a panel. */
    int start(int panel) {
        return start[panel];
    }

    /** How many columns a panel has, padding included. */
    int width(int panel) {
        return start[panel + 1] - start[panel];
    }

    /** The same without column blocks that are padding alone. */
    int filled(int panel) {
        return roundUp(end(panel) - start[panel], blockWidth);
    }

    /** Where a row of a column block begins in a matrix; the rows behind it follow, {@link #blockWidth} elements each. */
    int at(int column, int row) {
        return START + column * blockRows + row * blockWidth;
    }

    /** The first column past a panel that is not padding. */
    int end(int panel) {
        return Math.min(n, start[panel + 1]);
    }

    /** The panel that a column lies in. */
    int panelOf(int column) {
        int panel = 0;
        while (start[panel + 1] <= column) {
            panel++;
        }
        return panel;
    }

    /** Makes all elements of a matrix alike; padding stays zero, since traces there may be anything. */
    void fill(float[] packed, float value) {
        for (int column = 0; column < n; column += blockWidth) {
            int lanes = Math.min(blockWidth, n - column);
            for (int row = 0; row < n; row++) {
                int at = at(column, row);
                Arrays.fill(packed, at, at + lanes, value);
            }
        }
    }

    /** Makes a panel zero. */
    void clear(int panel, float[] packed, int packedFrom) {
        Arrays.fill(packed, packedFrom + at(start[panel], 0), packedFrom + at(start[panel + 1], 0), 0);
    }

    /** Makes the rows of a panel zero that are padding. */
    private void clearPadding(int panel, float[] packed, int packedFrom) {
        for (int column = start[panel]; column < start[panel + 1]; column += blockWidth) {
            Arrays.fill(packed, packedFrom + at(column, n), packedFrom + at(column, rows), 0);
        }
    }

    /** A panel from C order into this layout, with zeros as its padding. */
    void pack(int panel, HostView dense, long denseFrom, float[] packed, int packedFrom) {
        clearPadding(panel, packed, packedFrom);
        float[] row = new float[width(panel)];
        for (int i = 0; i < n; i++) {
            dense.get(denseFrom + (long) i * n + start[panel], row, 0, end(panel) - start[panel]);
            for (int c = 0; c < row.length; c += blockWidth) {
                System.arraycopy(row, c, packed, packedFrom + at(start[panel] + c, i), blockWidth);
            }
        }
    }

    /** Whether a panel is what {@link #pack} would make of it. */
    boolean holds(int panel, HostView dense, long denseFrom, float[] packed, int packedFrom) {
        float[] row = new float[width(panel)];
        for (int i = 0; i < n; i++) {
            dense.get(denseFrom + (long) i * n + start[panel], row, 0, end(panel) - start[panel]);
            for (int c = 0; c < row.length; c += blockWidth) {
                int at = packedFrom + at(start[panel] + c, i);
                if (!Arrays.equals(row, c, c + blockWidth, packed, at, at + blockWidth)) {
                    return false;
                }
            }
        }
        return true;
    }

    /** A panel of the transposed matrix from C order into this layout, with zeros as its padding. */
    void packTransposed(int panel, HostView dense, long denseFrom, float[] packed, int packedFrom) {
        clearPadding(panel, packed, packedFrom);
        int padded = end(panel) / blockWidth * blockWidth;
        Arrays.fill(packed, packedFrom + at(padded, 0), packedFrom + at(start[panel + 1], 0), 0);
        int next = apart(columns);
        float[] rows = transposed(blockWidth * next);
        for (int column = start[panel]; column < end(panel); column += blockWidth) {
            int lanes = Math.min(blockWidth, n - column);
            for (int lane = 0; lane < lanes; lane++) {
                dense.get(denseFrom + (long) (column + lane) * n, rows, lane * next, n);
            }
            int at = packedFrom + at(column, 0);
            for (int row = 0; row < n; row++, at += blockWidth) {
                for (int lane = 0; lane < lanes; lane++) {
                    packed[at + lane] = rows[lane * next + row];
                }
            }
        }
    }

    private static float[] transposed(int length) {
        if (TRANSPOSED.get().length < length) {
            TRANSPOSED.set(new float[length]);
        }
        return TRANSPOSED.get();
    }

    /** A panel of the transposed matrix from this layout into C order. */
    void unpackTransposed(int panel, float[] packed, int packedFrom, HostView dense, long denseFrom) {
        float[] row = new float[n];
        for (int column = start[panel]; column < end(panel); column++) {
            int lane = column % blockWidth;
            int at = packedFrom + at(column - lane, 0) + lane;
            for (int k = 0; k < n; k++, at += blockWidth) {
                row[k] = packed[at];
            }
            dense.put(denseFrom + (long) column * n, row, 0, n);
        }
    }

    /** A panel from this layout into C order. */
    void unpack(int panel, float[] packed, int packedFrom, HostView dense, long denseFrom) {
        float[] row = new float[width(panel)];
        for (int i = 0; i < n; i++) {
            for (int c = 0; c < row.length; c += blockWidth) {
                System.arraycopy(packed, packedFrom + at(start[panel] + c, i), row, c, blockWidth);
            }
            dense.put(denseFrom + (long) i * n + start[panel], row, 0, end(panel) - start[panel]);
        }
    }
}
