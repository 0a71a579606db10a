package org.plastic4j.cuda;

import java.util.Locale;

/** How the kernels partition a lifetime's matrices, as {@code rule.cu} has it: a block's panel is ROWS by COLUMNS. */
enum KernelLayout {
    /** Up to 128 neurons. */
    SMALL(128, 2, 1, 1),
    /** Up to 512. */
    MEDIUM(256, 1, 2, 1),
    /** Up to 1,024. */
    LARGE(256, 1, 4, 1),
    /** Any number: panels are read from memory, several of them by each block. */
    STREAMED(256, 1, 4, 16);

    private static final int COLUMNS_A_THREAD = 8;

    private final int threadRows;
    private final int threadColumns;
    private final int rowsAThread;
    private final int panels;

    KernelLayout(int threadRows, int threadColumns, int rowsAThread, int panels) {
        this.threadRows = threadRows;
        this.threadColumns = threadColumns;
        this.rowsAThread = rowsAThread;
        this.panels = panels;
    }

    /** The end of the kernels' names. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isResident() {
        return this != STREAMED;
    }

    /** Whether a column of so many neurons is one block's. */
    boolean fits(int neurons) {
        return !isResident() || neurons <= threadRows * rowsAThread;
    }

    int threads() {
        return threadRows * threadColumns;
    }

    /** How many threads have the same rows. */
    int threadColumns() {
        return threadColumns;
    }

    /** Panels of columns that a layer has. */
    int panels(int neurons) {
        return ceiling(neurons, threadColumns * COLUMNS_A_THREAD);
    }

    /** Panels that one block can have. */
    int panelsABlock() {
        return panels;
    }

    /** Elements of a matrix that a thread has at a time. */
    int cells() {
        return rowsAThread * COLUMNS_A_THREAD;
    }

    /** Elements of a trace as tiles. */
    long traceSize(int neurons) {
        int chunks = isResident() ? 1 : ceiling(neurons, threadRows * rowsAThread);
        return (long) panels(neurons) * chunks * cells() * threads();
    }

    static int ceiling(int dividend, int divisor) {
        return (dividend + divisor - 1) / divisor;
    }
}
