package org.plastic4j.core.fused;

/**
 * How the fast kernel lays out a matrix [n, n]: cut into panels of neighbouring columns, each panel stored row after
 * row, so that a thread that owns a panel reads memory in one stream. Rows and columns are padded with zeros to whole
 * blocks, which spares the loops their tails.
 *
 * <p>The cut depends on n alone, never on the number of threads: sums are formed panel by panel, so the results do not
 * depend on it either.
 */
final class PanelLayout {
    /** Columns come in multiples of this, the widest vector's length. */
    static final int COLUMN_UNIT = 16;
    /**
     * What stands here first. An array's numbers begin 16 bytes behind the array; where the JVM puts objects at multiples of
     * 64 bytes ({@code -XX:ObjectAlignmentInBytes=64}), the number with this index begins at such a multiple too, and no
     * vector lies across two lines of a cache.
     */
    static final int START = 12;
    /** Rows come in multiples of this, what the kernel takes at a time. */
    static final int ROW_UNIT = 4;
    /** A panel is about this wide: a row of it and its coefficients stay in the nearest cache. */
    private static final int PANEL_UNITS = 8;

    final int n;
    final int rows;
    final int columns;
    final int panels;
    private final int[] start;

    PanelLayout(int n) {
        this.n = n;
        rows = roundUp(n, ROW_UNIT);
        int units = roundUp(n, COLUMN_UNIT) / COLUMN_UNIT;
        columns = units * COLUMN_UNIT;
        panels = Math.max(1, Math.round((float) units / PANEL_UNITS));
        start = new int[panels + 1];
        for (int p = 0; p <= panels; p++) {
            start[p] = (int) ((long) units * p / panels) * COLUMN_UNIT;
        }
    }

    private static int roundUp(int value, int unit) {
        return (value + unit - 1) / unit * unit;
    }

    /** The length of a matrix in this layout, with what stands before and behind its panels. */
    int size() {
        return padded(Math.multiplyExact(rows, columns));
    }

    /** The length of an array for so many numbers from {@link #START} on; a multiple of the widest vector's. */
    static int padded(int numbers) {
        return Math.addExact(roundUp(numbers, COLUMN_UNIT), COLUMN_UNIT);
    }

    /** The first column of a panel. */
    int start(int panel) {
        return start[panel];
    }

    /** How many columns a panel has, padding included. */
    int width(int panel) {
        return start[panel + 1] - start[panel];
    }

    /** Where a panel begins in a matrix. */
    int offset(int panel) {
        return START + start[panel] * rows;
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

    /** A panel from C order into this layout; padding is left as it is. */
    void pack(int panel, HostView dense, long denseFrom, float[] packed, int packedFrom) {
        int width = width(panel);
        int at = packedFrom + offset(panel);
        for (int i = 0; i < n; i++, at += width) {
            dense.get(denseFrom + (long) i * n + start[panel], packed, at, end(panel) - start[panel]);
        }
    }

    /** A panel from this layout into C order. */
    void unpack(int panel, float[] packed, int packedFrom, HostView dense, long denseFrom) {
        int width = width(panel);
        int at = packedFrom + offset(panel);
        for (int i = 0; i < n; i++, at += width) {
            dense.put(denseFrom + (long) i * n + start[panel], packed, at, end(panel) - start[panel]);
        }
    }
}
